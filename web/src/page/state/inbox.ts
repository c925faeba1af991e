import type { ConversationEvent, EventOf, InboxItem, LastMessage, Uuid } from '../../client';

export type Inbox = ReadonlyMap<Uuid, InboxItem>;

export function inboxOf(items: readonly InboxItem[]): Inbox {
  return new Map(items.map((item) => [item.conversation, item]));
}

/** Newest first; a conversation without a message stands where it was joined or made. */
export function sorted(inbox: Inbox): InboxItem[] {
  return [...inbox.values()]
    .filter((item) => item.role !== null)
    .sort(
      (a, b) =>
        pinned(b) - pinned(a) ||
        moment(b) - moment(a) ||
        a.conversation.localeCompare(b.conversation),
    );
}

function pinned(item: InboxItem): number {
  return item.settings?.pinned ? 1 : 0;
}

/** What changed of a conversation, whoever said so. */
export function changedItem(inbox: Inbox, id: Uuid, change: (item: InboxItem) => InboxItem): Inbox {
  const item = inbox.get(id);
  return item === undefined ? inbox : new Map(inbox).set(id, change(item));
}

function moment(item: InboxItem): number {
  return Date.parse(item.last_at ?? item.last_message?.at ?? '') || 0;
}

/** The inbox after this event: the same fold as on the server, for the one person `me`. */
export function folded(inbox: Inbox, event: ConversationEvent, me: Uuid): Inbox {
  if (isDeparture(event) && event.data.user === me) {
    const next = new Map(inbox);
    next.delete(event.conversation);
    return next;
  }
  const item =
    event.type === 'conversation.created' ? created(event) : inbox.get(event.conversation);
  if (item === undefined || event.seq <= item.head_seq) {
    return inbox;
  }
  const counted = { ...item, head_seq: event.seq, head_ordinal: event.ordinal };
  return new Map(inbox).set(event.conversation, changed(counted, event, me));
}

function isDeparture(
  event: ConversationEvent,
): event is EventOf<'member.left'> | EventOf<'member.removed'> {
  return event.type === 'member.left' || event.type === 'member.removed';
}

function created(event: EventOf<'conversation.created'>): InboxItem {
  return {
    conversation: event.conversation,
    kind: event.data.kind,
    title: event.data.title,
    topic: event.data.topic,
    avatar: event.data.avatar ?? null,
    history: event.data.history,
    role: null,
    head_seq: 0,
    head_ordinal: 0,
    last_at: event.at,
    last_message: null,
    members_count: 0,
    peer: null,
    joined_seq: 0,
  };
}

function changed(item: InboxItem, event: ConversationEvent, me: Uuid): InboxItem {
  switch (event.type) {
    case 'conversation.created':
      return item;
    case 'member.joined':
      return joined(item, event, me);
    case 'member.left':
    case 'member.removed':
      return { ...item, members_count: item.members_count - 1 };
    case 'member.role_changed':
      return event.data.user === me ? { ...item, role: event.data.role } : item;
    case 'conversation.changed':
      return { ...item, ...event.data };
    case 'conversation.archived':
      return { ...item, archived: event.data.archived };
    case 'member.muted':
      return event.data.user === me ? { ...item, my_muted_until: event.data.until ?? null } : item;
    case 'message.sent':
      return { ...item, last_at: event.at, last_message: lastMessage(event) };
    case 'message.edited':
      return withLast(item, event.data.message, { text: event.data.text });
    case 'message.deleted':
      return withLast(item, event.data.message, { text: '', deleted: true });
  }
  // A later server may tell of things that this page does not know.
  return item;
}

function joined(item: InboxItem, event: EventOf<'member.joined'>, me: Uuid): InboxItem {
  const { user, role } = event.data;
  const counted = { ...item, members_count: item.members_count + 1 };
  if (user === me) {
    return { ...counted, role, joined_seq: event.seq };
  }
  return item.kind === 'direct' ? { ...counted, peer: user } : counted;
}

function lastMessage(event: EventOf<'message.sent'>): LastMessage {
  return {
    id: event.id,
    seq: event.seq,
    author: event.actor,
    at: event.at,
    text: event.data.text,
    deleted: false,
  };
}

function withLast(item: InboxItem, message: Uuid, change: Partial<LastMessage>): InboxItem {
  return item.last_message?.id === message
    ? { ...item, last_message: { ...item.last_message, ...change } }
    : item;
}
