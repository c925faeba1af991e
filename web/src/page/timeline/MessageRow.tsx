import { memo, useState } from 'react';
import type { InboxItem, Message } from '../../client';
import type { Attached } from '../composer/Attached';
import { Avatar } from '../shell/Avatar';
import { Icon, Sign } from '../shell/Icon';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { isErased, usePerson } from '../state/people';
import type { Timeline } from '../state/timeline';
import { Markdown } from '../text/Markdown';
import { briefWithTime, full, time } from '../text/moment';
import { Attachments } from './Attachments';
import { EditForm } from './EditForm';
import { MessageTools } from './MessageTools';
import { Quote } from './Quote';
import { Reactions } from './Reactions';

interface Props {
  chat: Chat;
  item: InboxItem | undefined;
  timeline: Timeline;
  message: Message;
  isContinued: boolean;
  isFocus: boolean;
  isEditing: boolean;
  mayWrite: boolean;
  onEditing: (id: string | undefined) => void;
  onAttach: (message: Message, as: Attached['as']) => void;
  onJump: (seq: number) => void;
  /** Absent inside a thread. */
  onThread?: ((root: string) => void) | undefined;
}

/** How far this clock and the server's may be apart. */
const CLOCKS_MILLIS = 10_000;

export const MessageRow = memo(function MessageRow(props: Props) {
  const { chat, item, message } = props;
  const [isShown, setShown] = useState(false);
  const blocked = useCell(chat.blocks.users);
  // With one person alone there is nothing to fold: the conversation is about them.
  const isFolded = blocked.has(message.author) && item?.kind !== 'direct' && !isShown;
  return isFolded ? (
    <Folded message={message} isFocus={props.isFocus} onShow={() => setShown(true)} />
  ) : (
    <Row {...props} />
  );
});

/** Of somebody who is blocked: there, so that answers to it make sense, but not read in passing. */
function Folded(props: { message: Message; isFocus: boolean; onShow: () => void }) {
  const { message } = props;
  return (
    <article
      className="message folded"
      data-seq={message.seq}
      data-focus={props.isFocus}
      aria-label={`Message of somebody you blocked, ${time(message.at)}`}
    >
      <div className="message-side" />
      <div className="message-main">
        <p className="message-gone">
          Message of somebody you blocked.{' '}
          <button type="button" className="link" onClick={props.onShow}>
            Show
          </button>
        </p>
      </div>
    </article>
  );
}

function Row(props: Props) {
  const { chat, timeline, message, isContinued, isEditing } = props;
  const author = usePerson(chat.people, message.author);
  const name = author?.display_name ?? '…';
  const first = usePerson(chat.people, message.forwarded?.author ?? null);
  // What somebody wrote goes with them, at once: also what was here before they went.
  const isForgotten = message.erased || [author, first].some((each) => each && isErased(each));
  const isGone = message.deleted || isForgotten;
  const isPinned = message.pinned === true && !isGone;
  const quoted = message.reply_to ?? (props.onThread ? message.thread : null);
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
      data-pinned={isPinned}
      data-focus={props.isFocus}
      aria-label={`${name}, ${time(message.at)}`}
    >
      <div className="message-side">
        {isContinued ? clock : <Avatar id={message.author} name={name} />}
        {isContinued && isPinned && <Sign name="pin" label="Pinned" />}
      </div>
      <div className="message-main">
        {!isContinued && (
          <header className="message-head">
            <button
              type="button"
              className="author"
              onClick={() => chat.profile.set(message.author)}
            >
              <strong>{name}</strong>
              <span className="hidden">: profile</span>
            </button>
            {clock}
            {isPinned && <Sign name="pin" label="Pinned" />}
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
          <Body chat={chat} message={message} isGone={isGone ?? false} />
        )}
        {!isGone && <Attachments files={message.attachments ?? []} />}
        {!isGone && <Reactions chat={chat} message={message} mayReact={props.mayWrite} />}
        {props.onThread && <Replies message={message} onThread={props.onThread} />}
      </div>
      {!isGone && !isEditing && props.mayWrite && <MessageTools {...props} />}
    </article>
  );
}

function Body(props: { chat: Chat; message: Message; isGone: boolean }) {
  const { chat, message, isGone } = props;
  if (isGone) {
    return <p className="message-gone">{whyGone(message)}</p>;
  }
  return (
    <div className="message-text">
      {message.forwarded && <ForwardedLine chat={chat} author={message.forwarded.author} />}
      <Markdown text={message.text} me={chat.me.name} />
      {message.revision > 0 && message.edited_at && (
        <span className="message-edited" title={`Edited ${full(message.edited_at)}`}>
          edited
        </span>
      )}
      {message.expires_at && (
        <span className="message-edited" title={full(message.expires_at)}>
          disappears {briefWithTime(message.expires_at)}
        </span>
      )}
    </div>
  );
}

function whyGone({ deleted, expires_at: end }: Message): string {
  if (!deleted) {
    return 'The author of this message was forgotten.';
  }
  const isExpired = end != null && Date.parse(end) <= Date.now() + CLOCKS_MILLIS;
  return isExpired ? 'This message has disappeared.' : 'This message was deleted.';
}

function ForwardedLine({ chat, author }: { chat: Chat; author: string }) {
  const person = usePerson(chat.people, author);
  return <p className="message-note">Forwarded from {person?.display_name ?? '…'}</p>;
}

function Replies(props: { message: Message; onThread: (root: string) => void }) {
  const { replies, id } = props.message;
  return !replies || replies.count === 0 ? null : (
    <button type="button" className="replies" onClick={() => props.onThread(id)}>
      <Icon name="thread" />
      {replies.count} {replies.count === 1 ? 'reply' : 'replies'}
      {(replies.unread ?? 0) > 0 && <span className="unread">{replies.unread} new</span>}
    </button>
  );
}
