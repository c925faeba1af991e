import { expect, it } from 'vitest';
import { ParleyClient } from './client';
import { FakeClock, settled } from './testing/fakeClock';
import { FakeServer, inboxItem } from './testing/fakeServer';

const C = 'conversation';

async function live() {
  const server = new FakeServer();
  const clock = new FakeClock();
  const told: string[] = [];
  const client = new ParleyClient({
    url: 'ws://parley.example/ws',
    tokens: { fresh: async () => 'token', renew: async () => 'token' },
    fetchEvents: async () => ({ events: [], head: 0 }),
    openSocket: server.open,
    clock,
    random: () => 0.5,
  });
  client.on('draft', ({ text }) => told.push(text));
  client.start();
  await settled();
  server.socket.welcome([inboxItem(C, 1)]);
  const tells = (text: string) => server.socket.push({ t: 'draft', d: { conversation: C, text } });
  return { client, server, clock, told, tells };
}

it('tells the draft of another device', async () => {
  const { told, tells } = await live();

  tells('from the phone');

  expect(told).toEqual(['from the phone']);
});

it('does not tell an older draft while a newer one is on its way', async () => {
  const { client, server, clock, told, tells } = await live();
  client.draft(C, 'Yes, at s');
  await clock.advance(600);
  client.draft(C, '');

  tells('Yes, at s');
  server.socket.push({ id: server.socket.last('draft').id, ok: {} });
  tells('Yes, at s');
  expect(told).toEqual([]);

  await clock.advance(600);
  server.socket.push({ id: server.socket.last('draft').id, ok: {} });
  tells('');
  expect(told).toEqual(['']);
});
