import type {
  ConversationEvent,
  EventOf,
  Message,
  MessagePage,
  Reaction,
  Uuid,
} from '../../client';

/**
 * The stretch of a conversation that the page holds: messages in order, and whether there are more
 * on either side. It is bounded, so a channel of any length costs the browser the same.
 */
export interface Window {
  messages: readonly Shown[];
  hasBefore: boolean;
  hasAfter: boolean;
}

/** `through`: events up to this seq are in it, so that none is counted twice. */
export type Shown = Message & { through?: number };

/** Messages held at most; what falls off one end is read again when it is scrolled to. */
export const WINDOW_MAX = 250;

export function windowOf(page: MessagePage): Window {
  return { messages: shown(page), hasBefore: page.has_before, hasAfter: page.has_after };
}

function shown(page: MessagePage): Shown[] {
  const { through = 0 } = page;
  return page.messages.map((message) => ({ ...message, through }));
}

export function withOlder(window: Window, page: MessagePage): Window {
  const first = window.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = shown(page).filter((message) => message.seq < first);
  const all = [...older, ...window.messages];
  return {
    messages: all.slice(0, WINDOW_MAX),
    hasBefore: page.has_before,
    hasAfter: window.hasAfter || all.length > WINDOW_MAX,
  };
}

export function withNewer(window: Window, page: MessagePage): Window {
  const last = window.messages.at(-1)?.seq ?? 0;
  const newer = shown(page).filter((message) => message.seq > last);
  const all = [...window.messages, ...newer];
  return {
    messages: all.slice(-WINDOW_MAX),
    hasBefore: window.hasBefore || all.length > WINDOW_MAX,
    hasAfter: page.has_after,
  };
}

/** Where the reader is: at the end, so new messages push old ones out, or somewhere above. */
export type Reading = 'end' | 'above';

/** Applying an event twice, or one that the window already contains, changes nothing. */
export function applied(
  window: Window,
  event: ConversationEvent,
  reading: Reading,
  me: Uuid = '',
): Window {
  switch (event.type) {
    case 'message.sent':
      return answered(appended(window, event, reading), event, me);
    case 'message.edited':
      return replaced(window, event.data.message, (message) =>
        event.data.revision < message.revision || message.deleted
          ? message
          : {
              ...message,
              text: event.data.text,
              mentions: event.data.mentions ?? [],
              attachments: event.data.attachments ?? [],
              erased: event.data.erased ?? false,
              revision: event.data.revision,
              edited_at: event.at,
            },
      );
    case 'message.deleted':
      return replaced(unanswered(window, event), event.data.message, (message) => ({
        ...message,
        text: '',
        deleted: true,
        attachments: [],
        reactions: [],
        pinned: false,
      }));
    case 'message.pinned':
      return replaced(window, event.data.message, (message) => ({ ...message, pinned: true }));
    case 'message.unpinned':
      return replaced(window, event.data.message, (message) => ({ ...message, pinned: false }));
    case 'reaction.added':
    case 'reaction.removed':
      return counted(window, event.data.message, event.seq, (message) => ({
        ...message,
        reactions: reacted(message.reactions ?? [], event, event.actor === me),
      }));
    default:
      return window;
  }
}

function appended(window: Window, event: EventOf<'message.sent'>, reading: Reading): Window {
  const last = window.messages.at(-1)?.seq ?? 0;
  if (window.hasAfter || event.seq <= last) {
    return window;
  }
  if (window.messages.length >= WINDOW_MAX && reading === 'above') {
    return { ...window, hasAfter: true };
  }
  const all = [...window.messages, messageOf(event)];
  return {
    ...window,
    messages: all.slice(-WINDOW_MAX),
    hasBefore: window.hasBefore || all.length > WINDOW_MAX,
  };
}

/** The message that this one answers in a thread tells of it. */
function answered(window: Window, event: EventOf<'message.sent'>, me: Uuid): Window {
  const { thread } = event.data;
  if (thread === undefined) {
    return window;
  }
  return counted(window, thread, event.seq, (root) => ({
    ...root,
    replies: {
      count: (root.replies?.count ?? 0) + 1,
      last_at: event.at,
      unread: event.actor === me ? 0 : (root.replies?.unread ?? 0) + 1,
    },
  }));
}

/** A deleted answer does not count any more; whether it was read is known when the thread is. */
function unanswered(window: Window, event: EventOf<'message.deleted'>): Window {
  const gone = window.messages.find(({ id }) => id === event.data.message);
  if (gone === undefined || gone.deleted || gone.thread === null) {
    return window;
  }
  return counted(window, gone.thread, event.seq, (root) => {
    const count = (root.replies?.count ?? 1) - 1;
    const unread = Math.min(root.replies?.unread ?? 0, count);
    return root.replies ? { ...root, replies: { ...root.replies, count, unread } } : root;
  });
}

function reacted(
  reactions: readonly Reaction[],
  event: EventOf<'reaction.added'> | EventOf<'reaction.removed'>,
  mine: boolean,
): Reaction[] {
  const { emoji } = event.data;
  const by = event.type === 'reaction.added' ? 1 : -1;
  const there = reactions.find((reaction) => reaction.emoji === emoji);
  const changed = {
    emoji,
    count: (there?.count ?? 0) + by,
    me: mine ? by === 1 : (there?.me ?? false),
  };
  const all =
    there === undefined
      ? [...reactions, changed]
      : reactions.map((reaction) => (reaction === there ? changed : reaction));
  return all.filter(({ count }) => count > 0);
}

/** A change that adds up: made once, and not if what was read has it already. */
function counted(
  window: Window,
  id: string,
  seq: number,
  change: (message: Shown) => Shown,
): Window {
  const message = window.messages.find((each) => each.id === id);
  return message === undefined || seq <= (message.through ?? 0)
    ? window
    : replaced(window, id, (each) => ({ ...change(each), through: seq }));
}

export function messageOf(event: EventOf<'message.sent'>): Shown {
  return {
    through: event.seq,
    conversation: event.conversation,
    seq: event.seq,
    ordinal: event.ordinal,
    id: event.id,
    author: event.actor,
    at: event.at,
    text: event.data.text,
    mentions: event.data.mentions ?? [],
    revision: 0,
    edited_at: null,
    deleted: false,
    erased: event.data.erased ?? false,
    reply_to: event.data.reply_to ?? null,
    thread: event.data.thread ?? null,
    imported: event.data.imported ?? false,
    type: event.data.type ?? '',
    attachments: event.data.attachments ?? [],
    everyone: event.data.everyone ?? null,
    reactions: [],
    pinned: false,
    forwarded: event.data.forwarded ?? null,
    expires_at: event.data.expires_at ?? null,
    replies: null,
  };
}

/** A message that is hidden for me alone. */
export function without(window: Window, id: string): Window {
  return window.messages.some((message) => message.id === id)
    ? { ...window, messages: window.messages.filter((message) => message.id !== id) }
    : window;
}

function replaced(window: Window, id: string, change: (message: Shown) => Shown): Window {
  return window.messages.some((message) => message.id === id)
    ? {
        ...window,
        messages: window.messages.map((message) => (message.id === id ? change(message) : message)),
      }
    : window;
}
