import { type Clock, systemClock } from './clock';
import { ParleyError } from './errors';
import { type Claims, claimsOf, SPARE_MILLIS, type TokenSource } from './tokens';
import type { Person, Uuid } from './wire';

/** What register, login and refresh answer where the refresh token is kept in a cookie. */
export interface CookieGrant {
  user: Person;
  access_token: string;
  expires_at: string | number;
}

/** The same for who keeps the refresh token: a native client. */
export interface Grant extends CookieGrant {
  refresh_token: string;
}

/** Where a session outlives the process; it holds the refresh token, so keep it as a password. */
export interface SessionStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export type RenewGrant = (refreshToken: string) => Promise<Grant>;

const KEY = 'parley.session';

/**
 * A signed-in person of a native client: the access token and the refresh token that renews it.
 * Renewals are single flight, because a refresh token is good for one use only. In a browser use
 * [CookieSession]: what a script can read can be stolen by one.
 */
export class Session implements TokenSource {
  private readonly store: SessionStore;
  private readonly renewGrant: RenewGrant;
  private readonly clock: Clock;
  private grant: Grant;
  private renewal: Promise<string> | undefined;

  constructor(grant: Grant, store: SessionStore, renewGrant: RenewGrant, clock = systemClock) {
    this.grant = grant;
    this.store = store;
    this.renewGrant = renewGrant;
    this.clock = clock;
    this.keep(grant);
  }

  static restored(store: SessionStore, renewGrant: RenewGrant): Session | undefined {
    const text = store.getItem(KEY);
    try {
      return text === null ? undefined : new Session(JSON.parse(text), store, renewGrant);
    } catch {
      return undefined;
    }
  }

  get user(): Person {
    return this.grant.user;
  }

  /** For `ParleyRest.logout` of a client whose access token has ended. */
  get refreshToken(): string {
    return this.grant.refresh_token;
  }

  /** This person is called otherwise now. */
  renamed(user: Person): void {
    this.keep({ ...this.grant, user });
  }

  fresh(): Promise<string> {
    return isGood(this.grant, this.clock) ? Promise.resolve(this.grant.access_token) : this.renew();
  }

  renew(): Promise<string> {
    this.renewal ??= this.renewOnce().finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  forget(): void {
    this.store.removeItem(KEY);
  }

  private async renewOnce(): Promise<string> {
    try {
      const grant = await this.renewGrant(this.grant.refresh_token);
      this.keep({ ...grant, user: grant.user ?? this.grant.user });
      return this.grant.access_token;
    } catch (error) {
      if (error instanceof ParleyError && error.refused) {
        this.forget();
      }
      throw error;
    }
  }

  private keep(grant: Grant): void {
    this.grant = grant;
    this.store.setItem(KEY, JSON.stringify(grant));
  }
}

/** Lets one window of a browser at a time do something. */
export type InTurn = <T>(run: () => Promise<T>) => Promise<T>;

/** Why a session is over. */
export type SessionEnd = 'ended' | 'suspended' | 'another_person';

/**
 * A signed-in person of a browser. The refresh token lies in an HttpOnly cookie that no script can
 * read, the access token in memory only: after a reload `CookieSession.restored` asks for another.
 * All windows of a browser share the cookie, and a refresh token is good once: so they renew in
 * turn, each with what the one before it was given.
 */
export class CookieSession implements TokenSource {
  private readonly renewGrant: () => Promise<CookieGrant>;
  private readonly inTurn: InTurn;
  private readonly clock: Clock;
  private readonly ends = new Set<(end: SessionEnd) => void>();
  private grant: CookieGrant;
  private renewal: Promise<string> | undefined;
  private over: SessionEnd | undefined;

  constructor(
    grant: CookieGrant,
    renewGrant: () => Promise<CookieGrant>,
    inTurn: InTurn = inTurnOfWindows,
    clock = systemClock,
  ) {
    this.grant = grant;
    this.renewGrant = renewGrant;
    this.inTurn = inTurn;
    this.clock = clock;
  }

