import { type FormEvent, useState } from 'react';
import type { AdminPerson } from '../../client';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';

/** A person or a bot, made by an admin. */
export function NewAccount(props: { chat: Chat; onMade: (person: AdminPerson) => void }) {
  const { chat, onMade } = props;
  const [isBot, setBot] = useState(false);
  const { busy, error, attempt } = useDoing();
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? '').trim();
    const password = String(form.get('password') ?? '');
    const [name, displayName] = [field('name'), field('display_name') || field('name')];
    void attempt(async () =>
      onMade(
        isBot
          ? await chat.rest.createBot(name, displayName)
          : await chat.rest.createUser(name, displayName, password || undefined),
      ),
    );
  };
  return (
    <form className="form narrow" onSubmit={make} aria-label="Add an account">
      <fieldset className="reasons">
        <legend>What is it?</legend>
        <label className="check">
          <input type="radio" name="what" checked={!isBot} onChange={() => setBot(false)} />A person
        </label>
        <label className="check">
          <input type="radio" name="what" checked={isBot} onChange={() => setBot(true)} />A bot or a
          service
        </label>
      </fieldset>
      <label className="field">
        <span>User name</span>
        <input name="name" autoComplete="off" autoCapitalize="none" spellCheck={false} required />
      </label>
      <label className="field">
        <span>Name, as others see it</span>
        <input name="display_name" autoComplete="off" maxLength={80} />
      </label>
      {!isBot && (
        <label className="field">
          <span>First password (empty: they cannot log in with one)</span>
          <input name="password" type="password" autoComplete="new-password" />
        </label>
      )}
      {isBot && <p className="hint">A bot has no password. Its keys are made in the next step.</p>}
      <Outcome error={error} done={undefined} />
      <button type="submit" className="primary" disabled={busy}>
        {isBot ? 'Make the bot' : 'Make the account'}
      </button>
    </form>
  );
}
