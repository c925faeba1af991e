import { describe, expect, it } from 'vitest';
import { ParleyError, ParleyRest } from '../../client';
import { Blocks } from './blocks';

/** Identity-service's part of it: a set, which answers when the test lets it. */
function blocksOver(before: string[] = []) {
  const users = new Set(before);
  let held: Promise<void> = Promise.resolve();
  const fetch = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const user = String(url).split('/blocks/')[1];
    if (user === undefined) {
      const told = JSON.stringify({ blocks: [...users] });
      await held;
      return new Response(told);
    }
    if (user === 'nobody') {
      return new Response(JSON.stringify({ code: 'not_found' }), { status: 404 });
    }
    if (init?.method === 'PUT') {
      users.add(user);
    } else {
      users.delete(user);
    }
    return new Response(null, { status: 204 });
  };
  const blocks = new Blocks(new ParleyRest('https://parley.example', async () => 't', fetch));
  const hold = () => {
    let release = () => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    return () => release();
  };
  return { blocks, hold, now: () => [...blocks.users.get()] };
}

describe('who is blocked', () => {
  it('is read, and changes with what is done here', async () => {
    const { blocks, now } = blocksOver(['ben']);

    await blocks.read();
    await blocks.block('cleo');
    expect(now()).toEqual(['ben', 'cleo']);
    await blocks.unblock('ben');
    expect(now()).toEqual(['cleo']);
  });

  it('is not what an answer from before the change says', async () => {
    const { blocks, hold, now } = blocksOver([]);
    const release = hold();
    const reading = blocks.read();
    await blocks.block('ben');
    release();
    await reading;

    expect(now()).toEqual(['ben']);
  });

  it('stays as it was when the server refuses', async () => {
    const { blocks, now } = blocksOver(['ben']);
    await blocks.read();

    await expect(blocks.block('nobody')).rejects.toThrow(ParleyError);
    expect(now()).toEqual(['ben']);
  });
});
