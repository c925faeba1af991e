import { describe, expect, it } from 'vitest';
import { FakeClock } from './testing/fakeClock';
import { AskedTokens, claimsOf } from './tokens';

const base64 = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const jwt = (claims: object) => `${base64('{}')}.${base64(JSON.stringify(claims))}.signature`;

function asked(...tokens: string[]) {
  const clock = new FakeClock();
  let times = 0;
  const source = new AskedTokens(async () => {
    times += 1;
    return tokens[times - 1] ?? 'none left';
  }, clock);
  return { source, clock, times: () => times };
}

const inSeconds = (clock: FakeClock, seconds: number) => clock.now() / 1_000 + seconds;

describe('tokens of a product of its own', () => {
  it('are kept until shortly before they end', async () => {
    const first = jwt({ exp: inSeconds(new FakeClock(), 60) });
    const { source, clock, times } = asked(first, 'the next');

    expect([await source.fresh(), await source.fresh()]).toEqual([first, first]);
    await clock.advance(29_000);
    expect(await source.fresh()).toBe(first);
    await clock.advance(2_000);
    expect(await source.fresh()).toBe('the next');
    expect(times()).toBe(2);
  });

  it('are asked for once by everybody who needs one at the same time', async () => {
    const { source, times } = asked('one', 'two');

    expect(await Promise.all([source.fresh(), source.renew(), source.fresh()])).toEqual(
      Array(3).fill('one'),
    );
    expect(times()).toBe(1);
  });

  it('are asked for again when the server doubts them, and after a failure', async () => {
    const good = jwt({ exp: inSeconds(new FakeClock(), 900) });
    const { source } = asked(good, 'another');
    await source.fresh();

    expect(await source.renew()).toBe('another');

    let fails = true;
    const shaky = new AskedTokens(async () => {
      if (fails) {
        throw new Error('away');
      }
      return good;
    }, new FakeClock());
    await expect(shaky.fresh()).rejects.toThrow('away');
    fails = false;
    expect(await shaky.fresh()).toBe(good);
  });
});

describe('the claims of a token', () => {
  it('are read as UTF-8, and are none where it is no JWT', () => {
    expect(claimsOf(jwt({ sub: 'zoë', groups: ['user', 'admin'], sid: 's' }))).toEqual({
      sub: 'zoë',
      groups: ['user', 'admin'],
      sid: 's',
    });
    expect([claimsOf('opaque'), claimsOf('a.b.c'), claimsOf('')]).toEqual([{}, {}, {}]);
  });
});
