import { defineConfig } from 'vitest/config';

/** The client library against a running Parley. */
export default defineConfig({
  test: {
    include: ['live/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
