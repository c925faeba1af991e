import { useCallback, useState } from 'react';
import type { InboxItem, Message } from '../../client';
import { type Attached, Composer } from '../composer/Composer';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import type { Timeline } from '../state/timeline';
import { TimelineView } from '../timeline/TimelineView';
import { Icon } from './Icon';
import { goTo } from './route';
import type { Panel } from './Shell';
import { useTitle } from './titles';

interface Props {
  chat: Chat;
  timeline: Timeline;
  item: InboxItem | undefined;
  panel: Panel;
  onPanel: (panel: Panel) => void;
}

export function Conversation({ chat, timeline, item, panel, onPanel }: Props) {
  const title = useTitle(chat.people, item);
  const [attached, setAttached] = useState<Attached>();
  const [editing, setEditing] = useState<string>();
  const attach = useCallback(
    (message: Message, as: Attached['as']) => setAttached({ message, as }),
    [],
  );

  return (
    <section className="conversation" aria-label={title}>
      <header className="conversation-head">
        <button
          type="button"
          className="tool back"
          aria-label="Back to the conversations"
          onClick={() => goTo(undefined)}
        >
          <Icon name="back" />
        </button>
        <div className="conversation-title">
          <h1>
            {item?.kind === 'channel' && <span className="hash">#</span>}
            {title}
          </h1>
          <p>{item && subtitle(item)}</p>
        </div>
        <button
          type="button"
          className="tool"
          aria-label="Search messages"
          aria-pressed={panel === 'search'}
          onClick={() => onPanel('search')}
        >
          <Icon name="search" />
        </button>
        {item && item.kind !== 'self' && (
          <button
            type="button"
            className="tool"
            aria-label="Members"
            aria-pressed={panel === 'members'}
            onClick={() => onPanel('members')}
          >
            <Icon name="people" />
          </button>
        )}
      </header>
      <TimelineView
        chat={chat}
        timeline={timeline}
        item={item}
        editing={editing}
        onEditing={setEditing}
        onAttach={attach}
      />
      {item === undefined || item.role !== null ? (
        <Composer
          chat={chat}
          conversation={timeline.conversation}
          title={title}
          readOnly={item?.role === 'read_only'}
          attached={attached}
          onDetach={() => setAttached(undefined)}
          onEditLast={() => setEditing(myLast(chat, timeline))}
        />
      ) : (
        <JoinBar chat={chat} item={item} />
      )}
    </section>
  );
}

function subtitle(item: InboxItem): string {
  if (item.kind === 'direct' || item.kind === 'self') {
    return item.kind === 'direct' ? 'Direct conversation' : 'Only you read this';
  }
  const count = `${item.members_count} ${item.members_count === 1 ? 'member' : 'members'}`;
  return item.topic ? `${count} · ${item.topic}` : count;
}

function myLast(chat: Chat, timeline: Timeline): string | undefined {
  const mine = timeline.state
    .get()
    .window.messages.filter((message) => message.author === chat.me.id && !message.deleted);
  return mine.at(-1)?.id;
}

function JoinBar({ chat, item }: { chat: Chat; item: InboxItem }) {
  const [error, setError] = useState<string>();
  const connection = useCell(chat.connection);
  if (item.kind !== 'channel') {
    return <p className="join-bar">You are no longer a member of this conversation.</p>;
  }
  const join = () =>
    chat.join(item.conversation).catch((failure: Error) => setError(failure.message));
  return (
    <div className="join-bar">
      <p>{error ?? 'You are reading this channel as a visitor.'}</p>
      <button
        type="button"
        className="primary"
        disabled={connection.at !== 'live'}
        onClick={() => void join()}
      >
        Join the channel
      </button>
    </div>
  );
}
