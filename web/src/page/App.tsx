import { useCallback, useEffect, useMemo, useState } from 'react';
import { type CookieGrant, CookieSession, GuestSession, ParleyRest } from '../client';
import { Shell } from './shell/Shell';
import { type Farewell, farewellOf } from './signin/farewell';
import { Restoring } from './signin/Restoring';
import { SignIn } from './signin/SignIn';
import { announceSignIn, onSignInElsewhere } from './signin/windows';
import { useCell } from './state/cell';
import { Chat, type Identity } from './state/chat';

const ORIGIN = window.location.origin;

type Who =
  | { at: 'restoring' }
  | { at: 'away'; farewell?: Farewell }
  | { at: 'guest'; session: GuestSession }
  | { at: 'here'; session: CookieSession };

/**
 * Who is here. The refresh token lies in a cookie that no script can read and the access token in
 * memory, so a reload asks the server who this is, and all windows of a browser are one person.
 */
export function App() {
  const rest = useMemo(() => new ParleyRest(ORIGIN), []);
  const renew = useCallback(() => rest.refreshHere(), [rest]);
  const [who, setWho] = useState<Who>({ at: 'restoring' });

  const signedIn = (grant: CookieGrant) => {
    setWho({ at: 'here', session: new CookieSession(grant, renew) });
    announceSignIn(grant.user.id);
  };
  const restored = useCallback(
    (session: CookieSession | undefined) =>
      setWho(session === undefined ? { at: 'away' } : { at: 'here', session }),
    [],
  );
  const left = useCallback((farewell?: Farewell) => {
    setWho(farewell === undefined ? { at: 'away' } : { at: 'away', farewell });
  }, []);
  useEffect(() => {
    return onSignInElsewhere((user) =>
      setWho((before) => {
        if (before.at === 'here' && before.session.user.id !== user) {
          before.session.end('another_person');
        }
        return before.at === 'away' ? { at: 'restoring' } : before;
      }),
    );
  }, []);

  switch (who.at) {
    case 'restoring':
      return <Restoring renew={renew} onDone={restored} />;
    case 'away':
      return (
        <SignIn
          rest={rest}
          farewell={who.farewell}
          onSignedIn={signedIn}
          onLookAround={() =>
            setWho({ at: 'guest', session: new GuestSession(() => rest.guest()) })
          }
        />
      );
    case 'guest':
      return <Present session={who.session} onLeft={() => left()} />;
    case 'here':
      return <SignedIn key={who.session.user.id} rest={rest} session={who.session} onLeft={left} />;
  }
}

/** Until the person logs out here, or the session is ended from elsewhere. */
function SignedIn(props: {
  rest: ParleyRest;
  session: CookieSession;
  onLeft: (farewell?: Farewell) => void;
}) {
  const { rest, session, onLeft } = props;
  useEffect(() => session.onEnd((end) => onLeft(farewellOf(end))), [session, onLeft]);
  const leave = (farewell?: Farewell) => {
    onLeft(farewell);
    // By the cookie: it works when the access token has ended, and takes the cookie along.
    void rest.logout().catch(() => {});
  };
  return <Present session={session} onLeft={leave} />;
}

function Present(props: {
  session: Identity & Partial<Pick<CookieSession, 'end' | 'onEnd'>>;
  onLeft: (farewell?: Farewell) => void;
}) {
  const { session, onLeft } = props;
  const chat = useMemo(() => new Chat(session, ORIGIN), [session]);
  useConnection(chat);
  const connection = useCell(chat.connection);
  const because = connection.at === 'stopped' ? connection.because : undefined;
  useEffect(() => {
    if (because === 'signed_out' || because === 'suspended') {
      session.end?.(because === 'suspended' ? 'suspended' : 'ended');
    }
  }, [because, session]);
  useEffect(() => session.onEnd?.(() => void chat.signOut()), [chat, session]);
  const leave = (farewell?: Farewell) => {
    void chat.signOut();
    onLeft(farewell);
  };
  return <Shell chat={chat} onLeave={leave} />;
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
