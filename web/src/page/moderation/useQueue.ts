import { useCallback, useEffect, useState } from 'react';
import type { Held, Reported } from '../../client';
import type { Chat } from '../state/chat';

export interface Queue {
  reports: readonly Reported[];
  held: readonly Held[];
}

/** Read when it is opened and when asked to: nobody is told of a report as it comes. */
export function useQueue(chat: Chat) {
  const [queue, setQueue] = useState<Queue>();
  const read = useCallback(async () => {
    const [reports, held] = await Promise.all([chat.rest.reports(), chat.rest.held()]);
    setQueue({ reports, held });
  }, [chat]);
  useEffect(() => void chat.attempt(read()), [chat, read]);
  /** What was dealt with goes at once; the view may be a moment behind. */
  const drop = (conversation: string, message: string) =>
    setQueue(
      (before) =>
        before && {
          reports: before.reports.filter(
            (each) => each.conversation !== conversation || each.message.id !== message,
          ),
          held: before.held.filter(
            (each) => each.conversation !== conversation || each.message !== message,
          ),
        },
    );
  return { queue, again: () => void chat.attempt(read()), drop };
}
