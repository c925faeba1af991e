import { useEffect, useState } from 'react';
import type { Message } from '../../client';
import { Icon } from '../shell/Icon';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { isErased, usePerson } from '../state/people';
import type { Timeline } from '../state/timeline';
import { excerpt } from '../text/excerpt';

interface Props {
  chat: Chat;
  timeline: Timeline;
  id: string;
  as: 'reply' | 'thread';
  onJump: (seq: number) => void;
}

/** What a message answers, in one line of fixed height; a click goes there. */
export function Quote({ chat, timeline, id, as, onJump }: Props) {
  const message = useQuoted(chat, timeline, id);
  const author = usePerson(chat.people, message?.author ?? null);
  const isFolded = useCell(chat.blocks.users).has(message?.author ?? '');
  return (
    <button
      type="button"
      className="quote"
      disabled={message === undefined}
      onClick={() => message && onJump(message.seq)}
    >
      <Icon name={as} />
      <span className="quote-as">{as === 'thread' ? 'In the thread of' : 'Answers'}</span>
      <strong>{author?.display_name ?? '…'}</strong>
      <span className="quote-text">
        {message && textOf(message, isFolded, author !== undefined && isErased(author))}
      </span>
    </button>
  );
}

function textOf(message: Message, isFolded: boolean, isForgotten: boolean): string {
  if (isForgotten || message.erased) {
    return 'The author was forgotten';
  }
  if (isFolded) {
    return 'Message of somebody you blocked';
  }
  return message.deleted ? 'Message deleted' : excerpt(message.text);
}

/** Mostly it is on the page already; else it is asked for once. */
function useQuoted(chat: Chat, timeline: Timeline, id: string): Message | undefined {
  const near = timeline.find(id);
  const [far, setFar] = useState<Message>();
  const isNear = near !== undefined;
  useEffect(() => {
    if (isNear) {
      return;
    }
    let current = true;
    quoted(chat, timeline.conversation, id).then(
      (message) => current && setFar(message),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [chat, timeline, id, isNear]);
  return near ?? far;
}

const QUOTED_MAX = 500;
const asked = new Map<string, Promise<Message>>();

/** Many answers of one thread ask for the same message. */
function quoted(chat: Chat, conversation: string, id: string): Promise<Message> {
  const there = asked.get(id);
  if (there !== undefined) {
    return there;
  }
  if (asked.size >= QUOTED_MAX) {
    asked.clear();
  }
  const message = chat.rest.message(conversation, id, chat.client.head(conversation));
  asked.set(id, message);
  message.catch(() => asked.delete(id));
  return message;
}
