import { useEffect, useState } from 'react';
import { type CookieGrant, CookieSession } from '../../client';
import { explain } from '../text/explain';

interface Props {
  renew: () => Promise<CookieGrant>;
  onDone: (session: CookieSession | undefined) => void;
}

const AGAIN_MILLIS = 3_000;

/** The moment after a reload, in which the server says whose cookie this is. */
export function Restoring(props: Props) {
  const error = useRestoring(props);
  return (
    <main className="nothing restoring">
      <img src="/parley.svg" alt="" width="56" height="56" />
      <p role="status">{error ?? 'Connecting…'}</p>
    </main>
  );
}

/** The same beside the form: somebody may be filling it in. */
export function RestoringAside(props: Props) {
  useRestoring(props);
  return null;
}

/** Asks until the server answers; why it does not, meanwhile. */
function useRestoring({ renew, onDone }: Props): string | undefined {
  const [error, setError] = useState<string>();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    CookieSession.restored(renew).then(
      (session) => current && onDone(session),
      (failure) => {
        if (current) {
          setError(explain(failure));
          timer = setTimeout(() => setRound((before) => before + 1), AGAIN_MILLIS);
        }
      },
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [renew, onDone, round]);
  return error;
}
