import { type ReactNode, useEffect, useState } from 'react';
import type { InboxItem, SearchHit, SearchPage } from '../../client';
import { Icon } from '../shell/Icon';
import { useTitle } from '../shell/titles';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { excerpt } from '../text/excerpt';
import { pieces } from '../text/highlight';
import { briefWithTime, full } from '../text/moment';

interface Props {
  chat: Chat;
  /** The open conversation, to which a search can be limited. */
  item: InboxItem | undefined;
  onJump: (hit: SearchHit) => void;
  onClose: () => void;
}

const TYPING_MILLIS = 250;

export function SearchPanel({ chat, item, onJump, onClose }: Props) {
  const [text, setText] = useState('');
  const [onlyHere, setOnlyHere] = useState(false);
  const here = onlyHere ? item?.conversation : undefined;
  const { page, error, more, again } = useSearch(chat, text.trim(), here);
  return (
    <aside className="panel" aria-label="Search">
      <header className="panel-head">
        <h2>Search</h2>
        <button type="button" className="tool" aria-label="Close search" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <search>
        <form
          className="search-form"
          onSubmit={(event) => {
            event.preventDefault();
            again();
          }}
        >
          <label className="field">
            <span className="hidden">Search messages</span>
            <input
              type="search"
              value={text}
              placeholder="Words to find"
              // biome-ignore lint/a11y/noAutofocus: the panel was opened to type here
              autoFocus
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => event.key === 'Escape' && onClose()}
            />
          </label>
          {item && (
            <label className="check">
              <input
                type="checkbox"
                checked={onlyHere}
                onChange={(event) => setOnlyHere(event.target.checked)}
              />
              Only in this conversation
            </label>
          )}
        </form>
      </search>
      <p className="search-count" role="status">
        {error ?? (page && found(page.total))}
      </p>
      {text === '' && <Hint />}
      <ol className="hits" aria-label="Messages found">
        {page?.hits.map((hit) => (
          <li key={hit.id}>
            <Hit chat={chat} hit={hit} onJump={onJump} />
          </li>
        ))}
        {page?.cursor && (
          <li>
            <button type="button" className="secondary more" onClick={more}>
              Show more
            </button>
          </li>
        )}
      </ol>
    </aside>
  );
}

function Hint() {
  return (
    <p className="hint search-hint">
      Also: <code>"a phrase"</code> <code>from:me</code> <code>mentions:me</code>{' '}
      <code>has:attachment</code> <code>after:2026-11-01</code>
    </p>
  );
}

function found(total: number): string {
  return total === 0 ? 'Nothing found.' : `${total.toLocaleString()} found`;
}

function Hit(props: { chat: Chat; hit: SearchHit; onJump: (hit: SearchHit) => void }) {
  const { chat, hit, onJump } = props;
  const author = usePerson(chat.people, hit.author);
  const title = useTitle(chat.people, useCell(chat.inbox).get(hit.conversation));
  return (
    <button type="button" className="hit" onClick={() => onJump(hit)}>
      <span className="hit-head">
        <strong>{author?.display_name ?? '…'}</strong>
        <span className="hit-where">{title}</span>
        <time dateTime={hit.at} title={full(hit.at)}>
          {briefWithTime(hit.at)}
        </time>
      </span>
      <span className="hit-text">{fragments(hit)}</span>
    </button>
  );
}

function fragments(hit: SearchHit): ReactNode {
  if (hit.highlights.length === 0) {
    return excerpt(hit.text, 200);
  }
  return hit.highlights.map((fragment) => (
    <span key={fragment} className="fragment">
      {pieces(fragment).map((piece) =>
        piece.hit ? <mark key={piece.at}>{piece.text}</mark> : piece.text,
      )}
    </span>
  ));
}

/** Searches while one types; an answer to an older text is dropped. */
function useSearch(chat: Chat, text: string, conversation: string | undefined) {
  const [page, setPage] = useState<SearchPage>();
  const [error, setError] = useState<string>();
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is the same search again
  useEffect(() => {
    if (text === '') {
      setPage(undefined);
      setError(undefined);
      return;
    }
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const answer = await chat.rest.search(text, conversation);
        if (current) {
          setPage(answer);
          setError(undefined);
        }
      } catch (failure) {
        if (current) {
          setError(failure instanceof Error ? failure.message : 'The search did not work.');
        }
      }
    }, TYPING_MILLIS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [chat, text, conversation, round]);

  const more = async () => {
    const cursor = page?.cursor;
    if (cursor) {
      const next = await chat.rest.search(text, conversation, cursor).catch(() => undefined);
      setPage((before) =>
        before === page && before && next
          ? { ...next, hits: [...before.hits, ...next.hits] }
          : before,
      );
    }
  };
  return { page, error, more: () => void more(), again: () => setRound((count) => count + 1) };
}
