import { defineConfig } from 'vitest/config';

/** The client library against a running Parley. */
export default defineConfig({
  test: {
    include: ['live/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['live/limit.ts'],
    testTimeout: 100_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    fileParallelism: false,
  },
});
