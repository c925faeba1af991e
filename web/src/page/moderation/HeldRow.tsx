import type { Held } from '../../client';
import { Outcome } from '../shell/Outcome';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';
import { Markdown } from '../text/Markdown';
import { Whose } from './Whose';

/** A message that a filter held: let through as its author's, or refused. */
export function HeldRow(props: { chat: Chat; held: Held; onDone: () => void }) {
  const { chat, held, onDone } = props;
  const { busy, error, attempt } = useDoing();
  const settle = (release: boolean) =>
    void attempt(() =>
      chat.rest.settleHeld(held.conversation, held.message, held.author, release),
    ).then((done) => done && onDone());
  return (
    <li className="case">
      <Whose chat={chat} conversation={held.conversation} author={held.author} at={held.at} />
      <blockquote>
        <Markdown text={held.text} me={chat.me.name} />
      </blockquote>
      <p className="case-why">
        Held because of: <strong>{whyHeld(held.reason)}</strong>
      </p>
      <div className="case-tools">
        <button type="button" className="primary" disabled={busy} onClick={() => settle(true)}>
          Let it through
        </button>
        <button
          type="button"
          className="secondary danger"
          disabled={busy}
          onClick={() => settle(false)}
        >
          Refuse
        </button>
      </div>
      <Outcome error={error} done={undefined} />
    </li>
  );
}

/** The built-in filter gives this one; a hook has reasons of its own. */
function whyHeld(reason: string): string {
  return reason === 'words' ? 'a word on the list' : reason;
}
