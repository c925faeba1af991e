import { useCallback, useEffect, useState } from 'react';
import type { AdminPerson, ErasureReceipt } from '../../client';
import { ReceiptView } from '../account/ReceiptView';
import { Avatar } from '../shell/Avatar';
import { Icon } from '../shell/Icon';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';
import { isErased } from '../state/people';
import { full } from '../text/moment';
import { EraseForm } from './EraseForm';
import { Keys } from './Keys';
import { PersonSessions } from './PersonSessions';
import { standing } from './standing';

/** One account: what it may, where it is logged in, and its end. */
export function PersonPage(props: { chat: Chat; person: AdminPerson; onBack: () => void }) {
  const { chat, onBack } = props;
  const [person, setPerson] = useState(props.person);
  const { busy, error, done, attempt } = useDoing();
  const isMe = person.id === chat.me.id;
  const isGone = (person.erased ?? false) || isErased(person);
  const receipt = useReceipt(chat, person, isGone);
  const read = useCallback(() => {
    chat.rest.user(props.person.id).then(setPerson, () => {});
  }, [chat, props.person.id]);
  useEffect(read, [read]);

  const change = (what: { suspended?: boolean; admin?: boolean }, says: string) =>
    void attempt(async () => {
      const changed = await chat.rest.changeUser(person.id, what);
      setPerson((before) => ({ ...before, ...what, ...changed }));
    }, says);
  const name = person.display_name || 'Deleted account';
  return (
    <article className="form account" aria-label={name}>
      <button type="button" className="link" onClick={onBack}>
        <Icon name="back" />
        All people
      </button>
      <header className="person-head">
        <Avatar id={person.id} name={name} />
        <h2>{name}</h2>
        <p className="hint">
          {[`@${person.name}`, ...standing(person)].join(' · ')}
          {person.created_at && ` · since ${full(person.created_at)}`}
          <br />
          <code>{person.id}</code>
        </p>
      </header>
      {!isGone && !isMe && (
        <div className="case-tools">
          <button
            type="button"
            className={person.suspended ? 'secondary' : 'secondary danger'}
            disabled={busy}
            onClick={() =>
              person.suspended
                ? change({ suspended: false }, `${name} may log in again.`)
                : change({ suspended: true }, `${name} is suspended, and logged out everywhere.`)
            }
          >
            {person.suspended ? 'End the suspension' : 'Suspend'}
          </button>
          {!person.bot && (
            <button
              type="button"
              className="secondary"
              disabled={busy}
              onClick={() =>
                person.admin
                  ? change({ admin: false }, `${name} is no admin any more.`)
                  : change({ admin: true }, `${name} is an admin from the next login.`)
              }
            >
              {person.admin ? 'Take the admin rights' : 'Make an admin'}
            </button>
          )}
        </div>
      )}
      <Outcome error={error} done={done} />
      {!isGone && person.bot && <Keys chat={chat} bot={person} />}
      {!isGone && !person.bot && <PersonSessions chat={chat} person={person} />}
      {!isGone && !isMe && (
        <EraseForm
          chat={chat}
          person={person}
          onErased={() => {
            setPerson((before) => ({ ...before, erased: true, display_name: '' }));
            read();
          }}
        />
      )}
      {receipt && <ReceiptView receipt={receipt} />}
    </article>
  );
}

const AGAIN_MILLIS = 10_000;

/** Read until the log is clean: the first receipt comes before that. */
function useReceipt(chat: Chat, person: AdminPerson, isGone: boolean) {
  const [receipt, setReceipt] = useState<ErasureReceipt>();
  const isDue = isGone && receipt?.log.clean !== true;
  useEffect(() => {
    if (!isDue) {
      return;
    }
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () =>
      chat.rest
        .erasure(person.id)
        .then((found) => current && setReceipt(found))
        .catch(() => {})
        .finally(() => {
          if (current) {
            timer = setTimeout(() => void read(), AGAIN_MILLIS);
          }
        });
    void read();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [chat, person.id, isDue]);
  return receipt;
}
