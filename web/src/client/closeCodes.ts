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
} as const;

export function meansStop(code: number): boolean {
  return code >= 4400 && code < 4500;
}

/** After these the server no longer knows the heads of this client: it must start from `ready`. */
export function invalidatesHeads(code: number): boolean {
  return code === CloseCode.POSITION_INVALID || code === CloseCode.STATE_INVALIDATED;
}
