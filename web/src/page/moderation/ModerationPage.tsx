import { useRef } from 'react';
import type { Held, InboxItem, Reported } from '../../client';
import { PageHead } from '../shell/PageHead';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { HeldRow } from './HeldRow';
import { ReportRow } from './ReportRow';
import { useQueue } from './useQueue';

/** What waits for a moderator: messages that a filter held, and messages that were reported. */
export function ModerationPage({ chat }: { chat: Chat }) {
  const { queue, again, done } = useQueue(chat);
  const head = useRef<HTMLHeadingElement>(null);
  const after = (entry: Reported | Held) => {
    done(entry);
    head.current?.focus();
  };
  return (
    <section className="page" aria-label="Moderation">
      <PageHead title="Moderation" heading={head} onAgain={again} />
      <div className="page-body" aria-busy={queue === undefined}>
        <h2>
          Held messages <span className="count">{queue?.held.length}</span>
        </h2>
        <ul className="queue" aria-label="Held messages">
          {queue?.held.map((held) => (
            <HeldRow
              key={held.conversation + held.message}
              chat={chat}
              held={held}
              onDone={() => after(held)}
            />
          ))}
          {queue?.held.length === 0 && <li className="choices-none">No message is held.</li>}
        </ul>
        <h2>
          Reported messages <span className="count">{queue?.reports.length}</span>
        </h2>
        <ul className="queue" aria-label="Reported messages">
          {queue?.reports.map((reported) => (
            <ReportRow
              key={reported.conversation + reported.message.id}
              chat={chat}
              reported={reported}
              onDone={() => after(reported)}
            />
          ))}
          {queue?.reports.length === 0 && <li className="choices-none">Nothing is reported.</li>}
        </ul>
      </div>
    </section>
  );
}

/** Whether this person moderates anything, so that the queue is worth a door. */
export function useModerates(chat: Chat): boolean {
  const inbox = useCell(chat.inbox);
  return chat.isAdmin || [...inbox.values()].some(isModerated);
}

function isModerated({ kind, role }: InboxItem): boolean {
  const isShared = kind !== 'self' && kind !== 'direct';
  return isShared && (role === 'owner' || role === 'admin' || role === 'moderator');
}
