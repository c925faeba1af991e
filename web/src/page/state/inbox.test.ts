import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../client';
import { folded, type Inbox, sorted } from './inbox';

const ME = 'me';

function event(seq: number, ordinal: number, part: object): ConversationEvent {
  const common = { conversation: 'c', id: `id-${seq}`, at: `2026-11-20T10:00:0${seq}Z` };
  return { ...common, actor: 'ada', seq, ordinal, ...part } as ConversationEvent;
}

const created = event(1, 0, {
  type: 'conversation.created',
  data: { kind: 'direct', title: '', topic: '', history: 'from_start' },
});
const joined = (seq: number, user: string) =>
  event(seq, 0, { type: 'member.joined', data: { user, role: 'member' } });
const sent = (seq: number, ordinal: number, text: string) =>
  event(seq, ordinal, { type: 'message.sent', data: { text } });

function inboxAfter(...events: ConversationEvent[]): Inbox {
  return events.reduce<Inbox>((inbox, each) => folded(inbox, each, ME), new Map());
}

describe('the inbox', () => {
  it('learns a new direct conversation from its events', () => {
    const item = inboxAfter(created, joined(2, 'ada'), joined(3, ME), sent(4, 1, 'hello')).get('c');

    expect(item).toMatchObject({
      kind: 'direct',
      peer: 'ada',
      role: 'member',
      members_count: 2,
      head_seq: 4,
      head_ordinal: 1,
      last_message: { text: 'hello', author: 'ada' },
    });
  });

  it('applies an event once', () => {
    const once = inboxAfter(created, joined(2, 'ada'), joined(3, ME));

    expect(folded(once, joined(3, ME), ME)).toBe(once);
  });

  it('shows what became of the last message', () => {
    const inbox = inboxAfter(created, joined(2, ME), sent(3, 1, 'helo'));
    const edit = event(4, 1, {
      type: 'message.edited',
      data: { message: 'id-3', revision: 1, text: 'hello' },
    });
    const remove = event(5, 1, { type: 'message.deleted', data: { message: 'id-3' } });

    const edited = folded(inbox, edit, ME);
    expect(edited.get('c')?.last_message?.text).toBe('hello');
    expect(folded(edited, remove, ME).get('c')?.last_message?.deleted).toBe(true);
  });

  it('drops the conversation when its person leaves or is removed, not when others do', () => {
    const inbox = inboxAfter(created, joined(2, 'ada'), joined(3, ME));
    const leaves = (user: string) => event(4, 0, { type: 'member.removed', data: { user } });

    expect(folded(inbox, leaves('ada'), ME).get('c')?.members_count).toBe(1);
    expect(folded(inbox, leaves(ME), ME).size).toBe(0);
  });

  it('hides a conversation that its person has not entered yet', () => {
    expect(sorted(inboxAfter(created))).toEqual([]);
    expect(sorted(inboxAfter(created, joined(2, ME))).length).toBe(1);
  });
});
