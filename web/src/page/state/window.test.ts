import { describe, expect, it } from 'vitest';
import type { ConversationEvent, EventOf, Message } from '../../client';
import { sentEvent } from '../../client/testing/fakeServer';
import {
  applied,
  messageOf,
  WINDOW_MAX,
  type Window,
  windowOf,
  withNewer,
  withOlder,
} from './window';

function message(seq: number): Message {
  return {
    conversation: 'c',
    seq,
    ordinal: seq,
    id: `m${seq}`,
    author: 'a',
    at: '2026-11-20T10:00:00Z',
    text: `text ${seq}`,
    mentions: [],
    revision: 0,
    edited_at: null,
    deleted: false,
    reply_to: null,
    thread: null,
    imported: false,
  };
}

function messages(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
}

function page(from: number, to: number, has_before: boolean, has_after: boolean) {
  return { messages: messages(from, to), has_before, has_after };
}

function event(seq: number, part: object): ConversationEvent {
  const common = { conversation: 'c', seq, ordinal: seq, at: '2026-11-20T11:00:00Z', actor: 'a' };
  return { ...common, id: `m${seq}`, ...part } as ConversationEvent;
}

const sent = (seq: number) => event(seq, { type: 'message.sent', data: { text: `text ${seq}` } });
const seqs = (window: Window) => window.messages.map((each) => each.seq);

describe('the window over a conversation', () => {
  it('grows upwards, and lets go of the end over its limit', () => {
    let window = windowOf(page(401, 450, true, false));
    for (let from = 351; from > 0; from -= 50) {
      window = withOlder(window, page(from, from + 49, from > 1, true));
    }

    expect(seqs(window)).toEqual(messages(1, WINDOW_MAX).map((each) => each.seq));
    expect(window.hasBefore).toBe(false);
    expect(window.hasAfter).toBe(true);
  });

  it('grows downwards, and lets go of the beginning over its limit', () => {
    let window = windowOf(page(1, 50, false, true));
    for (let from = 51; from <= 451; from += 50) {
      window = withNewer(window, page(from, from + 49, true, from < 451));
    }

    expect(seqs(window).at(-1)).toBe(500);
    expect(window.messages.length).toBe(WINDOW_MAX);
    expect(window.hasBefore).toBe(true);
    expect(window.hasAfter).toBe(false);
  });

  it('takes a message once, whether from the page or from the event', () => {
    const window = windowOf(page(1, 3, false, false));

    const after = [sent(3), sent(4), sent(4)].reduce((w, e) => applied(w, e, 'end'), window);

    expect(seqs(after)).toEqual([1, 2, 3, 4]);
  });

  it('does not take a message that lies behind what it has not loaded', () => {
    const window = windowOf(page(1, 3, false, true));

    expect(applied(window, sent(9), 'end')).toBe(window);
  });

  it('moves on with one who reads the end, and stays for one who reads above', () => {
    const full = windowOf(page(1, WINDOW_MAX, false, false));

    const following = applied(full, sent(WINDOW_MAX + 1), 'end');
    const staying = applied(full, sent(WINDOW_MAX + 1), 'above');

    expect(seqs(following)[0]).toBe(2);
    expect(following.hasBefore).toBe(true);
    expect(seqs(staying)[0]).toBe(1);
    expect(staying.hasAfter).toBe(true);
  });

  it('shows an edit, ignores an older one, and keeps a deletion', () => {
    const edit = (revision: number, text: string) =>
      event(9, { type: 'message.edited', data: { message: 'm2', revision, text } });
    const remove = event(10, { type: 'message.deleted', data: { message: 'm2' } });
    let window = windowOf(page(1, 3, false, false));

    window = applied(window, edit(2, 'second'), 'end');
    window = applied(window, edit(1, 'first'), 'end');
    expect(window.messages[1]).toMatchObject({ text: 'second', revision: 2 });

    window = applied(window, remove, 'end');
    window = applied(window, edit(3, 'third'), 'end');
    expect(window.messages[1]).toMatchObject({ text: '', deleted: true });
  });
});

describe('what adds up on a message', () => {
  const page = { messages: [{ ...first(), id: 'root' }], has_before: false, has_after: false };

  function first() {
    return messageOf(sentEvent('c', 1) as EventOf<'message.sent'>);
  }

  function reaction(seq: number, type: 'reaction.added' | 'reaction.removed', actor: string) {
    const data = { message: 'root', emoji: '👍' };
    return { ...sentEvent('c', seq), type, actor, data } as ConversationEvent;
  }

  it('is counted once, also when the page that was read has it already', () => {
    const read = windowOf({ ...page, through: 5 });
    const same = applied(read, reaction(5, 'reaction.added', 'x'), 'end', 'me');
    expect(same.messages[0]?.reactions).toEqual([]);

    const added = applied(read, reaction(6, 'reaction.added', 'x'), 'end', 'me');
    const mine = applied(added, reaction(7, 'reaction.added', 'me'), 'end', 'me');
    const again = applied(mine, reaction(6, 'reaction.added', 'x'), 'end', 'me');
    expect(again.messages[0]?.reactions).toEqual([{ emoji: '👍', count: 2, me: true }]);
  });

  it('goes when the last one takes it back', () => {
    const added = applied(
      windowOf({ ...page, through: 1 }),
      reaction(2, 'reaction.added', 'me'),
      'end',
      'me',
    );
    const removed = applied(added, reaction(3, 'reaction.removed', 'me'), 'end', 'me');
    expect(removed.messages[0]?.reactions).toEqual([]);
  });

  it('tells of the answers in its thread', () => {
    const answer = sentEvent('c', 9) as EventOf<'message.sent'>;
    const event = { ...answer, data: { ...answer.data, thread: 'root' } };
    const window = applied(windowOf({ ...page, through: 1 }), event, 'end', 'me');
    expect(window.messages[0]?.replies).toMatchObject({ count: 1, unread: 1 });
  });

  it('does not count an answer that was deleted', () => {
    const answer = sentEvent('c', 9) as EventOf<'message.sent'>;
    const sent = { ...answer, data: { ...answer.data, thread: 'root' } };
    const data = { message: answer.id };
    const deleted = { ...sentEvent('c', 10), type: 'message.deleted', data } as ConversationEvent;
    const window = [sent, deleted, deleted].reduce(
      (before, event) => applied(before, event, 'end', 'me'),
      windowOf({ ...page, through: 1 }),
    );
    expect(window.messages[0]?.replies).toMatchObject({ count: 0, unread: 0 });
  });
});
