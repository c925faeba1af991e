import { type FormEvent, useState } from 'react';
import { ParleyError, type Person } from '../../client';
import { Outcome } from '../shell/Outcome';
import type { Chat } from '../state/chat';
import { explain } from '../text/explain';

/** A new password; it logs out all other devices, since an old one may have been known. */
export function Password({ chat, me }: { chat: Chat; me: Person }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<string>();
  const change = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const field = (name: string) => String(new FormData(form).get(name) ?? '');
    setDone(undefined);
    setError(undefined);
    if (field('password') !== field('again')) {
      setError('The two new passwords are not the same.');
      return;
    }
    setBusy(true);
    try {
      await chat.rest.changePassword(field('current'), field('password'));
      form.reset();
      setDone('The password is changed, and all other devices are logged out.');
    } catch (failure) {
      setError(whyNot(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void change(event)}>
      <input name="name" autoComplete="username" defaultValue={me.name} hidden readOnly />
      <label className="field">
        <span>Current password</span>
        <input name="current" type="password" autoComplete="current-password" required />
      </label>
      <label className="field">
        <span>New password</span>
        <input name="password" type="password" autoComplete="new-password" required />
      </label>
      <label className="field">
        <span>New password again</span>
        <input name="again" type="password" autoComplete="new-password" required />
      </label>
      <p className="hint">All other devices are logged out with it.</p>
      <Outcome error={error} done={done} />
      <button type="submit" className="primary" disabled={busy}>
        Change the password
      </button>
    </form>
  );
}

function whyNot(failure: unknown): string {
  const isWrong = failure instanceof ParleyError && failure.code === 'credentials_wrong';
  return isWrong ? 'The current password is not right.' : explain(failure);
}
