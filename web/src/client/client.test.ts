import { describe, expect, it } from 'vitest';
import { ParleyClient } from './client';
import { ParleyError } from './errors';
import { MemoryOutboxStore } from './outboxStore';
import { FakeClock, settled } from './testing/fakeClock';
import { FakeServer, inboxItem, sentEvent } from './testing/fakeServer';

const C = 'conversation';

async function started(tokens: { renew?: () => Promise<string> } = {}) {
  const server = new FakeServer();
  const clock = new FakeClock();
  const applied: number[] = [];
  let renewals = 0;
  const client = new ParleyClient({
    url: 'ws://parley.example/ws',
    tokens: {
      fresh: async () => 'token-0',
      renew:
        tokens.renew ??
        (async () => {
          renewals += 1;
          return `token-${renewals}`;
        }),
    },
    fetchEvents: async () => ({ events: [], head: 0 }),
    openSocket: server.open,
    clock,
    random: () => 0.5,
  });
  client.on('event', (event) => applied.push(event.seq));
  client.start();
  await settled();
  return { client, server, clock, applied };
}

async function reconnected(server: FakeServer, clock: FakeClock): Promise<void> {
  const before = server.sockets.length;
  for (let step = 0; step < 80 && server.sockets.length === before; step += 1) {
    await clock.advance(250);
  }
  expect(server.sockets.length).toBe(before + 1);
}

describe('opening a connection', () => {
  it('authenticates by the first frame, resumes, and is live', async () => {
    const { client, server } = await started();

    server.socket.hello();
    expect(server.socket.last('auth').d).toEqual({ token: 'token-0' });
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });
    expect(server.socket.last('resume').d).toEqual({ heads: {} });
    server.socket.ready([inboxItem(C, 7)]);
    expect(client.state).toEqual({ at: 'catching_up', resumed: false });
    server.socket.push({ t: 'live', d: {} });

    expect(client.state).toEqual({ at: 'live', resumed: false });
    expect(client.head(C)).toBe(7);
  });

  it('resumes with the heads it has after the connection was lost', async () => {
    const { client, server, clock, applied } = await started();
    server.socket.welcome([inboxItem(C, 7)]);
    server.socket.push({ t: 'event', d: sentEvent(C, 8) });

    server.socket.drop();
    await reconnected(server, clock);
    server.socket.hello();
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });
    expect(server.socket.last('resume').d).toEqual({ heads: { [C]: 8 } });
    server.socket.ready([inboxItem(C, 10)], true);
    server.socket.push(
      { t: 'event', d: sentEvent(C, 9) },
      { t: 'event', d: sentEvent(C, 10) },
      { t: 'live', d: {} },
    );

    expect(applied).toEqual([8, 9, 10]);
    expect(client.state).toEqual({ at: 'live', resumed: true });
  });

  it('starts from the snapshot when the log is another one', async () => {
    const { server, clock } = await started();
    server.socket.welcome([inboxItem(C, 7)]);
    server.socket.drop();
    await reconnected(server, clock);

    server.socket.hello('e2');
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });

    expect(server.socket.last('resume').d).toEqual({ heads: {} });
  });

  it('ignores frames that are malformed or of an unknown type', async () => {
    const { client, server } = await started();
    server.socket.onmessage?.({ data: '{"t":"hel' });
    server.socket.push({ t: 'typing', d: {} });
    server.socket.welcome();

    expect(client.state.at).toBe('live');
  });
});

