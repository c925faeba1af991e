import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Message, Uuid } from '../../client';
import { Icon } from '../shell/Icon';
import type { Chat, MessageContext } from '../state/chat';
import { usePerson } from '../state/people';
import { excerpt } from '../text/excerpt';

/** The message that the next one will answer. */
export interface Attached {
  message: Message;
  as: 'reply' | 'thread';
}

interface Props {
  chat: Chat;
  conversation: Uuid;
  title: string;
  readOnly: boolean;
  attached: Attached | undefined;
  onDetach: () => void;
  onEditLast: () => void;
}

/** UTF-16 units; the server refuses a longer text. */
const TEXT_MAX = 20_000;

export function Composer(props: Props) {
  const { chat, conversation, attached, onDetach, readOnly } = props;
  const [text, setText] = useState(chat.drafts.get(conversation) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  const isEmpty = text.trim() === '';

  useEffect(() => {
    chat.drafts.set(conversation, text);
  }, [chat, conversation, text]);
  useEffect(() => {
    // On a phone the keyboard would cover the conversation that was just opened.
    if (attached !== undefined || window.matchMedia('(hover: hover)').matches) {
      area.current?.focus();
    }
  }, [attached]);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!isEmpty) {
      chat.send(conversation, text.trim(), contextOf(attached));
      setText('');
      onDetach();
    }
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      onDetach();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      props.onEditLast();
    }
  };

  return (
    <form className="composer" onSubmit={send}>
      {attached && <AttachedLine chat={chat} attached={attached} onDetach={onDetach} />}
      <div className="composer-box">
        <textarea
          ref={area}
          aria-label={`Message to ${props.title}`}
          placeholder={readOnly ? 'You may only read here' : `Message to ${props.title}`}
          rows={1}
          maxLength={TEXT_MAX}
          disabled={readOnly}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={pressed}
        />
        <button type="submit" className="send" aria-label="Send" disabled={isEmpty || readOnly}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function AttachedLine(props: { chat: Chat; attached: Attached; onDetach: () => void }) {
  const { message, as } = props.attached;
  const author = usePerson(props.chat.people, message.author);
  return (
    <p className="attached">
      <Icon name={as} />
      <span>
        {as === 'reply' ? 'Answering' : 'In the thread of'} <strong>{author?.display_name}</strong>
      </span>
      <span className="quote-text">{excerpt(message.text)}</span>
      <button
        type="button"
        className="tool"
        aria-label="Do not answer this message"
        onClick={props.onDetach}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}

/** An answer inside a thread stays in it. */
function contextOf(attached: Attached | undefined): MessageContext {
  if (attached === undefined) {
    return {};
  }
  const { message, as } = attached;
  if (as === 'thread') {
    return { thread: message.thread ?? message.id };
  }
  return { reply_to: message.id, ...(message.thread ? { thread: message.thread } : {}) };
}
