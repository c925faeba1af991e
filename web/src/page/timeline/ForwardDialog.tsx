import { useState } from 'react';
import { type InboxItem, type Message, uuid7 } from '../../client';
import { Avatar } from '../shell/Avatar';
import { Dialog } from '../shell/Dialog';
import { useTitle } from '../shell/titles';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { sorted } from '../state/inbox';
import { explain } from '../text/explain';

export function ForwardDialog(props: { chat: Chat; message: Message; onClose: () => void }) {
  const { chat, message, onClose } = props;
  const [error, setError] = useState<string>();
  const places = sorted(useCell(chat.inbox)).filter(
    (item) => item.kind !== 'space' && item.role !== 'read_only',
  );
  const forward = async (item: InboxItem) => {
    try {
      await chat.command('forward', {
        conversation: item.conversation,
        message_id: uuid7(),
        from: { conversation: message.conversation, message_id: message.id },
      });
      onClose();
    } catch (failure) {
      setError(explain(failure));
    }
  };
  return (
    <Dialog title="Forward to" onClose={onClose}>
      <ul className="choices dialog-body" aria-label="Conversations">
        {places.map((item) => (
          <Place
            key={item.conversation}
            chat={chat}
            item={item}
            onPick={() => void forward(item)}
          />
        ))}
      </ul>
      <p className="form-error" role="alert">
        {error}
      </p>
    </Dialog>
  );
}

function Place(props: { chat: Chat; item: InboxItem; onPick: () => void }) {
  const { chat, item, onPick } = props;
  const title = useTitle(chat.people, item);
  return (
    <li>
      <button type="button" className="choice" onClick={onPick}>
        <Avatar id={item.peer ?? item.conversation} name={title} />
        <span className="choice-title">{title}</span>
      </button>
    </li>
  );
}