describe('commands', () => {
  it('match their answers by id, in whatever order these come', async () => {
    const { client, server } = await started();
    server.socket.welcome();
    const one = client.send({ conversation: C, message_id: 'm1', text: 'one' });
    const two = client.send({ conversation: C, message_id: 'm2', text: 'two' });
    const ids = server.socket.sent.filter((frame) => frame.t === 'send').map((frame) => frame.id);

    server.socket.push({ id: ids[1], ok: { conversation: C, seq: 2, at: '', duplicate: false } });
    server.socket.push({ id: ids[0], ok: { conversation: C, seq: 1, at: '', duplicate: false } });

    expect((await one).seq).toBe(1);
    expect((await two).seq).toBe(2);
  });

  it('wait while there is no connection', async () => {
    const { client, server } = await started();
    void client.send({ conversation: C, message_id: 'm1', text: 'one' });
    expect(server.socket.sent).toEqual([]);

    server.socket.welcome();

    expect(server.socket.last('send').d.message_id).toBe('m1');
  });

  it('go out again with the same id after a reconnect, and only if unanswered', async () => {
    const { client, server, clock } = await started();
    server.socket.welcome();
    const answered = client.send({ conversation: C, message_id: 'm1', text: 'one' });
    const lost = client.send({ conversation: C, message_id: 'm2', text: 'two' });
    const first = server.socket.sent.filter((frame) => frame.t === 'send')[0];
    server.socket.push({
      id: first?.id,
      ok: { conversation: C, seq: 1, at: '', duplicate: false },
    });
    await answered;

    server.socket.drop();
    await reconnected(server, clock);
    server.socket.welcome([], true);

    expect(server.socket.count('send')).toBe(1);
    expect(server.socket.last('send').d.message_id).toBe('m2');
    const again = server.socket.last('send').id;
    server.socket.push({ id: again, ok: { conversation: C, seq: 2, at: '', duplicate: true } });
    expect((await lost).duplicate).toBe(true);
  });

  it('are repeated when a refusal is temporary, after the wait that the server names', async () => {
    const { client, server, clock } = await started();
    server.socket.welcome();
    void client.send({ conversation: C, message_id: 'm1', text: 'one' });
    const err = { code: 'rate_limited', temporary: true, retry_after_ms: 800 };
    server.socket.push({ id: server.socket.last('send').id, err });

    await clock.advance(799);
    expect(server.socket.count('send')).toBe(1);
    await clock.advance(251);
    expect(server.socket.count('send')).toBe(2);
  });

  it('fail with the code of the server when the refusal is final', async () => {
    const { client, server } = await started();
    server.socket.welcome();
    const sent = client.send({ conversation: C, message_id: 'm1', text: 'one' });
    const err = { code: 'not_a_member', temporary: false, detail: 'You are not a member.' };
    server.socket.push({ id: server.socket.last('send').id, err });

    await expect(sent).rejects.toMatchObject({ code: 'not_a_member', temporary: false });
  });

  it('go out again when no answer comes in time', async () => {
    const { client, server, clock } = await started();
    server.socket.welcome();
    void client.send({ conversation: C, message_id: 'm1', text: 'one' });

    await clock.advance(15_000);

    expect(server.socket.count('send')).toBe(2);
  });

  it('other than messages carry an id of their own, the same in a repeat', async () => {
    const { client, server, clock } = await started();
    server.socket.welcome();
    void client.command('join', { conversation: C });
    const first = server.socket.last('join').d.command_id;

    server.socket.drop();
    await reconnected(server, clock);
    server.socket.welcome([], true);

    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.socket.last('join').d.command_id).toBe(first);
  });

  it('go out a few at a time, in order, the next as one is answered', async () => {
    const { client, server } = await started();
    for (let i = 0; i < 100; i += 1) {
      void client.send({ conversation: C, message_id: `m${i}`, text: 'x' });
    }
    server.socket.welcome();
    const first = server.socket.sent.filter((frame) => frame.t === 'send');
    expect(first.map((frame) => frame.d.message_id)).toEqual(
      Array.from({ length: 32 }, (_, i) => `m${i}`),
    );

    const ok = { conversation: C, seq: 1, at: '', duplicate: false };
    server.socket.push({ id: first[0]?.id, ok }, { id: first[1]?.id, ok });

    expect(server.socket.count('send')).toBe(34);
    expect(server.socket.last('send').d.message_id).toBe('m33');
  });

  it('are refused over the limit of the outbox', async () => {
    const { client } = await started();
    for (let i = 0; i < 500; i += 1) {
      void client.send({ conversation: C, text: 'x' });
    }

    const sent = client.send({ conversation: C, text: 'x' });

    await expect(sent).rejects.toMatchObject({ code: 'outbox_full' });
  });

  it('do not hang when the connection is over for good', async () => {
    const { client, server } = await started();
    server.socket.welcome();
    const sent = client.send({ conversation: C, text: 'x' });

    server.socket.drop(4403, 'banned');

    await expect(sent).rejects.toMatchObject({ code: 'signed_out' });
  });
});

