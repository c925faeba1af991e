import { useEffect, useState } from 'react';
import type { ConversationEvent, Uuid } from '../../client';
import type { Chat } from '../state/chat';
import { applied, type Shown, type Window, windowOf } from '../state/window';

const PAGE = 100;
const NOTHING: Window = { messages: [], hasBefore: false, hasAfter: false };

/** The message that the thread hangs from, and the answers: each changes by the same events. */
interface Thread {
  root: Window;
  answers: Window;
}

/**
 * Read once, then kept up by the events of the conversation; those that come while it is read are
 * applied to what was read. Read again when events were skipped.
 */
export function useThread(chat: Chat, conversation: Uuid, root: Uuid): readonly Shown[] {
  const [thread, setThread] = useState<Thread>({ root: NOTHING, answers: NOTHING });
  useEffect(() => {
    let current = true;
    let held: ConversationEvent[] = [];
    const changed = (before: Thread, event: ConversationEvent): Thread => ({
      root: applied(before.root, event, 'above', chat.me.id),
      answers: applied(before.answers, event, 'end', chat.me.id),
    });
    const read = async () => {
      held = [];
      const found = await threadOf(chat, conversation, root);
      if (current) {
        setThread(held.reduce(changed, found));
      }
    };
    const isElsewhere = (event: ConversationEvent) =>
      event.conversation !== conversation ||
      (event.type === 'message.sent' && event.data.thread !== root);
    const readAgain = () => void chat.attempt(read());
    readAgain();
    const stops = [
      chat.client.on('event', (event) => {
        if (!isElsewhere(event)) {
          held.push(event);
          setThread((before) => changed(before, event));
        }
      }),
      chat.client.on('gap', (gap) => gap.conversation === conversation && readAgain()),
      chat.client.on('ready', ({ resumed }) => !resumed && readAgain()),
    ];
    return () => {
      current = false;
      for (const stop of stops) {
        stop();
      }
    };
  }, [chat, conversation, root]);
  return [...thread.root.messages.slice(0, 1), ...thread.answers.messages];
}

async function threadOf(chat: Chat, conversation: Uuid, root: Uuid): Promise<Thread> {
  const head = chat.client.head(conversation);
  const [message, page] = await Promise.all([
    chat.rest.message(conversation, root, head),
    chat.rest.thread(conversation, root, {}, PAGE, head),
  ]);
  const { through = 0 } = page;
  const first = { messages: [message], has_before: false, has_after: true, through };
  return {
    root: windowOf(first),
    answers: windowOf({ ...page, messages: page.messages.filter(({ id }) => id !== root) }),
  };
}
