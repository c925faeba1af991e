import { describe, expect, it } from 'vitest';
import { Personal } from './personal';
import { FakeClock } from './testing/fakeClock';
import type { Answer } from './wire';

interface Frame {
  type: string;
  data: object;
  answered: (answer: Answer) => void;
}

function opened() {
  const clock = new FakeClock();
  const frames: Frame[] = [];
  const errors: string[] = [];
  const personal = new Personal(
    clock,
    () => 0,
    (error) => errors.push(error.code),
  );
  const open = () =>
    personal.opened((type, data, answered) => frames.push({ type, data, answered }));
  return { clock, frames, errors, personal, open };
}

describe('what one person keeps for himself', () => {
  it('tells the highest of many marks in one frame, and never a lower one after it', async () => {
    const { clock, frames, personal, open } = opened();
    open();
    personal.read({ conversation: 'c', seq: 3 });
    personal.read({ conversation: 'c', seq: 9 });
    personal.read({ conversation: 'c', seq: 5 });
    await clock.advance(1_000);
    expect(frames.map(({ type, data }) => [type, data])).toEqual([
      ['read', { conversation: 'c', seq: 9 }],
    ]);

    frames[0]?.answered({ id: 1, ok: {} });
    personal.read({ conversation: 'c', seq: 8 });
    await clock.advance(1_000);
    expect(frames).toHaveLength(1);
  });

  it('keeps marks of a thread, of delivery and of reading apart', async () => {
    const { clock, frames, personal, open } = opened();
    open();
    personal.delivered({ conversation: 'c', seq: 9 });
    personal.read({ conversation: 'c', seq: 4 });
    personal.read({ conversation: 'c', seq: 7, thread: 't' });
    await clock.advance(1_000);
    expect(frames.map(({ type, data }) => [type, data])).toEqual([
      ['delivered', { conversation: 'c', seq: 9 }],
      ['read', { conversation: 'c', seq: 4 }],
      ['read', { conversation: 'c', seq: 7, thread: 't' }],
    ]);
  });

  it('tells what had no answer on the next connection, as it is by then', async () => {
    const { clock, frames, personal, open } = opened();
    open();
    personal.draft({ conversation: 'c', text: 'He' });
    await clock.advance(1_000);
    personal.draft({ conversation: 'c', text: 'Hello' });
    personal.closed();
    await clock.advance(5_000);
    expect(frames).toHaveLength(1);

    open();
    expect(frames.at(-1)?.data).toEqual({ conversation: 'c', text: 'Hello' });
    frames.at(-1)?.answered({ id: 2, ok: {} });
    personal.draft({ conversation: 'c', text: '' });
    await clock.advance(1_000);
    expect(frames.at(-1)?.data).toEqual({ conversation: 'c', text: '' });
  });

  it('tells a value that changed while the one before was on its way', async () => {
    const { clock, frames, personal, open } = opened();
    open();
    personal.draft({ conversation: 'c', text: 'a' });
    await clock.advance(1_000);
    personal.draft({ conversation: 'c', text: 'ab' });
    await clock.advance(1_000);
    expect(frames).toHaveLength(1);
    frames[0]?.answered({ id: 1, ok: {} });
    await clock.advance(1_000);
    expect(frames.map(({ data }) => data)).toEqual([
      { conversation: 'c', text: 'a' },
      { conversation: 'c', text: 'ab' },
    ]);
  });

  it('waits as long as the server says, and reports a refusal', async () => {
    const { clock, frames, errors, personal, open } = opened();
    open();
    personal.settings({ conversation: 'c', pinned: true, archived: false });
    await clock.advance(10);
    expect(frames.map(({ data }) => data)).toEqual([
      { conversation: 'c', pinned: true },
      { conversation: 'c', archived: false },
    ]);
    frames[0]?.answered({
      id: 1,
      err: { code: 'rate_limited', temporary: true, retry_after_ms: 4_000 },
    });
    frames[1]?.answered({ id: 2, err: { code: 'not_found', temporary: false } });
    await clock.advance(3_999);
    expect(frames).toHaveLength(2);
    await clock.advance(2);
    expect(frames.at(-1)?.data).toEqual({ conversation: 'c', pinned: true });
    expect(errors).toEqual(['not_found']);
  });

  it('reports a draft that was refused, but not that its place is gone', async () => {
    const { clock, frames, errors, personal, open } = opened();
    open();
    personal.draft({ conversation: 'gone', text: 'a' });
    personal.draft({ conversation: 'here', text: 'b' });
    await clock.advance(1_000);
    frames[0]?.answered({ id: 1, err: { code: 'not_found', temporary: false } });
    frames[1]?.answered({ id: 2, err: { code: 'too_large', temporary: false } });
    expect(errors).toEqual(['too_large']);
  });
});
