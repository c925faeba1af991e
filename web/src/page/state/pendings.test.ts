import { describe, expect, it } from 'vitest';
import { ParleyClient } from '../../client';
import { FakeClock, settled } from '../../client/testing/fakeClock';
import { FakeServer } from '../../client/testing/fakeServer';
import { Pendings } from './pendings';

const C = 'conversation';

async function refusedWith(code: string) {
  const server = new FakeServer();
  const client = new ParleyClient({
    url: 'ws://parley.example/ws',
    tokens: async () => 'token',
    fetchEvents: async () => ({ events: [], head: 0 }),
    openSocket: server.open,
    clock: new FakeClock(),
  });
  const pendings = new Pendings(client);
  client.start();
  await settled();
  server.socket.welcome();
  pendings.send(C, { text: 'hello' });
  const err = { code, temporary: false, detail: 'In the words of the server.' };
  server.socket.push({ id: server.socket.last('send').id, err });
  await settled();
  return { pendings, server };
}

describe('a message that is not taken', () => {
  it('waits for a moderator when it is held, and nothing is to be done', async () => {
    const { pendings, server } = await refusedWith('held');

    expect(pendings.all.get()[0]?.failure).toMatchObject({ isHeld: true, isWorthRepeating: false });
    const id = server.socket.last('send').d.message_id as string;
    pendings.arrived(id);
    expect(pendings.all.get()).toEqual([]);
  });

  it.each(['blocked', 'rejected_by_filter', 'suspended'])(
    'is not offered to be sent again after %s',
    async (code) => {
      const { pendings } = await refusedWith(code);

      expect(pendings.all.get()[0]?.failure).toMatchObject({
        isHeld: false,
        isWorthRepeating: false,
      });
      expect(pendings.all.get()[0]?.failure?.says).not.toContain('In the words of the server');
    },
  );

  it('goes out again under the same id where that may help', async () => {
    const { pendings, server } = await refusedWith('muted');
    const [pending] = pendings.all.get();
    expect(pending?.failure?.isWorthRepeating).toBe(true);

    pendings.retry(pending?.id ?? '');
    expect(server.socket.all('send').map(({ message_id }) => message_id)).toEqual([
      pending?.id,
      pending?.id,
    ]);
  });
});
