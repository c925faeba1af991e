import { useCallback, useEffect, useState } from 'react';
import type { InboxItem, Message, Uuid } from '../../client';
import type { Attached } from '../composer/Attached';
import { Composer } from '../composer/Composer';
import { PanelFrame } from '../shell/Panel';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import type { Timeline } from '../state/timeline';
import { MessageRow } from '../timeline/MessageRow';
import { PendingRow } from '../timeline/PendingRow';
import { TypingLine } from '../timeline/TypingLine';
import { useThread } from './useThread';

interface Props {
  chat: Chat;
  timeline: Timeline;
  item: InboxItem;
  root: Uuid;
  closed: string | undefined;
  onClose: () => void;
}

/** One message and what was answered to it. */
export function ThreadPanel({ chat, timeline, item, root, closed, onClose }: Props) {
  const rows = useThread(chat, item.conversation, root);
  const [editing, setEditing] = useState<string>();
  const [answering, setAnswering] = useState<Attached>();
  const pending = useCell(chat.pendings.all).filter((each) => each.content.thread === root);
  const answer = useCallback(
    (message: Message, as: Attached['as']) => setAnswering({ message, as }),
    [],
  );
  const last = rows.at(-1);
  useEffect(() => {
    if (last !== undefined && item.role !== null && last.id !== root) {
      chat.client.read(item.conversation, last.seq, root);
      timeline.threadRead(root);
    }
  }, [chat, item.conversation, item.role, timeline, root, last]);
  return (
    <PanelFrame title="Thread" onClose={onClose}>
      <div className="thread" role="log" aria-label="Thread">
        {rows.map((message) => (
          <MessageRow
            key={message.id}
            chat={chat}
            item={item}
            timeline={timeline}
            message={message}
            isContinued={false}
            isFocus={false}
            isEditing={editing === message.id}
            mayWrite={closed === undefined && item.role !== null}
            onEditing={setEditing}
            onAttach={answer}
            onJump={() => {}}
          />
        ))}
        {pending.map((message) => (
          <PendingRow key={message.id} chat={chat} message={message} />
        ))}
      </div>
      <TypingLine chat={chat} conversation={item.conversation} thread={root} />
      {item.role !== null && (
        <Composer
          chat={chat}
          conversation={item.conversation}
          title="the thread"
          closed={closed}
          thread={root}
          attached={answering}
          onDetach={() => setAnswering(undefined)}
          onEditLast={() => setEditing(rows.filter((row) => row.author === chat.me.id).at(-1)?.id)}
        />
      )}
    </PanelFrame>
  );
}
