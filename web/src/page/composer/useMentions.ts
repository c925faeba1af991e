import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { Uuid } from '../../client';
import type { Chat } from '../state/chat';
import { useMentionable } from '../state/mentionable';
import { type Offer, offersOf } from './MentionList';
import { completed, typedName } from './mentions';

interface Written {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText: (text: string) => void;
}

/** Names that fit what is typed after an @, and the keys that choose among them. */
export function useMentions(chat: Chat, conversation: Uuid, { area, text, setText }: Written) {
  const [caret, setCaret] = useState(-1);
  const [at, setAt] = useState(0);
  const typed = caret < 0 ? undefined : typedName(text, caret);
  const people = useMentionable(chat, conversation, typed !== undefined);
  const offers = offersOf(typed, people);

  const pick = ({ name }: Offer) => {
    const [next, place] = completed(text, caret, name);
    setText(next);
    setCaret(-1);
    requestAnimationFrame(() => area.current?.setSelectionRange(place, place));
  };
  const typedAt = (place: number) => {
    setCaret(place);
    setAt(0);
  };
  /** True if the key was meant for the list. */
  const pressed = ({ key }: KeyboardEvent): boolean => {
    const offer = offers[at];
    if (offer === undefined) {
      return false;
    }
    switch (key) {
      case 'ArrowDown':
        setAt((at + 1) % offers.length);
        return true;
      case 'ArrowUp':
        setAt((at + offers.length - 1) % offers.length);
        return true;
      case 'Enter':
      case 'Tab':
        pick(offer);
        return true;
      case 'Escape':
        setCaret(-1);
        return true;
      default:
        return false;
    }
  };
  return { offers, at, pick, typedAt, pressed, close: () => setCaret(-1) };
}
