import { describe, expect, it } from 'vitest';
import { ParleyError } from './errors';
import {
  type CookieGrant,
  CookieSession,
  type Grant,
  type InTurn,
  Session,
  type SessionEnd,
  type SessionStore,
} from './session';
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

/** What the windows of a browser share: one cookie, good once, and the turn. */
class Browser {
  readonly clock = new FakeClock();
  reused = false;
  person = 'u';
  private cookie = 1;
  private last: Promise<unknown> = Promise.resolve();

  readonly inTurn: InTurn = (run) => {
    const turn = this.last.then(run);
    this.last = turn.catch(() => {});
    return turn;
  };

  /** The request carries the cookie as it is when it goes out; the answer brings the next one. */
  readonly renew = async (): Promise<CookieGrant> => {
    const carried = this.cookie;
    await Promise.resolve();
    await Promise.resolve();
    this.reused ||= carried !== this.cookie;
    this.cookie += 1;
    return cookieGrant(this.person, this.cookie, this.clock.now() + 900_000);
  };

  window(inTurn = this.inTurn): CookieSession {
    return new CookieSession(cookieGrant('u', 0, 0), this.renew, inTurn, this.clock);
  }
}

function cookieGrant(user: string, number: number, expiresAt: number): CookieGrant {
  return {
    user: { id: user, name: 'ada', display_name: 'Ada' },
    access_token: `access-${number}`,
    expires_at: expiresAt,
  };
}

describe('a session in a browser', () => {
  it('is restored from the cookie alone', async () => {
    const browser = new Browser();

    const session = await CookieSession.restored(browser.renew, browser.inTurn, browser.clock);

    expect(session?.user.id).toBe('u');
    expect(await session?.fresh()).toBe('access-2');
  });

  it('is none where the server refuses the cookie, and unknown while it is away', async () => {
    const failing = (error: Error) =>
      CookieSession.restored(
        () => Promise.reject(error),
        (run) => run(),
      );

    expect(await failing(new ParleyError('unauthenticated', 'No.', false, 401))).toBeUndefined();
    await expect(failing(new ParleyError('unreachable', 'Away.', true))).rejects.toThrow('Away.');
  });

  it('is renewed by one window at a time, so that no cookie is used twice', async () => {
    const browser = new Browser();
    const windows = [browser.window(), browser.window(), browser.window()];

    const tokens = await Promise.all(windows.map((window) => window.fresh()));

    expect(new Set(tokens).size).toBe(3);
    expect(browser.reused).toBe(false);
  });

  it('would use a cookie twice without taking turns', async () => {
    const browser = new Browser();
    const windows = [browser.window((run) => run()), browser.window((run) => run())];

    await Promise.all(windows.map((window) => window.fresh()));

    expect(browser.reused).toBe(true);
  });

  it('says once that it is over, and why', async () => {
    const ends: SessionEnd[] = [];
    const refused = (code: string) => {
      const session = new CookieSession(
        cookieGrant('u', 0, 0),
        () => Promise.reject(new ParleyError(code, 'No.', false, 401)),
        (run) => run(),
        new FakeClock(),
      );
      session.onEnd((end) => ends.push(end));
      return session;
    };
    const ended = refused('unauthenticated');
    await expect(ended.fresh()).rejects.toThrow('No.');
    await expect(ended.renew()).rejects.toThrow('The session has ended.');
    await expect(refused('suspended').renew()).rejects.toThrow('No.');

    expect(ends).toEqual(['ended', 'suspended']);
  });

  it('ends when another person has logged in with the same browser', async () => {
    const browser = new Browser();
    const ends: SessionEnd[] = [];
    const session = browser.window();
    session.onEnd((end) => ends.push(end));
    browser.person = 'somebody else';

    await expect(session.fresh()).rejects.toMatchObject({ code: 'signed_out' });
    expect(ends).toEqual(['another_person']);
  });

  it('goes on when the server is away for a while', async () => {
    const session = new CookieSession(
      cookieGrant('u', 0, 0),
      () => Promise.reject(new ParleyError('unreachable', 'Away.', true)),
      (run) => run(),
      new FakeClock(),
    );
    const ends: SessionEnd[] = [];
    session.onEnd((end) => ends.push(end));

    await expect(session.fresh()).rejects.toThrow('Away.');
    expect(ends).toEqual([]);
  });
});
