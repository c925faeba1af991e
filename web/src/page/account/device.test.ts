import { expect, it } from 'vitest';
import { deviceName } from './device';

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    'Chrome on Linux',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0',
    'Firefox on Windows',
  ],
  ['parley-java-client/0.1', 'parley-java-client/0.1'],
  ['', 'Unknown device'],
  [null, 'Unknown device'],
])('a device is called what its owner calls it: %s', (client, name) => {
  expect(deviceName(client)).toBe(name);
});
