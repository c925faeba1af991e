import type { Uuid } from '../../client';
import { Avatar } from '../shell/Avatar';
import { Dialog } from '../shell/Dialog';
import { Outcome } from '../shell/Outcome';
import { goTo } from '../shell/route';
import { useDoing } from '../shell/useDoing';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { isErased, usePerson } from '../state/people';
import { PresenceLine } from './PresenceLine';

/** Somebody else: write to them, or be left alone by them. */
export function PersonDialog(props: { chat: Chat; user: Uuid; onClose: () => void }) {
  const { chat, user, onClose } = props;
  const person = usePerson(chat.people, user);
  const isBlocked = useCell(chat.blocks.users).has(user);
  const { busy, error, done, attempt } = useDoing();
  const name = person?.display_name ?? '…';
  const isMe = user === chat.me.id;
  const isGone = person !== undefined && isErased(person);
  const write = () =>
    void attempt(async () => {
      if (person !== undefined) {
        goTo(await chat.startDirect(person));
        onClose();
      }
    });
  const block = () =>
    void attempt(
      () => (isBlocked ? chat.blocks.unblock(user) : chat.blocks.block(user)),
      isBlocked
        ? `${name} may write to you again.`
        : `${name} is blocked, and is not told. What they write in groups is folded for you.`,
    );
  return (
    <Dialog title={name} small onClose={onClose}>
      <div className="form dialog-body person">
        <div className="person-head">
          <Avatar id={user} name={name} />
          <p>
            {!isGone && person && <strong>@{person.name}</strong>}
            {isGone ? (
              <span className="hint">This account was deleted.</span>
            ) : (
              <PresenceLine chat={chat} user={user} />
            )}
          </p>
        </div>
        {!isMe && !isGone && !chat.isGuest && (
          <div className="person-tools">
            <button type="button" className="primary" disabled={busy} onClick={write}>
              Write to {name}
            </button>
            <button
              type="button"
              className={isBlocked ? 'secondary' : 'secondary danger'}
              aria-pressed={isBlocked}
              disabled={busy}
              onClick={block}
            >
              {isBlocked ? 'Unblock' : 'Block'}
            </button>
          </div>
        )}
        <Outcome error={error} done={done} />
      </div>
    </Dialog>
  );
}
