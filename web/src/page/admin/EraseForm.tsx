import { type FormEvent, useState } from 'react';
import type { AdminPerson } from '../../client';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';

/** The end of an account. The user name is typed, so that it is no slip of the hand. */
export function EraseForm(props: { chat: Chat; person: AdminPerson; onErased: () => void }) {
  const { chat, person, onErased } = props;
  const [typed, setTyped] = useState('');
  const { busy, error, attempt } = useDoing();
  const erase = (event: FormEvent) => {
    event.preventDefault();
    void attempt(() => chat.rest.eraseUser(person.id)).then((done) => done && onErased());
  };
  return (
    <form className="form narrow" onSubmit={erase} aria-label="Delete the account">
      <h3>Delete the account</h3>
      <p className="warning">
        <strong>This cannot be taken back.</strong> The key to everything they wrote is destroyed:
        it becomes unreadable for everybody. Name, settings, sessions and keys go.
      </p>
      <label className="field">
        <span>
          Type the user name <strong>{person.name}</strong> to be sure
        </span>
        <input
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <Outcome error={error} done={undefined} />
      <button
        type="submit"
        className="primary destructive"
        disabled={busy || typed !== person.name}
      >
        Delete for ever
      </button>
    </form>
  );
}
