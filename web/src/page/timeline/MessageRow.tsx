import { memo, useState } from 'react';
import type { Message } from '../../client';
import type { Attached } from '../composer/Composer';
import { Avatar } from '../shell/Avatar';
import { Icon, type IconName } from '../shell/Icon';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import type { Timeline } from '../state/timeline';
import { Markdown } from '../text/Markdown';
import { full, time } from '../text/moment';
import { EditForm } from './EditForm';
import { Quote } from './Quote';

interface Props {
  chat: Chat;
  timeline: Timeline;
  message: Message;
  isContinued: boolean;
  isFocus: boolean;
  isEditing: boolean;
  mayWrite: boolean;
  onEditing: (id: string | undefined) => void;
  onAttach: (message: Message, as: Attached['as']) => void;
  onJump: (seq: number) => void;
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { chat, timeline, message, isContinued, isEditing } = props;
  const author = usePerson(chat.people, message.author);
  const name = author?.display_name ?? '…';
  const isGone = message.deleted || message.erased;
  const quoted = message.reply_to ?? message.thread;
  const clock = (
    <time dateTime={message.at} title={full(message.at)}>
      {time(message.at)}
    </time>
  );
  return (
    <article
      className="message"
      data-seq={message.seq}
      data-continued={isContinued}
      data-focus={props.isFocus}
      aria-label={`${name}, ${time(message.at)}`}
    >
      <div className="message-side">
        {isContinued ? clock : <Avatar id={message.author} name={name} />}
      </div>
      <div className="message-main">
        {!isContinued && (
          <header className="message-head">
            <strong>{name}</strong>
            {clock}
          </header>
        )}
        {quoted !== null && !isContinued && (
          <Quote
            chat={chat}
            timeline={timeline}
            id={quoted}
            as={message.reply_to === null ? 'thread' : 'reply'}
            onJump={props.onJump}
          />
        )}
        {isEditing ? (
          <EditForm chat={chat} message={message} onDone={() => props.onEditing(undefined)} />
        ) : (
          <Body message={message} isGone={isGone ?? false} />
        )}
      </div>
      {!isGone && !isEditing && props.mayWrite && <Tools {...props} />}
    </article>
  );
});

function Body({ message, isGone }: { message: Message; isGone: boolean }) {
  if (isGone) {
    return (
      <p className="message-gone">
        {message.deleted
          ? 'This message was deleted.'
          : 'The author of this message was forgotten.'}
      </p>
    );
  }
  return (
    <div className="message-text">
      <Markdown text={message.text} />
      {message.revision > 0 && message.edited_at && (
        <span className="message-edited" title={`Edited ${full(message.edited_at)}`}>
          edited
        </span>
      )}
    </div>
  );
}

function Tools({ chat, message, onEditing, onAttach }: Props) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string>();
  const isMine = message.author === chat.me.id;
  const remove = () =>
    chat.delete(message.conversation, message.id).catch((failure: Error) => {
      setError(failure.message);
      setAsking(false);
    });
  if (asking) {
    return (
      <div className="message-tools asking">
        <button type="button" className="danger" onClick={() => void remove()}>
          Delete
        </button>
        <button type="button" onClick={() => setAsking(false)}>
          Keep
        </button>
      </div>
    );
  }
  return (
    <div className="message-tools">
      {error && <span className="form-error">{error}</span>}
      <Tool icon="reply" label="Reply" onClick={() => onAttach(message, 'reply')} />
      <Tool icon="thread" label="Answer in a thread" onClick={() => onAttach(message, 'thread')} />
      {isMine && <Tool icon="edit" label="Edit" onClick={() => onEditing(message.id)} />}
      {isMine && <Tool icon="trash" label="Delete" onClick={() => setAsking(true)} />}
    </div>
  );
}

function Tool(props: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={props.label} title={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </button>
  );
}
