import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type ConversationEvent,
  type Grant,
  MemoryOutboxStore,
  ParleyClient,
  ParleyRest,
  Session,
  type SessionStore,
  type Uuid,
  uuid7,
} from '../src/client';
import { Cutter } from './cutter';

const address = process.env.PARLEY_URL;
if (!address) {
  throw new Error(
    'Set PARLEY_URL to a running Parley, e.g. PARLEY_URL=http://127.0.0.1:8080 npm run live',
  );
}
if (typeof WebSocket === 'undefined') {
  throw new Error('This needs a WebSocket: Node 22, or NODE_OPTIONS=--experimental-websocket.');
}
const target = new URL(address);
const PATIENCE = { timeout: 60_000, interval: 50 };
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const random = randomOf(seed);

let road: Cutter;
const clients: ParleyClient[] = [];

beforeAll(async () => {
  process.stdout.write(`seed ${seed}\n`);
  road = await Cutter.to(target.hostname, Number(target.port || 80));
});

afterEach(() => {
  road.heal();
  for (const client of clients.splice(0)) {
    client.stop();
  }
});

afterAll(() => road.close());

describe('the client on a bad network', () => {
  it('loses, doubles and reorders nothing while the line is cut again and again', async () => {
    const ada = await person('ada');
    const ben = await person('ben');
    const group = await groupOf(ada, ben);
    const heard = [heardBy(ada, group), heardBy(ben, group)];
    const texts = Array.from({ length: 60 }, (_, i) => `message ${i + 1}`);
    const answers: Promise<{ seq: number }>[] = [];
    for (const text of texts) {
      answers.push((random() < 0.5 ? ada : ben).client.send({ conversation: group, text }));
      if (random() < 0.15) {
        road.cut();
      }
      await new Promise((resolve) => setTimeout(resolve, random() * 60));
    }
    const seqs = (await Promise.all(answers)).map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(texts.length);

    const last = Math.max(...seqs);
    await vi.waitFor(() => {
      expect(heard.map((events) => events.at(-1)?.seq)).toEqual([last, last]);
    }, PATIENCE);
    for (const events of heard) {
      const first = events[0]?.seq ?? 0;
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => first + i));
      expect(new Set(textsOf(events))).toEqual(new Set(texts));
      expect(textsOf(events)).toHaveLength(texts.length);
    }
    expect(heard[0]?.map(({ id }) => id)).toEqual(heard[1]?.map(({ id }) => id));
  });

  it('notices a line on which nothing passes, and comes back by another', async () => {
    const ada = await person('ada');
    const ben = await person('ben', { direct: true });
    const group = await groupOf(ada, ben);
    const heard = heardBy(ada, group);
    road.stall();
    await ben.client.send({ conversation: group, text: 'while nothing passed' });
    await vi.waitFor(() => expect(textsOf(heard)).toEqual(['while nothing passed']), {
      ...PATIENCE,
      timeout: 90_000,
    });
  });

  it('sends what was written without a network, in order, once it is back', async () => {
    const ada = await person('ada');
    const ben = await person('ben', { direct: true });
    const group = await groupOf(ada, ben);
    const heard = heardBy(ben, group);
    road.cut(true);
    await vi.waitFor(() => expect(ada.client.state.at).toBe('waiting'), PATIENCE);
    const answers = ['one', 'two', 'three'].map((text) =>
      ada.client.send({ conversation: group, text }),
    );
    await ben.client.send({ conversation: group, text: 'are you there?' });
    road.heal();
    await Promise.all(answers);
    await vi.waitFor(
      () => expect(textsOf(heard)).toEqual(['are you there?', 'one', 'two', 'three']),
      PATIENCE,
    );
  });

  it('sends after a restart of the page what had no answer before it', async () => {
    const outbox = new MemoryOutboxStore();
    const ada = await person('ada', { outbox });
    const ben = await person('ben', { direct: true });
    const group = await groupOf(ada, ben);
    const heard = heardBy(ben, group);
    road.cut(true);
    const id = uuid7();
    const lost = ada.client.send({ conversation: group, message_id: id, text: 'kept' });
    ada.client.stop();
    await expect(lost).rejects.toMatchObject({ code: 'signed_out' });
    road.heal();
    const again = await person('ada', { outbox, grant: ada.grant });
    await vi.waitFor(() => expect(textsOf(heard)).toEqual(['kept']), PATIENCE);
    const repeated = await again.client.send({
      conversation: group,
      message_id: id,
      text: 'kept',
    });
    expect(repeated.duplicate).toBe(true);
  });

  it('counts on two devices what the server counts', async () => {
    const ada = await person('ada', { direct: true });
    const phone = await person('ada', { grant: ada.grant });
    const ben = await person('ben', { direct: true });
    const group = await groupOf(ada, ben);
    await knows(phone, group);
    for (const text of ['one', 'two', 'three']) {
      const mentions = text === 'two' ? [ada.grant.user.id] : [];
      await ben.client.send({ conversation: group, text, mentions });
    }
    const both = () => [ada.client.count(group), phone.client.count(group)];
    const all = { unread: 3, mentions: 1 };
    await vi.waitFor(() => expect(both()).toEqual([all, all]), PATIENCE);

    road.cut();
    phone.client.read(group, phone.client.head(group) - 1);
    const one = { unread: 1, mentions: 0 };
    await vi.waitFor(() => expect(both()).toEqual([one, one]), PATIENCE);
    await vi.waitFor(async () => {
      const item = await ada.rest.item(group);
      expect({ unread: item.unread, mentions: item.mentions }).toEqual(one);
    }, PATIENCE);
  });
});

