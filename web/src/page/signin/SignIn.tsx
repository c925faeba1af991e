import { type FormEvent, useEffect, useState } from 'react';
import { type CookieGrant, type ErasureReceipt, ParleyError, type ParleyRest } from '../../client';
import { ReceiptView } from '../account/ReceiptView';
import { explain } from '../text/explain';
import type { Farewell } from './farewell';

interface Props {
  rest: ParleyRest;
  farewell: Farewell | undefined;
  onSignedIn: (grant: CookieGrant) => void;
  /** Without an account. */
  onLookAround: () => void;
}

export function SignIn(props: Props) {
  const { rest, farewell, onSignedIn, onLookAround } = props;
  const hasAccounts = useAccounts(rest);
  const [isNew, setIsNew] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [told, setTold] = useState(farewell);
  // A reason that comes while the form is filled in is newer than the last answer.
  if (told !== farewell) {
    setTold(farewell);
    setError(undefined);
  }

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? '').trim();
    const password = String(form.get('password') ?? '');
    setBusy(true);
    setError(undefined);
    try {
      const signIn = isNew
        ? rest.registerHere(field('name'), password, field('display_name') || undefined)
        : rest.loginHere(field('name'), password);
      onSignedIn(await signIn);
    } catch (failure) {
      setError(whyNot(failure, isNew));
      setBusy(false);
    }
  };

  if (farewell?.receipt !== undefined) {
    return <Erased rest={rest} says={farewell.says} first={farewell.receipt} />;
  }
  if (!hasAccounts) {
    return <NoAccounts farewell={farewell} onLookAround={onLookAround} />;
  }
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
          {error ?? farewell?.says}
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
        <LookAround onLookAround={onLookAround} />
      </form>
    </main>
  );
}

function LookAround({ onLookAround }: { onLookAround: () => void }) {
  return (
    <p className="signin-switch">
      <button type="button" className="link" onClick={onLookAround}>
        Look at public channels without an account
      </button>
    </p>
  );
}

function NoAccounts(props: { farewell: Farewell | undefined; onLookAround: () => void }) {
  return (
    <main className="signin">
      <section className="signin-card" aria-labelledby="signin-title">
        <img src="/parley.svg" alt="" width="44" height="44" />
        <h1 id="signin-title">No accounts here</h1>
        {props.farewell && <p role="alert">{props.farewell.says}</p>}
        <p>
          This Parley belongs to another product and keeps no names and passwords of its own. Sign
          in there, and open the chat from there.
        </p>
        <LookAround onLookAround={props.onLookAround} />
      </section>
    </main>
  );
}

/** After the account was deleted: what was destroyed, for the person to keep. */
function Erased(props: { rest: ParleyRest; says: string; first: ErasureReceipt }) {
  const receipt = useReceipt(props.rest, props.first);
  return (
    <main className="signin">
      <section className="signin-card wide" aria-labelledby="signin-title">
        <h1 id="signin-title">Your account is deleted</h1>
        <p role="status">{props.says}</p>
        <ReceiptView receipt={receipt} />
        <a className="signin-switch" href="/">
          To the beginning
        </a>
      </section>
    </main>
  );
}

const AGAIN_MILLIS = 10_000;

/** The log forgets a little later than the account. */
function useReceipt(rest: ParleyRest, first: ErasureReceipt): ErasureReceipt {
  const [receipt, setReceipt] = useState(first);
  const number = receipt.log.clean ? undefined : receipt.receipt;
  useEffect(() => {
    if (number === undefined) {
      return;
    }
    const timer = setInterval(() => rest.receipt(number).then(setReceipt, () => {}), AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [rest, number]);
  return receipt;
}

function whyNot(failure: unknown, isNew: boolean): string {
  if (failure instanceof ParleyError && failure.code === 'forbidden' && isNew) {
    return 'New accounts are made by the operator of this Parley: ask there.';
  }
  // Of names and passwords the server's own words say what is wrong.
  const isServers = failure instanceof ParleyError && failure.status !== undefined;
  return isServers && failure.code !== 'suspended' ? failure.message : explain(failure);
}

/** Where accounts are switched off there is nothing to log in to: `not_found`. */
function useAccounts(rest: ParleyRest): boolean {
  const [hasAccounts, setHasAccounts] = useState(true);
  useEffect(() => {
    let current = true;
    rest.hasAccounts().then(
      (has) => current && setHasAccounts(has),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [rest]);
  return hasAccounts;
}
