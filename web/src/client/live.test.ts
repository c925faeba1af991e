import { describe, expect, it } from 'vitest';
import { type ClientOptions, ParleyClient } from './client';
import { MemoryOutboxStore } from './outboxStore';
import { FakeClock, settled } from './testing/fakeClock';
import { FakeServer, inboxItem, sentEvent } from './testing/fakeServer';

async function connected(options: Partial<ClientOptions> = {}, head = 4) {
  const clock = new FakeClock();
  const server = new FakeServer();
  const client = new ParleyClient({
    url: 'ws://x/ws',
    tokens: { fresh: async () => 't1', renew: async () => 't2' },
    fetchEvents: async () => ({ events: [], head: 0 }),
    openSocket: server.open,
    clock,
    random: () => 0,
    ...options,
  });
  client.start();
  await settled();
  server.socket.welcome([inboxItem('c', head)]);
  await settled();
  const again = async () => {
    server.socket.drop(4001);
    await clock.advance(2_000);
    server.socket.welcome([inboxItem('c', head)], true);
    await settled();
  };
  return { clock, server, client, again };
}

describe('the outbox', () => {
  it('sends after a reload what the page before it had not got answered', async () => {
    const outbox = new MemoryOutboxStore();
    const first = await connected({ outbox });
    void first.client.send({ conversation: 'c', message_id: 'm1', text: 'one' }).catch(() => {});
    void first.client.send({ conversation: 'c', message_id: 'm2', text: 'two' }).catch(() => {});
    await settled();
    first.server.socket.push({ id: first.server.socket.last('send').id - 1, ok: { seq: 5 } });
    await settled();

    const restored: string[] = [];
    const ended: unknown[] = [];
    const second = new ParleyClient({
      url: 'ws://x/ws',
      tokens: { fresh: async () => 't', renew: async () => 't' },
      fetchEvents: async () => ({ events: [], head: 0 }),
      openSocket: first.server.open,
      clock: new FakeClock(),
      outbox,
    });
    second.on('restored', (commands) => restored.push(...commands.map(({ id }) => id)));
    second.on('settled', (end) => ended.push(end));
    second.start();
    await settled();
    first.server.socket.welcome([inboxItem('c', 5)]);
    await settled();
    expect(restored).toEqual(['m2']);
    expect(first.server.socket.last('send').d).toMatchObject({ message_id: 'm2', text: 'two' });

    first.server.socket.push({ id: first.server.socket.last('send').id, ok: { seq: 6 } });
    await settled();
    expect(ended).toMatchObject([{ command: { id: 'm2' }, accepted: { seq: 6 } }]);
    expect(await outbox.load()).toEqual([]);
  });

  it('puts what was left behind before what was given since', async () => {
    const outbox = new MemoryOutboxStore();
    const data = { conversation: 'c', message_id: 'old', text: 'old' };
    await outbox.put({ id: 'old', order: 1, type: 'send', data });
    const clock = new FakeClock();
    const server = new FakeServer();
    const client = new ParleyClient({
      url: 'ws://x/ws',
      tokens: { fresh: async () => 't', renew: async () => 't' },
      fetchEvents: async () => ({ events: [], head: 0 }),
      openSocket: server.open,
      clock,
      outbox,
    });
    client.start();
    void client.send({ conversation: 'c', message_id: 'new', text: 'new' });
    await settled();
    server.socket.welcome([inboxItem('c', 4)]);
    await settled();
    const sent = server.socket.sent.filter(({ t }) => t === 'send');
    expect(sent.map(({ d }) => d.message_id)).toEqual(['old', 'new']);
  });

  it('hands a long wait to the person, and waits out a short one', async () => {
    const { clock, server, client } = await connected();
    const slow = client.send({ conversation: 'c', text: 'slowly' });
    const err = { code: 'slow_mode', temporary: true, retry_after_ms: 30_000 };
    server.socket.push({ id: server.socket.last('send').id, err });
    await expect(slow).rejects.toMatchObject({ code: 'slow_mode', retryAfterMillis: 30_000 });

    void client.send({ conversation: 'c', text: 'soon' });
    server.socket.push({
      id: server.socket.last('send').id,
      err: { ...err, code: 'rate_limited', retry_after_ms: 800 },
    });
    await clock.advance(700);
    expect(server.socket.count('send')).toBe(2);
    await clock.advance(400);
    expect(server.socket.count('send')).toBe(3);
  });
});

