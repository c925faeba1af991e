import { describe, expect, it } from 'vitest';
import { ParleyError } from './errors';
import { type Grant, Session, type SessionStore } from './session';
import { FakeClock } from './testing/fakeClock';

class MemoryStore implements SessionStore {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

function grant(number: number, expiresAt: number): Grant {
  return {
    user: { id: 'u', name: 'ada', display_name: 'Ada' },
    access_token: `access-${number}`,
    expires_at: new Date(expiresAt).toISOString(),
    refresh_token: `refresh-${number}`,
  };
}

function session(renew: (token: string) => Promise<Grant>, livesMillis: number) {
  const store = new MemoryStore();
  const clock = new FakeClock();
  return { store, session: new Session(grant(0, clock.now() + livesMillis), store, renew, clock) };
}

describe('a session', () => {
  it('uses its token while that is good, and renews it before it ends', async () => {
    const renew = async (token: string) => {
      expect(token).toBe('refresh-0');
      return grant(1, Date.UTC(2030, 0));
    };

    expect(await session(renew, 60_000).session.fresh()).toBe('access-0');
    expect(await session(renew, 20_000).session.fresh()).toBe('access-1');
  });

  it('renews once for everybody who asks at the same time', async () => {
    let renewals = 0;
    const { session: one } = session(async () => {
      renewals += 1;
      return grant(renewals, Date.UTC(2030, 0));
    }, 0);

    expect(await Promise.all([one.fresh(), one.fresh(), one.renew()])).toEqual(
      Array(3).fill('access-1'),
    );
    expect(renewals).toBe(1);
  });

  it('outlives a reload', () => {
    const { store } = session(async () => grant(1, 0), 60_000);

    expect(Session.restored(store, async () => grant(1, 0))?.user.name).toBe('ada');
  });

  it('is forgotten when the server refuses to renew it, and kept when it cannot be reached', async () => {
    const refused = session(async () => {
      throw new ParleyError('unauthenticated', 'Signed out.', false, 401);
    }, 0);
    await expect(refused.session.fresh()).rejects.toThrow('Signed out.');
    expect(refused.store.items.size).toBe(0);

    const offline = session(async () => {
      throw new ParleyError('unreachable', 'Offline.', true);
    }, 0);
    await expect(offline.session.fresh()).rejects.toThrow('Offline.');
    expect(offline.store.items.size).toBe(1);
  });
});
