import { expect, it } from 'vitest';
import { backoffMillis } from './backoff';

it('never waits less than half a second or more than 20 s', () => {
  for (let attempt = 0; attempt < 2_000; attempt += 1) {
    const wait = backoffMillis(attempt, Math.random);
    expect(wait).toBeGreaterThanOrEqual(500);
    expect(wait).toBeLessThanOrEqual(20_000);
  }
});

it('spreads over the whole range between floor and ceiling', () => {
  expect(backoffMillis(3, () => 0)).toBe(500);
  expect(backoffMillis(3, () => 0.999_999)).toBe(8_000);
  expect(backoffMillis(40, () => 0.999_999)).toBe(20_000);
});
