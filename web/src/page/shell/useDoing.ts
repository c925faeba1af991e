import { useCallback, useState } from 'react';
import { explain } from '../text/explain';

/** What a form does with the server: one thing at a time, and what came of it in words. */
export function useDoing() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<string>();
  /** True when it was done; `says` is shown then. */
  const attempt = useCallback(async (doing: () => Promise<unknown>, says?: string) => {
    setBusy(true);
    setError(undefined);
    setDone(undefined);
    try {
      await doing();
      setDone(says);
      return true;
    } catch (failure) {
      setError(explain(failure));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, done, attempt };
}
