import type { FormEvent } from 'react';
import type { Person } from '../../client';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';

/** How others see me. */
export function Profile({ chat, me }: { chat: Chat; me: Person }) {
  const { busy, error, done, attempt } = useDoing();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('display_name')).trim();
    void attempt(() => chat.rename(name), 'Saved.');
  };
  return (
    <form className="form" onSubmit={save}>
      <label className="field">
        <span>Your name, as others see it</span>
        <input
          name="display_name"
          defaultValue={me.display_name}
          autoComplete="name"
          maxLength={80}
          required
          pattern=".*\S.*"
        />
      </label>
      <p className="hint">
        Your user name is <strong>@{me.name}</strong>: with it you log in, and are mentioned.
      </p>
      <Outcome error={error} done={done} />
      <button type="submit" className="primary" disabled={busy}>
        Save
      </button>
    </form>
  );
}
