import { type FormEvent, useState } from 'react';
import type { Person } from '../../client';
import { Dialog } from '../shell/Dialog';
import type { Chat } from '../state/chat';
import { explain } from '../text/explain';

/** How others see me. */
export function ProfileDialog(props: { chat: Chat; me: Person; onClose: () => void }) {
  const { chat, me, onClose } = props;
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('display_name')).trim();
    setBusy(true);
    try {
      await chat.rename(name);
      onClose();
    } catch (failure) {
      setBusy(false);
      setError(explain(failure));
    }
  };
  return (
    <Dialog title="Your profile" small onClose={onClose}>
      <form className="form dialog-body" onSubmit={(event) => void save(event)}>
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
        <p className="form-error" role="alert">
          {error}
        </p>
        <button type="submit" className="primary" disabled={busy}>
          Save
        </button>
      </form>
    </Dialog>
  );
}
