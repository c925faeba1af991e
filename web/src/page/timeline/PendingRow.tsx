import { Avatar } from '../shell/Avatar';
import type { Chat } from '../state/chat';
import type { Pending } from '../state/pendings';
import { Markdown } from '../text/Markdown';
import { time } from '../text/moment';

/** A message of mine on its way: pale until it is in the log, marked if it was refused. */
export function PendingRow({ chat, message }: { chat: Chat; message: Pending }) {
  const { failure } = message;
  const isOnItsWay = failure === undefined;
  return (
    <article
      className="message"
      data-pending={isOnItsWay}
      data-failed={!isOnItsWay}
      aria-label={isOnItsWay ? 'Message being sent' : 'Message not sent'}
    >
      <div className="message-side">
        <Avatar id={chat.me.id} name={chat.me.display_name} />
      </div>
      <div className="message-main">
        <header className="message-head">
          <strong>{chat.me.display_name}</strong>
          <time dateTime={message.at}>{time(message.at)}</time>
        </header>
        <Markdown text={message.text} />
        {failure !== undefined && (
          <p className="message-failure" role="alert">
            Not sent: {failure}
            <button type="button" className="link" onClick={() => chat.pendings.retry(message.id)}>
              try again
            </button>
            <button
              type="button"
              className="link"
              onClick={() => chat.pendings.discard(message.id)}
            >
              discard
            </button>
          </p>
        )}
      </div>
    </article>
  );
}
