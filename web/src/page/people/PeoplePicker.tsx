import { useEffect, useId, useState } from 'react';
import type { Person } from '../../client';
import { Avatar } from '../shell/Avatar';
import type { Chat } from '../state/chat';

interface Props {
  chat: Chat;
  label: string;
  /** People who are not offered. */
  without: ReadonlySet<string>;
  onPick: (person: Person) => void;
}

const TYPING_MILLIS = 150;

export function PeoplePicker({ chat, label, without, onPick }: Props) {
  const [text, setText] = useState('');
  const found = usePeopleFound(chat, text.trim());
  const list = useId();
  const offered = found?.filter((person) => !without.has(person.id));
  return (
    <div className="picker">
      <label className="field">
        <span>{label}</span>
        <input
          type="search"
          value={text}
          placeholder="Type a name"
          autoComplete="off"
          spellCheck={false}
          aria-controls={list}
          // biome-ignore lint/a11y/noAutofocus: the picker was opened to type a name
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <ul id={list} className="choices" aria-label="People found">
        {offered?.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="choice"
              onClick={() => {
                setText('');
                onPick(person);
              }}
            >
              <Avatar id={person.id} name={person.display_name} />
              <span className="choice-title">{person.display_name}</span>
              <span className="choice-note">@{person.name}</span>
            </button>
          </li>
        ))}
        {offered?.length === 0 && text.trim() !== '' && (
          <li className="choices-none">Nobody of that name.</li>
        )}
      </ul>
    </div>
  );
}

function usePeopleFound(chat: Chat, text: string): Person[] | undefined {
  const [found, setFound] = useState<Person[]>();
  useEffect(() => {
    if (text === '') {
      setFound(undefined);
      return;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const people = await chat.rest.findPeople(text).catch(() => []);
      if (current) {
        setFound(people);
      }
    }, TYPING_MILLIS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [chat, text]);
  return found;
}
