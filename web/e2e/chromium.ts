import { accessSync, constants } from 'node:fs';

/** Says in one sentence what is missing, before any test fails in its own words. */
export default function checkChromium(): void {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  try {
    accessSync(path, constants.X_OK);
  } catch {
    const missing = new Error(
      `No Chromium at ${path}: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
    );
    // Where this was noticed helps nobody.
    missing.stack = missing.message;
    throw missing;
  }
}
