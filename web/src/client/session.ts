import { type Clock, systemClock } from './clock';
import type { TokenSource } from './connection';
import { ParleyError } from './errors';
import type { Person, Uuid } from './wire';

/** What register, login and refresh answer. */
export interface Grant {
  user: Person;
  access_token: string;
  expires_at: string | number;
  refresh_token: string;
}

/** Where a session outlives a reload; a browser's sessionStorage fits. */
export interface SessionStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export type RenewGrant = (refreshToken: string) => Promise<Grant>;

const KEY = 'parley.session';
/** A token with less left than this is renewed before it is used. */
const SPARE_MILLIS = 30_000;

/**
 * A signed-in person: the access token and the refresh token that renews it. Renewals are single
 * flight, because a refresh token may be good for one use only.
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

  get isGuest(): boolean {
    return false;
  }

  get user(): Person {
    return this.grant.user;
  }

  /** This person is called otherwise now. */
  renamed(user: Person): void {
    this.keep({ ...this.grant, user });
  }

  fresh(): Promise<string> {
    const left = expiryMillis(this.grant.expires_at) - this.clock.now();
    return left > SPARE_MILLIS ? Promise.resolve(this.grant.access_token) : this.renew();
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
    const left = grant === undefined ? 0 : expiryMillis(grant.expires_at) - this.clock.now();
    return grant !== undefined && left > SPARE_MILLIS
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

  forget(): void {}

  private async ask(): Promise<string> {
    this.grant = await this.grantOne();
    return this.grant.access_token;
  }
}

const GUEST_ID: Uuid = '00000000-0000-0000-0000-000000000000';
const GUEST: Person = { id: GUEST_ID, name: 'guest', display_name: 'Guest' };
