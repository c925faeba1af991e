/**
 * The close codes that a client treats specially. The family decides: 44xx say "do not loop",
 * everything else (also an unclean end without a code) means "come back and resume".
 */
export const CloseCode = {
  CLIENT_DONE: 1000,
  DRAIN: 4001,
  HEARTBEAT_MISSED: 4009,
  POSITION_INVALID: 4010,
  STATE_INVALIDATED: 4014,
  TOKEN: 4401,
  NO_AUTH_IN_TIME: 4408,
} as const;

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