  /** The session of this browser's cookie; undefined where there is none, or it is over. */
  static async restored(
    renewGrant: () => Promise<CookieGrant>,
    inTurn: InTurn = inTurnOfWindows,
    clock = systemClock,
  ): Promise<CookieSession | undefined> {
    try {
      return new CookieSession(await inTurn(renewGrant), renewGrant, inTurn, clock);
    } catch (error) {
      if (error instanceof ParleyError && error.refused) {
        return undefined;
      }
      throw error;
    }
  }

  get isGuest(): boolean {
    return false;
  }

  get user(): Person {
    return this.grant.user;
  }

  renamed(user: Person): void {
    this.grant = { ...this.grant, user };
  }

  /** What the access token says of this person, as the last renewal gave it. */
  get claims(): Claims {
    return claimsOf(this.grant.access_token);
  }

  fresh(): Promise<string> {
    return isGood(this.grant, this.clock) && this.over === undefined
      ? Promise.resolve(this.grant.access_token)
      : this.renew();
  }

  renew(): Promise<string> {
    this.renewal ??= this.renewOnce().finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  /** Called once, when the server or another window has ended it. */
  onEnd(listener: (end: SessionEnd) => void): () => void {
    this.ends.add(listener);
    return () => this.ends.delete(listener);
  }

  get isOver(): boolean {
    return this.over !== undefined;
  }

  /** It is known from elsewhere to be over. */
  end(end: SessionEnd): void {
    if (this.over === undefined) {
      this.over = end;
      for (const listener of [...this.ends]) {
        listener(end);
      }
    }
  }

  private async renewOnce(): Promise<string> {
    if (this.over !== undefined) {
      throw signedOut();
    }
    try {
      const grant = await this.inTurn(this.renewGrant);
      if (grant.user.id !== this.grant.user.id) {
        this.end('another_person');
        throw signedOut();
      }
      this.grant = grant;
      return grant.access_token;
    } catch (error) {
      if (error instanceof ParleyError && error.refused) {
        this.end(error.code === 'suspended' ? 'suspended' : 'ended');
      }
      throw error;
    }
  }
}

const TURN = 'parley.session';

/**
 * Web Locks hold a turn for all windows of an origin. They are there on https and on localhost; on
 * plain http elsewhere each window goes by itself.
 */
export const inTurnOfWindows: InTurn = async (run) => {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  return locks === undefined ? run() : await locks.request(TURN, run);
};

function signedOut(): ParleyError {
  return new ParleyError('signed_out', 'The session has ended.', false);
}

function isGood(grant: Pick<CookieGrant, 'expires_at'>, clock: Clock): boolean {
  return expiryMillis(grant.expires_at) - clock.now() > SPARE_MILLIS;
}

function expiryMillis(expiresAt: string | number): number {
  return typeof expiresAt === 'number' ? expiresAt : Date.parse(expiresAt);
}

/** What a guest is given: a token for reading public channels, which nothing renews. */
export interface GuestGrant {
  access_token: string;
  expires_at: string | number;
}

/** Somebody without an account. When the token ends, he is another guest. */
export class GuestSession implements TokenSource {
  private readonly grantOne: () => Promise<GuestGrant>;
  private readonly clock: Clock;
  private grant: GuestGrant | undefined;
  private asking: Promise<string> | undefined;

  constructor(grantOne: () => Promise<GuestGrant>, clock = systemClock) {
    this.grantOne = grantOne;
    this.clock = clock;
  }

  get isGuest(): boolean {
    return true;
  }

  get user(): Person {
    return GUEST;
  }

  fresh(): Promise<string> {
    const { grant } = this;
    return grant !== undefined && isGood(grant, this.clock)
      ? Promise.resolve(grant.access_token)
      : this.renew();
  }

  renew(): Promise<string> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  renamed(): void {}

  get claims(): Claims {
    return {};
  }

  private async ask(): Promise<string> {
    this.grant = await this.grantOne();
    return this.grant.access_token;
  }
}

const GUEST_ID: Uuid = '00000000-0000-0000-0000-000000000000';
const GUEST: Person = { id: GUEST_ID, name: 'guest', display_name: 'Guest' };
