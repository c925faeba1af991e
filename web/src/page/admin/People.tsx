import { useCallback, useState } from 'react';
import type { AdminPerson } from '../../client';
import { Avatar } from '../shell/Avatar';
import type { Chat } from '../state/chat';
import { standing } from './standing';
import { usePages } from './usePages';

export function People(props: { chat: Chat; onOpen: (person: AdminPerson) => void }) {
  const { chat, onOpen } = props;
  const [text, setText] = useState('');
  const read = useCallback((q: string, after?: string) => chat.rest.users(q, after), [chat]);
  const { items, error, more } = usePages(read, text.trim());
  return (
    <>
      <label className="field">
        <span>Find a person or a bot</span>
        <input
          type="search"
          value={text}
          placeholder="Name or user name"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="form-error" role="alert">
        {error}
      </p>
      <ul className="choices" aria-label="People" aria-busy={items === undefined}>
        {items?.map((person) => (
          <li key={person.id}>
            <button type="button" className="choice" onClick={() => onOpen(person)}>
              <Avatar id={person.id} name={person.display_name} />
              <span className="choice-title">{person.display_name || 'Deleted account'}</span>
              <span className="choice-note">
                @{person.name}
                {standing(person)
                  .map((each) => ` · ${each}`)
                  .join('')}
              </span>
            </button>
          </li>
        ))}
        {items?.length === 0 && <li className="choices-none">Nobody of that name.</li>}
      </ul>
      {more && (
        <button type="button" className="secondary more" onClick={more}>
          Show more
        </button>
      )}
    </>
  );
}
