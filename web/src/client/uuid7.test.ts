import { expect, it } from 'vitest';
import { uuid7 } from './uuid7';

it('is a canonical UUID of version 7 that carries its time', () => {
  const millis = Date.UTC(2026, 10, 20, 12);
  const id = uuid7(millis);

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(millis);
});

it('does not repeat', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => uuid7(0))).size).toBe(10_000);
});
