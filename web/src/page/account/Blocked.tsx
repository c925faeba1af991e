import { useEffect } from 'react';
import type { Uuid } from '../../client';
import { Avatar } from '../shell/Avatar';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';

/** Whom this person blocked. */
export function Blocked({ chat }: { chat: Chat }) {
  const blocked = [...useCell(chat.blocks.users)];
  const { error, done, attempt } = useDoing();
  useEffect(() => void chat.blocks.read(), [chat]);
  return (
    <div className="form">
      <p className="hint">
        People you block cannot write to you or invite you. In groups their messages are folded for
        you. They are not told. To block somebody, click on their name.
      </p>
      <ul className="members" aria-label="Blocked people">
        {blocked.map((user) => (
          <BlockedRow
            key={user}
            chat={chat}
            user={user}
            onUnblock={(name) =>
              void attempt(() => chat.blocks.unblock(user), `${name} is no longer blocked.`)
            }
          />
        ))}
        {blocked.length === 0 && <li className="choices-none">You have blocked nobody.</li>}
      </ul>
      <Outcome error={error} done={done} />
    </div>
  );
}

function BlockedRow(props: { chat: Chat; user: Uuid; onUnblock: (name: string) => void }) {
  const { chat, user, onUnblock } = props;
  const person = usePerson(chat.people, user);
  const name = person?.display_name ?? '…';
  return (
    <li className="member">
      <Avatar id={user} name={name} />
      <span className="choice-title">{name}</span>
      <span className="choice-note">{person && `@${person.name}`}</span>
      <button
        type="button"
        className="link"
        aria-label={`Unblock ${name}`}
        onClick={() => onUnblock(name)}
      >
        Unblock
      </button>
    </li>
  );
}
