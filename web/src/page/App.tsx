import { useCallback, useEffect, useMemo, useState } from 'react';
import { type CookieGrant, CookieSession, GuestSession, ParleyRest } from '../client';
import { Shell } from './shell/Shell';
import { type Farewell, farewellOf } from './signin/farewell';
import { Restoring, RestoringAside } from './signin/Restoring';
import { SignIn } from './signin/SignIn';
import { announceSignIn, onSignInElsewhere } from './signin/windows';
import { useCell } from './state/cell';
import { Chat, type Identity } from './state/chat';

const ORIGIN = window.location.origin;

type Session = GuestSession | CookieSession;

type Who =
  | { at: 'restoring' }
  /** `asking`: another window has logged in, so this browser's cookie is another one. */
  | { at: 'away'; farewell?: Farewell | undefined; asking?: boolean }
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
      setWho((before) =>
        session === undefined
          ? { at: 'away', farewell: farewellIn(before) }
          : { at: 'here', session },
      ),
    [],
  );
  const left = useCallback((of: Session, farewell?: Farewell) => {
    // What an older session has left to say does not end the one that came after it.
    setWho((before) =>
      'session' in before && before.session !== of ? before : { at: 'away', farewell },
    );
  }, []);
  useEffect(() => {
    return onSignInElsewhere((user) =>
      setWho((before) => {
        if (before.at === 'here' && before.session.user.id !== user) {
          before.session.end('another_person');
        }
        return before.at === 'away' ? { ...before, asking: true } : before;
      }),
    );
  }, []);

  switch (who.at) {
    case 'restoring':
      return <Restoring renew={renew} onDone={restored} />;
    case 'away':
      return (
        <>
          <SignIn
            rest={rest}
            farewell={who.farewell}
            onSignedIn={signedIn}
            onLookAround={() =>
              setWho({ at: 'guest', session: new GuestSession(() => rest.guest()) })
            }
          />
          {who.asking && <RestoringAside renew={renew} onDone={restored} />}
        </>
      );
    case 'guest':
      return <Present session={who.session} onLeft={() => left(who.session)} />;
    case 'here':
      return <SignedIn key={who.session.user.id} rest={rest} session={who.session} onLeft={left} />;
  }
}

function farewellIn(who: Who): Farewell | undefined {
  return who.at === 'away' ? who.farewell : undefined;
}

/** Until the person logs out here, or the session is ended from elsewhere. */
function SignedIn(props: {
  rest: ParleyRest;
  session: CookieSession;
  onLeft: (session: Session, farewell?: Farewell) => void;
}) {
  const { rest, session, onLeft } = props;
  useEffect(() => session.onEnd((end) => onLeft(session, farewellOf(end))), [session, onLeft]);
  const leave = (farewell?: Farewell) => {
    onLeft(session, farewell);
    // By the cookie: it works when the access token has ended, and takes the cookie along. Of a
    // session that is over it may be another one's by now.
    if (!session.isOver) {
      void rest.logout().catch(() => {});
    }
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
