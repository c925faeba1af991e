import { type FormEvent, useState } from 'react';
import { ParleyError } from '../../client';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import type { Farewell } from '../signin/farewell';
import type { Chat } from '../state/chat';
import { explain } from '../text/explain';
import { download } from './download';

/** Taking one's data along, and being forgotten. */
export function MyData(props: { chat: Chat; onLeave: (farewell: Farewell) => void }) {
  return (
    <div className="form parts">
      <Export chat={props.chat} />
      <Erase {...props} />
    </div>
  );
}

function Export({ chat }: { chat: Chat }) {
  const { busy, error, done, attempt } = useDoing();
  const take = () =>
    void attempt(async () => {
      const day = new Date().toISOString().slice(0, 10);
      download(await chat.rest.exportMine(), `parley-${chat.me.name}-${day}.zip`);
    }, 'Your browser has the file.');
  return (
    <section className="form" aria-label="Download my data">
      <h3>Download my data</h3>
      <p className="hint">
        A zip with everything you wrote, with earlier versions, your reactions, drafts and settings,
        and your account.
      </p>
      <Outcome error={error} done={done} />
      <button type="button" className="secondary" disabled={busy} onClick={take}>
        {busy ? 'Collecting…' : 'Download'}
      </button>
    </section>
  );
}

function Erase(props: { chat: Chat; onLeave: (farewell: Farewell) => void }) {
  const { chat, onLeave } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const erase = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    setBusy(true);
    setError(undefined);
    try {
      const receipt = await chat.rest.eraseMe(chat.hasSession ? password : undefined);
      onLeave({ says: 'Nobody can read what you wrote any more. This is the receipt.', receipt });
    } catch (failure) {
      setError(whyNot(failure));
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void erase(event)} aria-label="Delete my account">
      <h3>Delete my account</h3>
      <p className="warning">
        <strong>This cannot be taken back, by nobody.</strong> The key to everything you wrote is
        destroyed: your messages become unreadable for everybody, in all conversations. Your name,
        your settings and your sessions go. Download your data first if you want to keep it.
      </p>
      {chat.hasSession && (
        <label className="field">
          <span>Your password, to be sure that it is you</span>
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
      )}
      <label className="check">
        <input type="checkbox" required />I know that it is for ever
      </label>
      <p className="form-error" role="alert">
        {error}
      </p>
      <button type="submit" className="primary destructive" disabled={busy}>
        Delete my account
      </button>
    </form>
  );
}

function whyNot(failure: unknown): string {
  const isWrong = failure instanceof ParleyError && failure.code === 'credentials_wrong';
  return isWrong ? 'The password is not right. Nothing was deleted.' : explain(failure);
}
