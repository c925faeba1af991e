import type { ConversationEvent, EventOf, Message, MessagePage } from '../../client';

/**
 * The stretch of a conversation that the page holds: messages in order, and whether there are more
 * on either side. It is bounded, so a channel of any length costs the browser the same.
 */
export interface Window {
  messages: readonly Message[];
  hasBefore: boolean;
  hasAfter: boolean;
}

/** Messages held at most; what falls off one end is read again when it is scrolled to. */
export const WINDOW_MAX = 250;

export function windowOf(page: MessagePage): Window {
  return { messages: page.messages, hasBefore: page.has_before, hasAfter: page.has_after };
}

export function withOlder(window: Window, page: MessagePage): Window {
  const first = window.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = page.messages.filter((message) => message.seq < first);
  const all = [...older, ...window.messages];
  return {
    messages: all.slice(0, WINDOW_MAX),
    hasBefore: page.has_before,
    hasAfter: window.hasAfter || all.length > WINDOW_MAX,
  };
}

export function withNewer(window: Window, page: MessagePage): Window {
  const last = window.messages.at(-1)?.seq ?? 0;
  const newer = page.messages.filter((message) => message.seq > last);
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
export function applied(window: Window, event: ConversationEvent, reading: Reading): Window {
  switch (event.type) {
    case 'message.sent':
      return appended(window, event, reading);
    case 'message.edited':
      return replaced(window, event.data.message, (message) =>
        event.data.revision < message.revision || message.deleted
          ? message
          : {
              ...message,
              text: event.data.text,
              erased: event.data.erased ?? false,
              revision: event.data.revision,
              edited_at: event.at,
            },
      );
    case 'message.deleted':
      return replaced(window, event.data.message, (message) => ({
        ...message,
        text: '',
        deleted: true,
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

function messageOf(event: EventOf<'message.sent'>): Message {
  return {
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
  };
}

function replaced(window: Window, id: string, change: (message: Message) => Message): Window {
  return window.messages.some((message) => message.id === id)
    ? {
        ...window,
        messages: window.messages.map((message) => (message.id === id ? change(message) : message)),
      }
    : window;
}
