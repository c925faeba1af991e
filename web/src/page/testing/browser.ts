import { vi } from 'vitest';
import { FakeServer, FakeSocket } from '../../client/testing/fakeServer';
import { FakeRest } from './fakeRest';

/** The browser's ways out, all of which end in a test. */
export function fakeBrowser(): { rest: FakeRest; server: FakeServer } {
  const [rest, server] = [new FakeRest(), new FakeServer()];
  vi.stubGlobal('fetch', rest.fetch);
  vi.stubGlobal(
    'WebSocket',
    class extends FakeSocket {
      constructor() {
        super();
        server.sockets.push(this);
      }
    },
  );
  vi.stubGlobal('indexedDB', undefined);
  Object.defineProperty(navigator, 'locks', { value: { request: alone }, configurable: true });
  return { rest, server };
}

const alone = <T>(_: string, run: () => Promise<T>): Promise<T> => run();
