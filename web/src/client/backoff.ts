const FLOOR_MILLIS = 500;
const CEILING_MILLIS = 20_000;

/** A number from 0 (included) to 1 (excluded). */
export type Random = () => number;

/**
 * How long to wait before try number `attempt` (0 is the first). Full jitter: anywhere between half
 * a second and a ceiling that doubles up to 20 s, so that a crowd cut off together comes back spread.
 */
export function backoffMillis(attempt: number, random: Random): number {
  const ceiling = Math.min(CEILING_MILLIS, 2 * FLOOR_MILLIS * 2 ** Math.min(attempt, 16));
  return Math.round(FLOOR_MILLIS + random() * (ceiling - FLOOR_MILLIS));
}
