import { type FormEvent, useState } from 'react';
import type { Grant, ParleyRest } from '../../client';

interface Props {
  rest: ParleyRest;
  notice: string | undefined;
  onSignedIn: (grant: Grant) => void;
  /** Without an account. */
  onLookAround: () => void;
}

export function SignIn({ rest, notice, onSignedIn, onLookAround }: Props) {
  const [isNew, setIsNew] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? '').trim();
    const password = String(form.get('password') ?? '');
    setBusy(true);
    setError(undefined);
    try {
      const signIn = isNew
        ? rest.register(field('name'), password, field('display_name') || undefined)
        : rest.login(field('name'), password);
      onSignedIn(await signIn);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'That did not work.');
      setBusy(false);
    }
  };

  return (
    <main className="signin">
      <form className="signin-card" onSubmit={submit} aria-labelledby="signin-title">
        <img src="/parley.svg" alt="" width="44" height="44" />
        <h1 id="signin-title">{isNew ? 'Join Parley' : 'Welcome to Parley'}</h1>
        <p className="signin-lead">
          {isNew ? 'Pick a name and a password. That is all.' : 'Log in to go on talking.'}
        </p>
        {isNew && (
          <label className="field">
            <span>Your name, as others see it</span>
            <input name="display_name" autoComplete="name" maxLength={80} />
          </label>
        )}
        <label className="field">
          <span>User name</span>
          <input
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            // biome-ignore lint/a11y/noAutofocus: the page is this form
            autoFocus
          />
        </label>
        <label className="field">
          <span>Password</span>
          <input
            name="password"
            type="password"
            autoComplete={isNew ? 'new-password' : 'current-password'}
            required
          />
        </label>
        <p className="form-error" role="alert">
          {error ?? notice}
        </p>
        <button type="submit" className="primary" disabled={busy}>
          {isNew ? 'Register' : 'Log in'}
        </button>
        <p className="signin-switch">
          {isNew ? 'Already here?' : 'New here?'}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              setIsNew(!isNew);
              setError(undefined);
            }}
          >
            {isNew ? 'Log in instead' : 'Register an account'}
          </button>
        </p>
        <p className="signin-switch">
          <button type="button" className="link" onClick={onLookAround}>
            Look at public channels without an account
          </button>
        </p>
      </form>
    </main>
  );
}
