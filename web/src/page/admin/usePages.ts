import { useCallback, useEffect, useRef, useState } from 'react';
import type { AdminPage } from '../../client';
import { explain } from '../text/explain';

const TYPING_MILLIS = 200;

type Read<T> = (text: string, after?: string) => Promise<AdminPage<T>>;

/** A list that is searched while one types and read a page at a time; late answers are dropped. */
export function usePages<T>(read: Read<T>, text: string) {
  const [items, setItems] = useState<readonly T[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<string>();
  const round = useRef(0);
  const ask = useCallback(
    async (after: string | undefined) => {
      round.current += 1;
      const mine = round.current;
      try {
        const page = await read(text, after);
        if (mine === round.current) {
          setItems((before) => (after ? [...(before ?? []), ...page.items] : page.items));
          setNext(page.next);
          setError(undefined);
        }
      } catch (failure) {
        if (mine === round.current) {
          setError(explain(failure));
        }
      }
    },
    [read, text],
  );
  useEffect(() => {
    const timer = setTimeout(() => void ask(undefined), text === '' ? 0 : TYPING_MILLIS);
    return () => clearTimeout(timer);
  }, [ask, text]);
  return { items, error, more: next === undefined ? undefined : () => void ask(next) };
}
