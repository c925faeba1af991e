import { useCallback, useEffect, useState } from 'react';
import type { SignedInSession } from '../../client';
import { Outcome } from '../shell/Outcome';
import { Sure } from '../shell/Sure';
import { useDoing } from '../shell/useDoing';
import type { Farewell } from '../signin/farewell';
import type { Chat } from '../state/chat';
import { briefWithTime, full } from '../text/moment';
import { deviceName } from './device';

/** Where this person is logged in; any of them can be ended from any other. */
export function Devices(props: { chat: Chat; onLeave: (farewell: Farewell) => void }) {
  const { chat, onLeave } = props;
  const [sessions, setSessions] = useState<SignedInSession[]>();
  const { busy, error, done, attempt } = useDoing();
  const read = useCallback(async () => setSessions(await chat.rest.sessions()), [chat]);
  useEffect(() => void attempt(read), [read, attempt]);

  const end = (session: SignedInSession) =>
    void attempt(
      async () => {
        await chat.rest.endSession(session.id);
        await read();
      },
      `${deviceName(session.client)} is logged out.`,
    );
  const endAll = () =>
    void attempt(async () => {
      await chat.rest.logoutAll();
      onLeave({ says: 'You are logged out of all devices.' });
    });
  return (
    <div className="form">
      <ul className="lines" aria-label="Devices" aria-busy={busy}>
        {sessions?.map((session) => (
          <li key={session.id}>
            <span className="line-title" title={session.client ?? undefined}>
              {deviceName(session.client)}
              {session.current && <em> this device</em>}
            </span>
            <span className="line-note">
              <time dateTime={session.last_used_at} title={full(session.last_used_at)}>
                used {briefWithTime(session.last_used_at)}
              </time>
              {' · '}
              <time dateTime={session.created_at} title={full(session.created_at)}>
                logged in {briefWithTime(session.created_at)}
              </time>
            </span>
            {!session.current && (
              <button
                type="button"
                className="link"
                aria-label={`Log out ${deviceName(session.client)}, used ${briefWithTime(session.last_used_at)}`}
                disabled={busy}
                onClick={() => end(session)}
              >
                Log out
              </button>
            )}
          </li>
        ))}
      </ul>
      <Outcome error={error} done={done} />
      <Sure
        label="Log out of all devices"
        question="This one is logged out, too."
        className="secondary danger"
        onYes={endAll}
      />
    </div>
  );
}
