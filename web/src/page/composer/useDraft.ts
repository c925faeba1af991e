import { useEffect, useRef, useState } from 'react';
import type { Uuid } from '../../client';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';

/** Who types here does not want the other window's text in between. */
const MINE_MILLIS = 3_000;

/** The text of the composer: what is typed here, or meanwhile in another window of mine. */
export function useDraft(chat: Chat, conversation: Uuid, isThread: boolean) {
  const kept = useCell(chat.drafts).get(conversation) ?? '';
  const [text, setText] = useState(isThread ? '' : kept);
  const typedAt = useRef(0);
  useEffect(() => {
    if (isThread) {
      return;
    }
    const wait = typedAt.current + MINE_MILLIS - Date.now();
    if (wait <= 0) {
      setText(kept);
      return;
    }
    const timer = setTimeout(() => setText(kept), wait);
    return () => clearTimeout(timer);
  }, [kept, isThread]);
  const change = (changed: string) => {
    typedAt.current = changed === '' ? 0 : Date.now();
    setText(changed);
    if (!isThread) {
      chat.draft(conversation, changed);
    }
  };
  return [text, change] as const;
}