describe('losing the connection', () => {
  it('waits with a growing ceiling between half a second and 20 s', async () => {
    const { client, server, clock } = await started();
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      server.socket.drop();
      const wait = client.state.at === 'waiting' ? client.state.untilMillis - clock.now() : -1;
      waits.push(wait);
      await clock.advance(wait);
    }

    expect(waits).toEqual([750, 1_250, 2_250, 4_250, 8_250, 10_250, 10_250, 10_250]);
  });

  it.each([4400, 4401, 4403, 4406, 4409, 4413, 4423])('does not loop after %i', async (code) => {
    const { client, server, clock } = await started({
      renew: async () => {
        throw new ParleyError('token_revoked', 'Signed out.', false, 401);
      },
    });
    server.socket.welcome();

    server.socket.drop(code, 'told to stop');
    await clock.advance(3_600_000);

    expect(server.sockets.length).toBe(1);
    expect(client.state).toMatchObject({ at: 'stopped', code });
  });

  it.each([1001, 1006, 1012, 1013, 4001, 4008, 4009, 4010, 4014, 4029])(
    'comes back after %i',
    async (code) => {
      const { server, clock } = await started();
      server.socket.welcome();

      server.socket.drop(code);

      await reconnected(server, clock);
    },
  );

  it('looks at once whether the session is over after 4401, and says so', async () => {
    const { client, server, clock } = await started({
      renew: () => Promise.reject(new ParleyError('unauthenticated', 'Signed out.', false, 401)),
    });
    server.socket.welcome();

    server.socket.drop(4401, 'token');
    await clock.advance(300);

    expect(server.sockets.length).toBe(1);
    expect(client.state).toMatchObject({ at: 'stopped', code: 4401, because: 'signed_out' });
  });

  it.each([
    [4403, 'suspended'],
    [4423, 'refused'],
  ])('says why it stops after %i', async (code, because) => {
    const { client, server } = await started();
    server.socket.welcome();

    server.socket.drop(code, '');

    expect(client.state).toMatchObject({ at: 'stopped', code, because });
  });

  it.each([
    [4403, 'suspended'],
    [undefined, 'signed_out'],
  ])('waits a moment for the code that says why a token is refused: %s', async (code, because) => {
    const { client, server, clock } = await started({ renew: async () => 'token-0' });
    server.socket.hello();
    const err = { code: 'unauthenticated', temporary: false, detail: 'Not valid.' };
    server.socket.push({ id: server.socket.last('auth').id, err });
    if (code !== undefined) {
      server.socket.drop(code, '');
    }
    await clock.advance(3_000);

    expect(client.state).toMatchObject({ at: 'stopped', because });
  });

  it('does not show a token again that was refused', async () => {
    const { client, server, clock } = await started({ renew: async () => 'token-0' });
    server.socket.welcome();

    server.socket.drop(4401, 'token');
    await clock.advance(60_000);

    expect(server.sockets.length).toBe(1);
    expect(client.state).toMatchObject({ at: 'stopped', because: 'signed_out' });
  });

  it('opens each connection with a ticket of its own where it is given some', async () => {
    let tickets = 0;
    const server = new FakeServer();
    const clock = new FakeClock();
    const client = new ParleyClient({
      url: 'ws://parley.example/ws',
      tokens: async () => 'token',
      tickets: async () => {
        tickets += 1;
        return `ticket-${tickets}`;
      },
      fetchEvents: async () => ({ events: [], head: 0 }),
      openSocket: server.open,
      clock,
      random: () => 0.5,
    });
    client.start();
    await settled();
    server.socket.welcome();
    expect(server.socket.last('auth').d).toEqual({ ticket: 'ticket-1' });
    server.socket.drop();
    await reconnected(server, clock);
    server.socket.hello();

    expect(server.socket.last('auth').d).toEqual({ ticket: 'ticket-2' });
  });

  it('leaves nothing in the store of who signs out', async () => {
    const outbox = new MemoryOutboxStore();
    const server = new FakeServer();
    const client = new ParleyClient({
      url: 'ws://parley.example/ws',
      tokens: async () => 'token',
      fetchEvents: async () => ({ events: [], head: 0 }),
      openSocket: server.open,
      outbox,
    });
    client.start();
    const sent = client.send({ conversation: C, text: 'not for the next one here' });
    expect((await outbox.load()).length).toBe(1);

    await Promise.all([
      client.signOut(),
      expect(sent).rejects.toMatchObject({ code: 'signed_out' }),
    ]);

    expect(await outbox.load()).toEqual([]);
  });

  it.each([4401, 4408])(
    'tries once again with a new token after %i, and then stops',
    async (code) => {
      const { client, server, clock } = await started();
      server.socket.welcome();

      server.socket.drop(code, 'once');
      await reconnected(server, clock);
      server.socket.hello();
      expect(server.socket.last('auth').d).toEqual({ token: 'token-1' });
      server.socket.drop(code, 'twice');
      await clock.advance(3_600_000);

      expect(server.sockets.length).toBe(2);
      expect(client.state).toMatchObject({ at: 'stopped', code });
    },
  );

  it('forgets its heads when the server says that they lead nowhere', async () => {
    const { server, clock } = await started();
    server.socket.welcome([inboxItem(C, 7)]);

    server.socket.drop(4010);
    await reconnected(server, clock);
    server.socket.hello();
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });

    expect(server.socket.last('resume').d).toEqual({ heads: {} });
  });

  it('keeps its heads when the server cannot resume just now', async () => {
    const { server, clock } = await started();
    server.socket.welcome([inboxItem(C, 7)]);
    server.socket.drop();
    await reconnected(server, clock);
    server.socket.hello();
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });

    const err = { code: 'unavailable', temporary: true };
    server.socket.push({ id: server.socket.last('resume').id, err });
    await reconnected(server, clock);
    server.socket.hello();
    server.socket.push({ id: server.socket.last('auth').id, ok: {} });

    expect(server.socket.last('resume').d).toEqual({ heads: { [C]: 7 } });
  });

  it('comes back exactly when the server said so', async () => {
    const { server, clock } = await started();
    server.socket.welcome();

    server.socket.push({ t: 'reconnect', d: { after_ms: 3_000, reason: 'drain' } });
    server.socket.drop(4001);
    await clock.advance(2_999);
    expect(server.sockets.length).toBe(1);
    await clock.advance(1);

    expect(server.sockets.length).toBe(2);
  });

  it('leaves by itself when it was told to reconnect and is not cut off', async () => {
    const { server, clock } = await started();
    server.socket.welcome();
    const first = server.socket;

    first.push({ t: 'reconnect', d: { after_ms: 3_000, reason: 'drain' } });
    await clock.advance(3_000);

    expect(first.closedWith).toBe(4001);
    expect(server.sockets.length).toBe(2);
  });

  it('does not wait out the back-off when it is woken', async () => {
    const { client, server } = await started();
    server.socket.welcome();
    server.socket.drop();

    client.wake();
    await settled();

    expect(server.sockets.length).toBe(2);
  });
});

