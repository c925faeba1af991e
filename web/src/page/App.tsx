import { useEffect, useMemo, useState } from 'react';
import { type Grant, ParleyRest, Session } from '../client';
import { Shell } from './shell/Shell';
import { SignIn } from './signin/SignIn';
import { useCell } from './state/cell';
import { Chat } from './state/chat';

const ORIGIN = window.location.origin;

/** The session lives in sessionStorage: it outlives a reload, and two windows are two people. */
export function App() {
  const rest = useMemo(() => new ParleyRest(ORIGIN), []);
  const renew = useMemo(() => (token: string) => rest.refresh(token), [rest]);
  const [session, setSession] = useState(() => Session.restored(sessionStorage, renew));
  const [notice, setNotice] = useState<string>();

  if (session === undefined) {
    const signedIn = (grant: Grant) => setSession(new Session(grant, sessionStorage, renew));
    return <SignIn rest={rest} notice={notice} onSignedIn={signedIn} />;
  }
  const signedOut = (reason?: string) => {
    session.forget();
    setNotice(reason);
    setSession(undefined);
  };
  return <SignedIn key={session.user.id} session={session} onSignedOut={signedOut} />;
}

function SignedIn(props: { session: Session; onSignedOut: (reason?: string) => void }) {
  const { session, onSignedOut } = props;
  const chat = useMemo(() => new Chat(session, ORIGIN, localStorage), [session]);
  useConnection(chat);
  const connection = useCell(chat.connection);
  const tokenEnded = connection.at === 'stopped' && connection.code === 4401;
  useEffect(() => {
    if (tokenEnded) {
      onSignedOut('Your session has ended. Please log in again.');
    }
  }, [tokenEnded, onSignedOut]);
  return <Shell chat={chat} onSignOut={() => onSignedOut()} />;
}

/** Connected as long as it is on screen; the browser's hints shorten a wait. */
function useConnection(chat: Chat): void {
  useEffect(() => {
    const wake = () => chat.wake();
    chat.start();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      chat.stop();
    };
  }, [chat]);
}
