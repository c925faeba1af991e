import { describe, expect, it } from 'vitest';
import { ParleyError } from './errors';
import { type EventPage, Order } from './order';
import { FakeClock, settled } from './testing/fakeClock';
import { inboxItem, sentEvent } from './testing/fakeServer';
import type { Gap } from './wire';

const C = 'conversation';

function orderOver(fetchEvents: (after: number, through: number) => Promise<EventPage>) {
  const applied: number[] = [];
  const gaps: Gap[] = [];
  const clock = new FakeClock();
  const asked: [number, number][] = [];
  const order = new Order(
    (_conversation, after, through) => {
      asked.push([after, through]);
      return fetchEvents(after, through);
    },
    { apply: (event) => applied.push(event.seq), gap: (gap) => gaps.push(gap) },
    clock,
    Math.random,
  );
  return { order, applied, gaps, asked, clock };
}

function pageOf(from: number, to: number): EventPage {
  const events = Array.from({ length: to - from + 1 }, (_, i) => sentEvent(C, from + i));
  return { events, head: to };
}

const noEvents = () => Promise.resolve({ events: [], head: 0 });

describe('the order of events', () => {
  it('applies the next event and ignores an older one', () => {
    const { order, applied } = orderOver(noEvents);
    order.snapshot([inboxItem(C, 4)], false);

    for (const seq of [5, 5, 4, 6, 1]) {
      order.offer(sentEvent(C, seq));
    }

    expect(applied).toEqual([5, 6]);
    expect(order.heads()).toEqual({ [C]: 6 });
  });

  it('fetches a hole and then goes on with what it held', async () => {
    const { order, applied, asked } = orderOver(async (after, through) =>
      pageOf(after + 1, through),
    );
    order.snapshot([inboxItem(C, 4)], false);

    order.offer(sentEvent(C, 8));
    order.offer(sentEvent(C, 9));
    await settled();

    expect(asked).toEqual([[4, 7]]);
    expect(applied).toEqual([5, 6, 7, 8, 9]);
  });

  it('asks again after a pause when the view is not there yet', async () => {
    let asked = 0;
    const { order, applied, clock } = orderOver(async () => {
      asked += 1;
      if (asked === 1) {
        throw new ParleyError('behind', 'The view is behind.', true);
      }
      return asked === 2 ? pageOf(1, 0) : pageOf(5, 5);
    });
    order.snapshot([inboxItem(C, 4)], false);

    order.offer(sentEvent(C, 6));
    await settled();
    expect(applied).toEqual([]);
    await clock.advance(20_000);

    expect(applied).toEqual([5, 6]);
  });

  it('reports a hole of more than 500 as a gap and goes on behind it', async () => {
    const { order, applied, gaps, asked } = orderOver(noEvents);
    order.snapshot([inboxItem(C, 4)], false);

    order.offer(sentEvent(C, 1_000));
    await settled();

    expect(gaps).toEqual([{ conversation: C, from: 5, to: 999 }]);
    expect(applied).toEqual([1_000]);
    expect(asked).toEqual([]);
  });

  it('jumps over a gap that the server announces', () => {
    const { order, applied, gaps } = orderOver(noEvents);
    order.snapshot([inboxItem(C, 4)], false);

    order.skip({ conversation: C, from: 5, to: 900 });
    order.offer(sentEvent(C, 901));

    expect(gaps).toEqual([{ conversation: C, from: 5, to: 900 }]);
    expect(applied).toEqual([901]);
  });

  it('does not apply again what a resume left out, since views behind do not know the join', async () => {
    const { order, applied } = orderOver(async (after) => pageOf(after + 1, 9));
    for (const seq of [5, 6]) {
      order.offer(sentEvent(C, seq));
    }
    order.snapshot([], true);
    for (const seq of [5, 6, 7]) {
      order.offer(sentEvent(C, seq));
    }
    order.snapshot([], true);
    order.snapshot([inboxItem(C, 9)], true);
    order.caughtUp();
    await settled();

    expect(applied).toEqual([5, 6, 7, 8, 9]);
  });

  it('begins where the inbox says after another join', async () => {
    const { order, applied, asked } = orderOver(noEvents);
    order.offer(sentEvent(C, 5));
    order.snapshot([], true);
    order.snapshot([{ ...inboxItem(C, 20), joined_seq: 15 }], true);
    order.caughtUp();
    order.offer(sentEvent(C, 21));
    await settled();

    expect(applied).toEqual([5, 21]);
    expect(asked).toEqual([]);
  });

  it('starts with whatever comes first in a conversation it never heard of', () => {
    const { order, applied } = orderOver(noEvents);

    order.offer(sentEvent(C, 5_000));
    order.offer(sentEvent(C, 5_001));

    expect(applied).toEqual([5_000, 5_001]);
  });

  it('lets go of a conversation that it may no longer read', async () => {
    const { order, applied } = orderOver(async () => {
      throw new ParleyError('not_found', 'No such conversation.', false, 404);
    });
    order.snapshot([inboxItem(C, 4)], false);

    order.offer(sentEvent(C, 9));
    await settled();

    expect(applied).toEqual([]);
    expect(order.heads()).toEqual({});
  });

  it('keeps its own heads when resumed, and takes the snapshot when not', () => {
    const { order } = orderOver(noEvents);
    order.snapshot([inboxItem(C, 4), inboxItem('left', 3)], false);

    order.snapshot([inboxItem(C, 9), inboxItem('new', 2)], true);
    expect(order.heads()).toEqual({ [C]: 4, new: 2 });

    order.snapshot([inboxItem(C, 9)], false);
    expect(order.heads()).toEqual({ [C]: 9 });
  });

  it('applies every event once and in order, whatever is dropped, repeated or shuffled', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = seeded(seed);
    const { order, applied, clock } = orderOver(async (after, through) => {
      if (random() < 0.3) {
        throw new ParleyError('unreachable', 'Not now.', true);
      }
      return pageOf(after + 1, Math.min(through, after + 1 + Math.floor(random() * 5)));
    });
    order.snapshot([inboxItem(C, 0)], false);

    const offered = Array.from({ length: 300 }, (_, i) => i + 1)
      .flatMap((seq) => (random() < 0.3 ? [] : random() < 0.2 ? [seq, seq] : [seq]))
      .map((seq) => ({ seq, place: seq + random() * 10 }))
      .sort((a, b) => a.place - b.place);
    for (const { seq } of [...offered, { seq: 301 }]) {
      order.offer(sentEvent(C, seq));
      if (random() < 0.2) {
        await settled();
      }
    }
    // Reads that succeed one after the other take longer to settle than the clock waits for.
    for (let minute = 0; minute < 600 && applied.length < 301; minute += 1) {
      await clock.advance(60_000);
    }

    const all = Array.from({ length: 301 }, (_, i) => i + 1);
    expect(applied, `seed ${seed}`).toEqual(all);
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
