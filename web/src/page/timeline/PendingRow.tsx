import { Avatar } from '../shell/Avatar';
import type { Chat } from '../state/chat';
import type { Failure, Pending } from '../state/pendings';
import { Markdown } from '../text/Markdown';
import { time } from '../text/moment';

/** A message of mine on its way: pale until it is in the log, marked if it was held or refused. */
export function PendingRow({ chat, message }: { chat: Chat; message: Pending }) {
  const { failure } = message;
  return (
    <article
      className="message"
      data-pending={failure === undefined}
      data-failed={failure !== undefined && !failure.isHeld}
      data-held={failure?.isHeld ?? false}
      aria-label={labelOf(failure)}
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
        {failure?.isHeld && (
          <p className="message-held" role="status">
            A moderator looks at it first. It appears here when it is let through.
            <button
              type="button"
              className="link"
              onClick={() => chat.pendings.discard(message.id)}
            >
              put away
            </button>
          </p>
        )}
        {failure !== undefined && !failure.isHeld && (
          <p className="message-failure" role="alert">
            Not sent: {failure.says}
            {failure.isWorthRepeating && (
              <button
                type="button"
                className="link"
                onClick={() => chat.pendings.retry(message.id)}
              >
                try again
              </button>
            )}
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

function labelOf(failure: Failure | undefined): string {
  if (failure === undefined) {
    return 'Message being sent';
  }
  return failure.isHeld ? 'Message waiting for a moderator' : 'Message not sent';
}
