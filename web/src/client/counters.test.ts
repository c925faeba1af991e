import { describe, expect, it } from 'vitest';
import { Counters } from './counters';
import { FakeClock } from './testing/fakeClock';
import { inboxItem, sentEvent } from './testing/fakeServer';
import type { EventOf, InboxItem } from './wire';

const ME = 'me';

function counters(item: Partial<InboxItem> = {}) {
  const clock = new FakeClock();
  const recounts: number[] = [];
  const counted = new Counters(clock, {
    changed: () => {},
    recount: (_, readSeq) => recounts.push(readSeq),
  });
  counted.snapshot(ME, [{ ...inboxItem('c', 10), unread: 0, read_seq: 10, ...item }]);
  return { clock, counted, recounts };
}

function sent(seq: number, ordinal: number, change: Partial<EventOf<'message.sent'>> = {}) {
  return { ...(sentEvent('c', seq) as EventOf<'message.sent'>), ordinal, ...change };
}

describe('unread and mention counts', () => {
  it('are the head less the read point, whatever the events between were', () => {
    const { counted } = counters();
    counted.apply(sent(11, 11));
    counted.apply({ ...sent(12, 11), type: 'message.pinned', data: { message: 'm' } } as never);
    counted.apply(sent(13, 12));
    expect(counted.count('c')).toEqual({ unread: 2, mentions: 0 });

    counted.marked({ conversation: 'c', user: ME, read: 12 });
    expect(counted.count('c').unread).toBe(1);
    counted.marked({ conversation: 'c', user: ME, read: 13 });
    expect(counted.count('c').unread).toBe(0);
  });

  it('never go back with a lower mark, and not with the mark of another', () => {
    const { counted } = counters();
    counted.apply(sent(11, 11));
    counted.apply(sent(12, 12));
    counted.marked({ conversation: 'c', user: ME, read: 12 });
    counted.marked({ conversation: 'c', user: ME, read: 11 });
    counted.apply(sent(13, 13));
    counted.marked({ conversation: 'c', user: 'other', read: 13 });
    expect(counted.count('c').unread).toBe(1);
  });

  it('take an event once, also when the snapshot held it already', () => {
    const { counted } = counters({ head_seq: 12, head_ordinal: 12, unread: 2, read_seq: 10 });
    counted.apply(sent(11, 11));
    counted.apply(sent(12, 12));
    counted.apply(sent(13, 13));
    counted.apply(sent(13, 13));
    expect(counted.count('c').unread).toBe(3);
  });

  it('count a mention of me, of here and of all, each once, and none of my own', () => {
    const { counted } = counters({ mentions: 2, unread: 4, read_seq: 6 });
    counted.apply(sent(11, 11, { data: { text: '', mentions: [ME, 'x'], everyone: 'all' } }));
    counted.apply(sent(12, 12, { data: { text: '', everyone: 'here' } }));
    counted.apply(sent(13, 13, { data: { text: '', mentions: ['x'] } }));
    expect(counted.count('c')).toEqual({ unread: 7, mentions: 4 });

    counted.marked({ conversation: 'c', user: ME, read: 11 });
    expect(counted.count('c')).toEqual({ unread: 2, mentions: 1 });
  });

  it('take my own message, from any device, for reading', () => {
    const { counted } = counters({ unread: 5, mentions: 1, read_seq: 5 });
    counted.apply(sent(11, 11, { actor: ME }));
    expect(counted.count('c')).toEqual({ unread: 0, mentions: 0 });
  });

  it('ask the server when a mark falls where nothing is known', () => {
    const { counted, recounts } = counters({ unread: 5, read_seq: 5 });
    counted.marked({ conversation: 'c', user: ME, read: 8 });
    expect(recounts).toEqual([8]);
    expect(counted.count('c').unread).toBe(5);

    counted.learn({ ...inboxItem('c', 10), unread: 2, read_seq: 8 });
    expect(counted.count('c').unread).toBe(2);
    counted.marked({ conversation: 'c', user: ME, read: 10 });
    expect(counted.count('c').unread).toBe(0);
  });

  it('add up without what is muted, until the mute is over', async () => {
    const { clock, counted } = counters({ unread: 3, mentions: 1 });
    expect(counted.totals()).toEqual({ conversations: 1, unread: 3, mentions: 1 });
    const until = new Date(clock.now() + 60_000).toISOString();
    counted.set({ conversation: 'c', muted_until: until });
    expect(counted.totals()).toEqual({ conversations: 0, unread: 0, mentions: 0 });
    expect(counted.count('c').unread).toBe(3);

    await clock.advance(60_001);
    expect(counted.totals().unread).toBe(3);
    counted.set({ conversation: 'c', muted_until: 'forever' });
    expect(counted.totals().unread).toBe(0);
    counted.set({ conversation: 'c', muted_until: null });
    expect(counted.totals().unread).toBe(3);
  });

  it('agree with a count from scratch after any sequence of messages and marks', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    // biome-ignore lint/suspicious/noConsole: a random test says its seed
    console.info(`seed ${seed}`);
    const random = randomOf(seed);
    const { counted } = counters({ head_seq: 0, head_ordinal: 0, read_seq: 0, joined_seq: 0 });
    const messages: { seq: number; mine: boolean; mention: boolean }[] = [];
    let ordinal = 0;
    let read = 0;
    for (let seq = 1; seq <= 400; seq += 1) {
      if (random() < 0.75) {
        ordinal += 1;
        const mine = random() < 0.1;
        const mention = random() < 0.2;
        messages.push({ seq, mine, mention });
        const data = { text: '', ...(mention ? { mentions: [ME] } : {}) };
        counted.apply(sent(seq, ordinal, { actor: mine ? ME : 'x', data }));
        read = mine ? seq : read;
      } else {
        counted.apply({
          ...sent(seq, ordinal),
          type: 'member.joined',
          data: { user: 'y' },
        } as never);
      }
      if (random() < 0.3) {
        const mark = Math.floor(random() * (seq + 1));
        read = Math.max(read, mark);
        counted.marked({ conversation: 'c', user: ME, read: mark });
      }
      const beyond = messages.filter((message) => message.seq > read);
      expect(counted.count('c'), `seed ${seed}, seq ${seq}`).toEqual({
        unread: beyond.length,
        mentions: beyond.filter(({ mine, mention }) => mention && !mine).length,
      });
    }
  });
});

/** A small generator, so that a seed gives the same run. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
