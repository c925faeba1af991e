import { describe, expect, it } from 'vitest';
import { ParleyRest } from './rest';

interface Call {
  method: string;
  url: string;
  authorization: string | null;
  body: unknown;
  outlivesThePage: boolean;
}

function restOver(answers: (() => Response)[]) {
  const calls: Call[] = [];
  const fetch = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const authorization = new Headers(init?.headers).get('authorization');
    calls.push({
      method: init?.method ?? 'GET',
      url: String(url),
      authorization,
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      outlivesThePage: init?.keepalive ?? false,
    });
    const answer = answers.shift();
    if (answer === undefined) {
      throw new TypeError('network');
    }
    return answer();
  };
  const bearer = { fresh: async () => 'old', renew: async () => 'new' };
  return { rest: new ParleyRest('https://parley.example', bearer, fetch), calls };
}

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status });

describe('the REST client', () => {
  it('asks for a view that is as far as this client', async () => {
    const { rest, calls } = restOver([() => json({ messages: [] })]);

    await rest.messages('c1', { before: 40 }, 50, 99);

    expect(calls[0]?.url).toBe(
      'https://parley.example/api/conversations/c1/messages?before=40&limit=50&at_least=c1%3A99',
    );
  });

  it('makes an error of a problem document, and knows which are temporary', async () => {
    const problem = { code: 'behind', detail: 'The view is at 7.', temporary: true };
    const { rest } = restOver([() => json(problem, 503), () => json({ code: 'not_found' }, 404)]);

    await expect(rest.conversation('c1')).rejects.toMatchObject({
      code: 'behind',
      message: 'The view is at 7.',
      temporary: true,
      status: 503,
    });
    await expect(rest.conversation('c1')).rejects.toMatchObject({ temporary: false, status: 404 });
  });

  it('understands an answer that is no JSON, of a gateway for example', async () => {
    const { rest } = restOver([() => new Response('<html>Bad Gateway</html>', { status: 502 })]);

    await expect(rest.people(['a'])).rejects.toMatchObject({ code: 'http_502', temporary: true });
  });

  it('renews a token that is refused, once', async () => {
    const refused = () => json({ code: 'unauthenticated' }, 401);
    const { rest, calls } = restOver([refused, () => json({ users: [] }), refused, refused]);

    await rest.people(['a']);
    expect(calls.map((call) => call.authorization)).toEqual(['Bearer old', 'Bearer new']);
    await expect(rest.people(['a'])).rejects.toMatchObject({ status: 401, temporary: false });
    expect(calls.length).toBe(4);
  });

  it('does not renew a good token because of a wrong password', async () => {
    const wrong = () => json({ code: 'credentials_wrong' }, 401);
    const { rest, calls } = restOver([wrong]);

    await expect(rest.changePassword('old', 'new')).rejects.toMatchObject({
      code: 'credentials_wrong',
    });
    expect(calls.length).toBe(1);
  });

  it('asks for a cookie in a browser, and lets no reload cut off what changes it', async () => {
    const { rest, calls } = restOver(Array(3).fill(() => json({})));

    await rest.loginHere('ada', 'secret');
    await rest.refreshHere();
    await rest.logout();

    expect(calls.map(({ body }) => body)).toEqual([
      { name: 'ada', password: 'secret', cookie: true },
      { cookie: true },
      {},
    ]);
    expect(calls.map(({ outlivesThePage }) => outlivesThePage)).toEqual([false, true, true]);
  });

  it('takes a function of a product that has its own tokens', async () => {
    const seen: (string | null)[] = [];
    const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return json({ users: [] });
    };
    const rest = new ParleyRest('https://parley.example', async () => 'theirs', fetch);

    await rest.people(['a']);
    expect(seen).toEqual(['Bearer theirs']);
  });

  it('knows from the answer to an empty login whether there are accounts', async () => {
    const { rest, calls } = restOver([
      () => json({ code: 'malformed' }, 400),
      () => json({ code: 'not_found' }, 404),
    ]);

    expect([await rest.hasAccounts(), await rest.hasAccounts()]).toEqual([true, false]);
    expect(calls.map(({ body }) => body)).toEqual([undefined, undefined]);
  });

  it('says when the server cannot be reached', async () => {
    const { rest } = restOver([]);

    await expect(rest.people(['a'])).rejects.toMatchObject({
      code: 'unreachable',
      temporary: true,
    });
  });
});
