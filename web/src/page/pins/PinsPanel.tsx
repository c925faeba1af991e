import { useEffect, useState } from 'react';
import type { InboxItem, Message } from '../../client';
import { PanelFrame } from '../shell/Panel';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { excerpt } from '../text/excerpt';
import { briefWithTime } from '../text/moment';

interface Props {
  chat: Chat;
  item: InboxItem;
  which: 'pins' | 'threads';
  onJump: (message: Message) => void;
  onClose: () => void;
}

/** Pinned messages, or the threads that I am in. */
export function PinsPanel({ chat, item, which, onJump, onClose }: Props) {
  const messages = useListed(chat, item, which);
  return (
    <PanelFrame title={which === 'pins' ? 'Pinned' : 'Threads'} onClose={onClose}>
      <ul className="hits" aria-label={which === 'pins' ? 'Pinned messages' : 'My threads'}>
        {messages?.map((message) => (
          <Listed key={message.id} chat={chat} message={message} onClick={() => onJump(message)} />
        ))}
        {messages?.length === 0 && (
          <li className="choices-none">
            {which === 'pins' ? 'Nothing is pinned here.' : 'You are in no thread here.'}
          </li>
        )}
      </ul>
    </PanelFrame>
  );
}

function Listed(props: { chat: Chat; message: Message; onClick: () => void }) {
  const { chat, message, onClick } = props;
  const author = usePerson(chat.people, message.author);
  return (
    <li>
      <button type="button" className="hit" onClick={onClick}>
        <span className="hit-head">
          <strong>{author?.display_name ?? '…'}</strong>
          <span className="hit-where" />
          {(message.replies?.unread ?? 0) > 0 && (
            <span className="unread">{message.replies?.unread} new</span>
          )}
          <time dateTime={message.at}>{briefWithTime(message.at)}</time>
        </span>
        <span className="hit-text">{excerpt(message.text, 200)}</span>
      </button>
    </li>
  );
}

/** Read again with each event that may change the list. */
function useListed(chat: Chat, { conversation }: InboxItem, which: Props['which']) {
  const [messages, setMessages] = useState<Message[]>();
  const last = useCell(chat.lastEvent);
  const isAbout =
    which === 'pins'
      ? last?.type === 'message.pinned' || last?.type === 'message.unpinned'
      : last?.type === 'message.sent' && last.data.thread !== undefined;
  const version = isAbout ? last?.seq : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version reads again
  useEffect(() => {
    let current = true;
    const read = chat.rest[which](conversation, chat.client.head(conversation));
    void chat.attempt(read.then((list) => current && setMessages(list)));
    return () => {
      current = false;
    };
  }, [chat, conversation, which, version]);
  return messages;
}
