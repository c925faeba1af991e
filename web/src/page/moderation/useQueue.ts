import { useCallback, useEffect, useRef, useState } from 'react';
import type { Held, Reported } from '../../client';
import type { Chat } from '../state/chat';

export interface Queue {
  reports: readonly Reported[];
  held: readonly Held[];
}

/**
 * Read when it is opened, when asked to and after each decision: nobody is told of a report as it
 * comes. What was decided here is left out at once, since the view may be a moment behind.
 */
export function useQueue(chat: Chat) {
  const [queue, setQueue] = useState<Queue>();
  const decided = useRef(new Set<string>());
  const read = useCallback(async () => {
    const [reports, held] = await Promise.all([chat.rest.reports(), chat.rest.held()]);
    setQueue({
      reports: reports.filter(
        (each) => each.settled === null && !decided.current.has(nameOf(each)),
      ),
      held: held.filter((each) => !decided.current.has(nameOf(each))),
    });
  }, [chat]);
  useEffect(() => void chat.attempt(read()), [chat, read]);
  const again = () => void chat.attempt(read());
  const done = (entry: Reported | Held) => {
    decided.current.add(nameOf(entry));
    again();
  };
  return { queue, again, done };
}

/** A report that comes after the decision opens the case again: it is another one. */
function nameOf(entry: Reported | Held): string {
  return 'reports' in entry
    ? `${entry.conversation}/${entry.message.id}/${entry.reports.at(-1)?.at}`
    : `${entry.conversation}/${entry.author}/${entry.message}`;
}