describe('a connection', () => {
  it('fetches what the backlog lacks of what the inbox promised', async () => {
    const asked: number[] = [];
    const heard: number[] = [];
    const { clock, server, client } = await connected({
      fetchEvents: async (conversation, after) => {
        asked.push(after);
        return { events: [sentEvent(conversation, 5), sentEvent(conversation, 6)], head: 6 };
      },
    });
    client.on('event', ({ seq }) => heard.push(seq));
    server.socket.drop(4001);
    await clock.advance(2_000);
    server.socket.hello();
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });
    server.socket.ready([inboxItem('c', 6)], true);
    await settled();
    expect(asked).toEqual([]);

    server.socket.push({ t: 'live', d: {} });
    await settled();
    expect(asked).toEqual([4]);
    expect(heard).toEqual([5, 6]);
  });

  it('lets its pings carry the heads', async () => {
    const { clock, server } = await connected();
    await clock.advance(25_000);
    expect(server.socket.last('ping').d).toEqual({ heads: { c: 4 } });
  });

  it('forgets a typist after six seconds, or with his message', async () => {
    const { clock, server, client } = await connected();
    const heard: string[][] = [];
    client.on('typing', ({ users }) => heard.push(users));
    server.socket.push({ t: 'typing', d: { conversation: 'c', user: 'ada' } });
    await clock.advance(4_000);
    server.socket.push({ t: 'typing', d: { conversation: 'c', user: 'ada' } });
    await clock.advance(5_900);
    expect(client.typing('c')).toEqual(['ada']);
    await clock.advance(200);
    expect(heard).toEqual([['ada'], []]);

    server.socket.push({ t: 'typing', d: { conversation: 'c', user: 'someone' } });
    server.socket.push({ t: 'event', d: sentEvent('c', 5) });
    expect(client.typing('c')).toEqual([]);
  });

  it('tells its own typing seldom', async () => {
    const { clock, server, client } = await connected();
    for (let key = 0; key < 20; key += 1) {
      client.type('c');
      await clock.advance(200);
    }
    expect(server.socket.count('typing')).toBe(2);
  });

  it('asks for presence once for all who want it, and again on each connection', async () => {
    const { server, client, again } = await connected();
    const first = client.subscribe({ users: ['a', 'b'], conversations: ['c'] });
    const second = client.subscribe({ users: ['b'] });
    await settled();
    expect(server.socket.all('presence.sub')).toEqual([
      { users: ['a', 'b'] },
      { conversations: ['c'] },
    ]);
    first();
    await settled();
    expect(server.socket.all('presence.unsub')).toEqual([
      { users: ['a'] },
      { conversations: ['c'] },
    ]);

    await again();
    expect(server.socket.last('presence.sub').d).toEqual({ users: ['b'] });
    second();
    await settled();
    expect(server.socket.last('presence.unsub').d).toEqual({ users: ['b'] });
  });

  it('asks again for counts of what the server does not know that it has', async () => {
    const { server, client, clock } = await connected();
    client.subscribe({ users: ['a'], conversations: ['new'] });
    await settled();
    for (let refusals = 0; refusals < 2; refusals += 1) {
      const { id } = server.socket.last('presence.sub');
      server.socket.push({ id, err: { code: 'not_found', temporary: false } });
      await clock.advance(1_000);
    }
    expect(server.socket.last('presence.sub').d).toEqual({ conversations: ['new'] });
    expect(server.socket.count('presence.sub')).toBe(4);
    for (let refusals = 0; refusals < 9; refusals += 1) {
      const { id } = server.socket.last('presence.sub');
      server.socket.push({ id, err: { code: 'not_found', temporary: false } });
      await clock.advance(1_000);
    }
    expect(server.socket.count('presence.sub')).toBe(6);
  });

  it('goes on watching over a reconnect, and fetches what it missed', async () => {
    const asked: [string, number][] = [];
    const { server, client, again } = await connected({
      fetchEvents: async (conversation, after) => {
        asked.push([conversation, after]);
        return { events: [sentEvent(conversation, 8), sentEvent(conversation, 9)], head: 9 };
      },
    });
    const heard: number[] = [];
    client.on('event', ({ seq }) => heard.push(seq));
    const leave = client.watch('w');
    server.socket.push({ id: server.socket.last('watch').id, ok: { head_seq: 6 } });
    server.socket.push({ t: 'event', d: sentEvent('w', 7) });
    await again();
    server.socket.push({ id: server.socket.last('watch').id, ok: { head_seq: 9 } });
    await settled();
    expect(asked).toEqual([['w', 7]]);
    expect(heard).toEqual([7, 8, 9]);
    leave();
    expect(server.socket.last('unwatch').d).toEqual({ conversation: 'w' });
  });

  it('counts again at the server what it cannot count itself', async () => {
    const { clock, server, client } = await connected({
      fetchItem: async () => ({ ...inboxItem('c', 4), unread: 1, read_seq: 3 }),
    });
    server.socket.push({ t: 'mark', d: { conversation: 'c', user: 'u', read: 3 } });
    await clock.advance(10);
    expect(client.count('c').unread).toBe(1);
  });

  it('resumes by cursor when its heads would not fit a frame', async () => {
    const { clock, server } = await connected();
    const many = Array.from({ length: 1_501 }, (_, i) => inboxItem(`c${i}`, 1));
    server.socket.drop(4010);
    await clock.advance(2_000);
    server.socket.hello();
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });
    server.socket.ready(many);
    server.socket.push({ t: 'live', d: { cursor: 'here' } });
    server.socket.drop(4001);
    await clock.advance(20_000);
    server.socket.hello();
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });
    expect(server.socket.last('resume').d).toEqual({ cursor: 'here' });
  });
});
