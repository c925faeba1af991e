import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { type AdminPerson, type BotKey, SCOPES, type TokenScope } from '../../client';
import { Outcome } from '../shell/Outcome';
import { Sure } from '../shell/Sure';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';
import { brief, briefWithTime } from '../text/moment';

const MEANING: Record<TokenScope, string> = {
  read: 'read conversations',
  write: 'write and change',
  search: 'search',
  admin: 'administer',
};

/** What a bot signs in with. A key is shown once, when it is made. */
export function Keys({ chat, bot }: { chat: Chat; bot: AdminPerson }) {
  const [keys, setKeys] = useState<BotKey[]>();
  const [made, setMade] = useState<string>();
  const { busy, error, done, attempt } = useDoing();
  const read = useCallback(async () => setKeys(await chat.rest.keys(bot.id)), [chat, bot.id]);
  useEffect(() => void attempt(read), [read, attempt]);

  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const days = Number(fields.get('days'));
    void attempt(async () => {
      const { key } = await chat.rest.createKey(bot.id, {
        label: String(fields.get('label') ?? '').trim(),
        scopes: fields.getAll('scope') as TokenScope[],
        ...(days > 0 ? { expires_in_days: days } : {}),
      });
      setMade(key);
      form.reset();
      await read();
    });
  };
  const remove = (key: BotKey) =>
    void attempt(async () => {
      await chat.rest.deleteKey(bot.id, key.id);
      await read();
    }, `The key ${key.label} is void, and so are the tokens that were made with it.`);
  return (
    <section aria-label="Keys" className="form">
      <h3>Keys</h3>
      {made !== undefined && <NewKey secret={made} onDone={() => setMade(undefined)} />}
      <ul className="lines" aria-label="Keys">
        {keys?.map((key) => (
          <li key={key.id}>
            <span className="line-title">{key.label || 'without a name'}</span>
            <span className="line-note">
              {key.scopes.join(', ')} · made {briefWithTime(key.created_at)}
              {key.expires_at && ` · ends ${brief(key.expires_at)}`}
              {key.last_used_at && ` · used ${briefWithTime(key.last_used_at)}`}
            </span>
            <Sure
              label="Delete"
              question="Whoever uses it is shut out at once."
              className="link danger"
              onYes={() => remove(key)}
            />
          </li>
        ))}
        {keys?.length === 0 && <li className="choices-none">No key yet.</li>}
      </ul>
      <Outcome error={error} done={done} />
      <form className="form narrow" onSubmit={make} aria-label="Make a key">
        <label className="field">
          <span>What it is for</span>
          <input name="label" autoComplete="off" maxLength={64} required />
        </label>
        <fieldset className="reasons">
          <legend>What it may do</legend>
          {SCOPES.map((scope) => (
            <label key={scope} className="check">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                defaultChecked={scope === 'read' || scope === 'write'}
              />
              {MEANING[scope]}
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span>Days until it ends</span>
          <input name="days" type="number" min={1} max={3_650} defaultValue={365} required />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          Make a key
        </button>
      </form>
    </section>
  );
}

function NewKey({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="new-key" role="status">
      <p>
        <strong>Copy the new key now: it is not shown again.</strong>
      </p>
      <input
        aria-label="The new key"
        readOnly
        value={secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" className="secondary" onClick={onDone}>
        I have it
      </button>
    </div>
  );
}
