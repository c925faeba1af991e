import { type Clock, systemClock } from './clock';

/** Where access tokens come from. `renew` fails with a refused ParleyError when signed out. */
export interface TokenSource {
  /** A token that is good for a while yet. */
  fresh(): Promise<string>;
  /** A new token, also if the current one still looks good. */
  renew(): Promise<string>;
}

/** What a product that has its own users gives: asked whenever a token is needed. */
export type AskForToken = () => Promise<string>;

/** A token with less left than this is renewed before it is used. */
export const SPARE_MILLIS = 30_000;

/**
 * The tokens of a product of its own: kept in memory until shortly before they end, and asked for
 * once for everybody who needs one at the same time.
 */
export class AskedTokens implements TokenSource {
  private readonly ask: AskForToken;
  private readonly clock: Clock;
  private token: string | undefined;
  private asking: Promise<string> | undefined;

  constructor(ask: AskForToken, clock = systemClock) {
    this.ask = ask;
    this.clock = clock;
  }

  fresh(): Promise<string> {
    const { token } = this;
    const end = token === undefined ? 0 : (claimsOf(token).exp ?? 0) * 1_000;
    return token !== undefined && end - this.clock.now() > SPARE_MILLIS
      ? Promise.resolve(token)
      : this.renew();
  }

  renew(): Promise<string> {
    this.asking ??= this.ask()
      .then((token) => {
        this.token = token;
        return token;
      })
      .finally(() => {
        this.asking = undefined;
      });
    return this.asking;
  }
}

export function tokenSource(tokens: TokenSource | AskForToken, clock = systemClock): TokenSource {
  return typeof tokens === 'function' ? new AskedTokens(tokens, clock) : tokens;
}

/** What a token says of itself, without any proof: to be shown, or to know when it ends. */
export interface Claims {
  /** Seconds since 1970. */
  exp?: number;
  sub?: string;
  /** The session, absent for guests and for tokens of others. */
  sid?: string;
  groups?: string[];
}

/** Nothing, if it is no JWT. */
export function claimsOf(token: string): Claims {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}
