import { useCallback, useState } from 'react';
import type { InboxItem, Message } from '../../client';
import type { Attached } from '../composer/Attached';
import { Composer } from '../composer/Composer';
import { SpaceView } from '../space/SpaceView';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import type { Timeline } from '../state/timeline';
import { explain } from '../text/explain';
import { TimelineView } from '../timeline/TimelineView';
import { TypingLine } from '../timeline/TypingLine';
import { whyClosed } from './closed';
import { Icon, type IconName } from './Icon';
import { goTo } from './route';
import type { Panel } from './Shell';
import { Subtitle } from './Subtitle';
import { useTitle } from './titles';

interface Props {
  chat: Chat;
  timeline: Timeline;
  item: InboxItem | undefined;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  onThread: (root: string) => void;
  onSignIn: () => void;
}

export function Conversation(props: Props) {
  const { chat, timeline, item, panel, onPanel, onThread } = props;
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
          <p>{item && <Subtitle chat={chat} item={item} />}</p>
        </div>
        <HeadTool icon="search" label="Search messages" of="search" {...{ panel, onPanel }} />
        {item && item.kind !== 'space' && (
          <>
            <HeadTool icon="pin" label="Pinned messages" of="pins" {...{ panel, onPanel }} />
            {!chat.isGuest && (
              <HeadTool icon="thread" label="My threads" of="threads" {...{ panel, onPanel }} />
            )}
          </>
        )}
        {item && item.kind !== 'self' && (
          <HeadTool icon="people" label="Members" of="members" {...{ panel, onPanel }} />
        )}
        {item && !chat.isGuest && (
          <HeadTool icon="info" label="Details" of="details" {...{ panel, onPanel }} />
        )}
      </header>
      {item?.kind === 'space' ? (
        <SpaceView chat={chat} item={item} />
      ) : (
        <>
          <TimelineView
            chat={chat}
            timeline={timeline}
            item={item}
            editing={editing}
            onEditing={setEditing}
            onAttach={attach}
            onThread={onThread}
          />
          <TypingLine chat={chat} conversation={timeline.conversation} />
        </>
      )}
      {item?.kind !== 'space' && (item === undefined || item.role !== null) && !chat.isGuest && (
        <Composer
          chat={chat}
          conversation={timeline.conversation}
          title={title}
          closed={whyClosed(item)}
          attached={attached}
          onDetach={() => setAttached(undefined)}
          onEditLast={() => setEditing(myLast(chat, timeline))}
        />
      )}
      {item && item.role === null && !chat.isGuest && <JoinBar chat={chat} item={item} />}
      {chat.isGuest && <GuestBar onSignIn={props.onSignIn} />}
    </section>
  );
}

function HeadTool(props: {
  icon: IconName;
  label: string;
  of: Panel;
  panel: Panel;
  onPanel: (panel: Panel) => void;
}) {
  return (
    <button
      type="button"
      className="tool"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.panel === props.of}
      onClick={() => props.onPanel(props.of)}
    >
      <Icon name={props.icon} />
    </button>
  );
}

function GuestBar({ onSignIn }: { onSignIn: () => void }) {
  return (
    <div className="join-bar">
      <p>You are reading as a guest. Sign in to write.</p>
      <button type="button" className="primary" onClick={onSignIn}>
        Sign in
      </button>
    </div>
  );
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
    chat
      .command('join', { conversation: item.conversation })
      .catch((failure) => setError(explain(failure)));
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