describe('signing in and out', () => {
  it('opens each connection with a ticket of its own, also after a cut', async () => {
    const ada = await person('ada', { tickets: true });
    const before = ada.tickets();
    road.cut();
    await vi.waitFor(() => expect(ada.tickets()).toBeGreaterThan(before), PATIENCE);
    await vi.waitFor(() => expect(ada.client.state.at).toBe('live'), PATIENCE);
  });

  it('is stopped for good within a moment when the session is ended elsewhere', async () => {
    const ada = await person('ada', { direct: true });
    await ada.rest.logoutAll();

    await vi.waitFor(
      () => expect(ada.client.state).toMatchObject({ at: 'stopped', because: 'signed_out' }),
      { timeout: 5_000, interval: 50 },
    );
  });
});

interface Someone {
  client: ParleyClient;
  rest: ParleyRest;
  grant: Grant;
  /** How many tickets were asked for. */
  tickets: () => number;
}

interface Way {
  /** Not over the bad road. */
  direct?: boolean;
  tickets?: boolean;
  outbox?: MemoryOutboxStore;
  grant?: Grant;
}

async function person(name: string, way: Way = {}): Promise<Someone> {
  const open = new ParleyRest(target.origin);
  const grant =
    way.grant ?? (await open.register(`${name}-${uuid7().slice(-12)}`, 'a long password'));
  const renew = (token: string) => open.refresh(token);
  const session = new Session(grant, forgetful(), renew);
  const rest = new ParleyRest(target.origin, session);
  let tickets = 0;
  const ticket = () => {
    tickets += 1;
    return rest.ticket();
  };
  const host = way.direct ? target.host : `127.0.0.1:${road.port}`;
  const client = new ParleyClient({
    url: `ws://${host}/ws`,
    tokens: session,
    fetchEvents: (conversation, after, through) => rest.events(conversation, after, through),
    fetchItem: (conversation, atLeast) => rest.item(conversation, atLeast),
    ...(way.outbox ? { outbox: way.outbox } : {}),
    ...(way.tickets ? { tickets: ticket } : {}),
  });
  clients.push(client);
  client.start();
  await vi.waitFor(() => expect(client.state.at).toBe('live'), PATIENCE);
  return { client, rest, grant, tickets: () => tickets };
}

async function groupOf(ada: Someone, ben: Someone): Promise<Uuid> {
  const { conversation } = await ada.client.command('create', {
    kind: 'group',
    conversation: uuid7(),
    title: 'On a bad network',
    members: [ben.grant.user.id],
  });
  await knows(ada, conversation);
  await knows(ben, conversation);
  return conversation;
}

/** Three events make the group: created, and two who joined. */
async function knows({ client }: Someone, group: Uuid): Promise<void> {
  await vi.waitFor(() => expect(client.head(group)).toBeGreaterThanOrEqual(3), PATIENCE);
}

function heardBy({ client }: Someone, group: Uuid): ConversationEvent[] {
  const events: ConversationEvent[] = [];
  client.on('event', (event) => {
    if (event.conversation === group) {
      events.push(event);
    }
  });
  return events;
}

function textsOf(events: readonly ConversationEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'message.sent' ? [event.data.text] : []));
}

function forgetful(): SessionStore {
  return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
}

/** A small generator, so that a seed gives the same run. */
function randomOf(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
