const RUN_MILLIS = 5 * 60_000;

/** Vitest limits each test, but not the run: whoever hangs between tests ends it here. */
export default function limitTheRun(): () => void {
  const timer = setTimeout(() => {
    process.stderr.write(
      `The run took longer than ${RUN_MILLIS / 60_000} minutes, and was ended.\n`,
    );
    process.exit(1);
  }, RUN_MILLIS);
  return () => clearTimeout(timer);
}