describe('the heartbeat', () => {
  it('pings every 25 s and answers the ping of the server', async () => {
    const { server, clock } = await started();
    server.socket.welcome();

    server.socket.push({ t: 'ping', d: {} });
    expect(server.socket.count('pong')).toBe(1);
    await clock.advance(25_000);

    expect(server.socket.count('ping')).toBe(1);
  });

  it('gives the connection up after 35 s without traffic, not before', async () => {
    const { client, server, clock } = await started();
    server.socket.welcome();
    const first = server.socket;

    await clock.advance(34_999);
    expect(client.state.at).toBe('live');
    await clock.advance(1);

    expect(first.closedWith).toBe(4009);
    expect(client.state.at).toBe('waiting');
  });

  it('keeps a connection on which anything arrives', async () => {
    const { client, server, clock } = await started();
    server.socket.welcome();

    for (let round = 0; round < 10; round += 1) {
      await clock.advance(30_000);
      server.socket.push({ t: 'pong', d: {} });
    }

    expect(client.state.at).toBe('live');
  });
});

describe('the token', () => {
  it('is renewed in band when it is about to expire', async () => {
    const { server } = await started();
    server.socket.welcome();

    server.socket.push({ t: 'auth.expiring', d: {} });
    await settled();

    expect(server.socket.last('refresh').d).toEqual({ token: 'token-1' });
    expect(server.sockets.length).toBe(1);
  });
});

describe('stopping', () => {
  it('closes the socket and stays closed', async () => {
    const { client, server, clock } = await started();
    server.socket.welcome();

    client.stop();
    await clock.advance(3_600_000);

    expect(server.socket.closedWith).toBe(1000);
    expect(server.sockets.length).toBe(1);
    expect(client.state).toEqual({ at: 'idle' });
  });
});
