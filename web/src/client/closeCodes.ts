/**
 * Every close code of the protocol. The family decides: 44xx say "do not loop", everything else
 * (also an unclean end without a code) means "come back and resume".
 */
export const CloseCode = {
  /** This client's own: done, or to be tried again. */
  CLIENT_DONE: 1000,
  GOING_AWAY: 1001,
  RESTART: 1012,
  TRY_AGAIN_LATER: 1013,
  DRAIN: 4001,
  SLOW_CONSUMER: 4008,
  HEARTBEAT_MISSED: 4009,
  POSITION_INVALID: 4010,
  STATE_INVALIDATED: 4014,
  RATE_LIMITED: 4029,
  MALFORMED: 4400,
  TOKEN: 4401,
  BANNED: 4403,
  VERSION: 4406,
  NO_AUTH_IN_TIME: 4408,
  REPLACED: 4409,
  FRAME_TOO_BIG: 4413,
  CONNECTION_LIMIT: 4423,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

export function meansStop(code: number): boolean {
  return code >= 4400 && code < 4500;
}

/**
 * Worth one more try with a new token, and no loop: a laptop that slept comes back with an old
 * token, and a node that has just started may be too slow to look at a good one in time.
 */
export function meansDoubt(code: number): boolean {
  return code === CloseCode.TOKEN || code === CloseCode.NO_AUTH_IN_TIME;
}

/** After these the server no longer knows the heads of this client: it must start from `ready`. */
export function invalidatesHeads(code: number): boolean {
  return code === CloseCode.POSITION_INVALID || code === CloseCode.STATE_INVALIDATED;
}
