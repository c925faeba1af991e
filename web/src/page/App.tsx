import { useEffect, useMemo, useState } from 'react';
import { type Grant, GuestSession, ParleyRest, Session } from '../client';
import { Shell } from './shell/Shell';
import { SignIn } from './signin/SignIn';
import { useCell } from './state/cell';
import { Chat, type Identity } from './state/chat';

const ORIGIN = window.location.origin;

/** The session lives in sessionStorage: it outlives a reload, and two windows are two people. */
export function App() {
  const rest = useMemo(() => new ParleyRest(ORIGIN), []);
  const renew = useMemo(() => (token: string) => rest.refresh(token), [rest]);
  const [session, setSession] = useState(() => Session.restored(sessionStorage, renew));
  const [notice, setNotice] = useState<string>();

  const [guest, setGuest] = useState<GuestSession>();

  if (session === undefined && guest !== undefined) {
    return <SignedIn session={guest} onSignedOut={() => setGuest(undefined)} />;
  }
  if (session === undefined) {
    const signedIn = (grant: Grant) => {
      setGuest(undefined);
      setSession(new Session(grant, sessionStorage, renew));
    };
    const lookAround = () => setGuest(new GuestSession(() => rest.guest()));
    return <SignIn rest={rest} notice={notice} onSignedIn={signedIn} onLookAround={lookAround} />;
  }
  const signedOut = (reason?: string) => {
    session.forget();
    setNotice(reason);
    setSession(undefined);
  };
  return <SignedIn key={session.user.id} session={session} onSignedOut={signedOut} />;
}

function SignedIn(props: { session: Identity; onSignedOut: (reason?: string) => void }) {
  const { session, onSignedOut } = props;
  const chat = useMemo(() => new Chat(session, ORIGIN), [session]);
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
    const flush = () => chat.client.flush();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('pagehide', flush);
      chat.stop();
    };
  }, [chat]);
}
