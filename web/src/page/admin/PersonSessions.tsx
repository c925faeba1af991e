import { useCallback, useEffect, useState } from 'react';
import type { AdminPerson, SignedInSession } from '../../client';
import { deviceName } from '../account/device';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';
import { briefWithTime } from '../text/moment';

export function PersonSessions({ chat, person }: { chat: Chat; person: AdminPerson }) {
  const [sessions, setSessions] = useState<SignedInSession[]>();
  const { busy, error, done, attempt } = useDoing();
  const read = useCallback(
    async () => setSessions(await chat.rest.userSessions(person.id)),
    [chat, person.id],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a suspension ends them all
  useEffect(() => void attempt(read), [read, attempt, person.suspended]);
  const end = (doing: () => Promise<unknown>, says: string) =>
    void attempt(async () => {
      await doing();
      await read();
    }, says);
  return (
    <section aria-label="Sessions" className="form">
      <h3>Where they are logged in</h3>
      <ul className="lines" aria-label="Sessions">
        {sessions?.map((session) => (
          <li key={session.id}>
            <span className="line-title" title={session.client ?? undefined}>
              {deviceName(session.client)}
            </span>
            <span className="line-note">used {briefWithTime(session.last_used_at)}</span>
            <button
              type="button"
              className="link"
              aria-label={`End ${deviceName(session.client)}, used ${briefWithTime(session.last_used_at)}`}
              disabled={busy}
              onClick={() =>
                end(() => chat.rest.endUserSession(person.id, session.id), 'The session is ended.')
              }
            >
              End
            </button>
          </li>
        ))}
        {sessions?.length === 0 && <li className="choices-none">Nowhere.</li>}
      </ul>
      <Outcome error={error} done={done} />
      {(sessions?.length ?? 0) > 1 && (
        <button
          type="button"
          className="secondary"
          disabled={busy}
          onClick={() => end(() => chat.rest.endUserSessions(person.id), 'All are ended.')}
        >
          End all
        </button>
      )}
    </section>
  );
}
