import { Fragment, useCallback, useMemo } from 'react';
import type { InboxItem, Message } from '../../client';
import type { Attached } from '../composer/Attached';
import { Icon } from '../shell/Icon';
import { useCell } from '../state/cell';
import { type Chat, hasReceipts } from '../state/chat';
import type { Timeline } from '../state/timeline';
import { dayName } from '../text/moment';
import { MessageRow } from './MessageRow';
import { PendingRow } from './PendingRow';
import { Receipt } from './Receipt';
import { rowsOf } from './rows';
import { useScroll } from './useScroll';

interface Props {
  chat: Chat;
  timeline: Timeline;
  item: InboxItem | undefined;
  /** The id of the message that is being edited. */
  editing: string | undefined;
  onEditing: (id: string | undefined) => void;
  onAttach: (message: Message, as: Attached['as']) => void;
  onThread: (root: string) => void;
}

export function TimelineView(props: Props) {
  const { chat, timeline, item, editing, onEditing, onAttach, onThread } = props;
  const state = useCell(timeline.state);
  const pending = useCell(chat.pendings.all);
  const mine = pending.filter(
    (message) => message.conversation === timeline.conversation && !message.content.thread,
  );
  const onEnd = useCallback(() => chat.markSeen(), [chat]);
  const { scroller, onScroll, atEnd, toEnd } = useScroll(timeline, state, onEnd);
  const rows = useMemo(() => rowsOf(state.window.messages), [state.window.messages]);
  const mayWrite = item?.role != null && item.role !== 'read_only';
  const last = state.window.hasAfter ? undefined : state.window.messages.at(-1);
  const receipted =
    item && hasReceipts(item) && last?.author === chat.me.id && mine.length === 0
      ? last
      : undefined;
  const onJump = useCallback((seq: number) => void timeline.show(seq), [timeline]);

  return (
    <div className="timeline">
      <div
        ref={scroller}
        className="timeline-scroll"
        role="log"
        aria-label="Messages"
        aria-busy={state.phase === 'loading'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: history is scrolled by keyboard too
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className="timeline-content">
          <Beginning state={state.phase} error={state.error} hasBefore={state.window.hasBefore} />
          {rows.map(({ message, isNewDay, isContinued }) => (
            <Fragment key={message.id}>
              {isNewDay && <Day at={message.at} />}
              <MessageRow
                chat={chat}
                item={item}
                timeline={timeline}
                message={message}
                isContinued={isContinued}
                isFocus={state.focus.seq === message.seq}
                isEditing={editing === message.id}
                mayWrite={mayWrite}
                onEditing={onEditing}
                onAttach={onAttach}
                onJump={onJump}
                onThread={onThread}
              />
              {item && message === receipted && (
                <Receipt chat={chat} item={item} message={message} />
              )}
            </Fragment>
          ))}
          {!state.window.hasAfter &&
            mine.map((message) => <PendingRow key={message.id} chat={chat} message={message} />)}
        </div>
      </div>
      {!atEnd && state.phase === 'shown' && <ToEnd chat={chat} item={item} onClick={toEnd} />}
    </div>
  );
}

function Beginning(props: { state: string; error: string | undefined; hasBefore: boolean }) {
  if (props.state === 'failed') {
    return <p className="timeline-note">{props.error}</p>;
  }
  if (props.state === 'loading' || props.hasBefore) {
    return <p className="timeline-note">Loading…</p>;
  }
  return <p className="timeline-note">This is where the conversation begins.</p>;
}

function Day({ at }: { at: string }) {
  return (
    <h2 className="day">
      <span>{dayName(at)}</span>
    </h2>
  );
}

function ToEnd(props: { chat: Chat; item: InboxItem | undefined; onClick: () => void }) {
  const { chat, item } = props;
  useCell(chat.counted);
  const news = item?.role ? chat.client.count(item.conversation).unread : 0;
  return (
    <button type="button" className="to-end" onClick={props.onClick}>
      <Icon name="down" />
      {news > 0 ? `${news} new` : 'Latest'}
    </button>
  );
}
