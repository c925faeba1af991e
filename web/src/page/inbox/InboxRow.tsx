import { memo } from 'react';
import type { InboxItem } from '../../client';
import { Avatar } from '../shell/Avatar';
import { useTitle } from '../shell/titles';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { excerpt } from '../text/excerpt';
import { brief, full } from '../text/moment';

interface Props {
  chat: Chat;
  item: InboxItem;
  isOpen: boolean;
  unread: number;
}

export const InboxRow = memo(function InboxRow({ chat, item, isOpen, unread }: Props) {
  const title = useTitle(chat.people, item);
  const isUnread = unread > 0 && !isOpen;
  const last = item.last_message;
  const sign = item.kind === 'channel' ? { sign: '#' } : {};
  return (
    <li>
      <a
        className="inbox-row"
        href={`#/c/${item.conversation}`}
        aria-current={isOpen ? 'page' : undefined}
        data-unread={isUnread}
      >
        <Avatar id={item.peer ?? item.conversation} name={title} {...sign} />
        <span className="inbox-title">{title}</span>
        {last && (
          <time className="inbox-time" dateTime={last.at} title={full(last.at)}>
            {brief(last.at)}
          </time>
        )}
        <span className="inbox-last">
          <LastMessage chat={chat} item={item} />
        </span>
        {isUnread && (
          <span className="unread">
            {unread > 99 ? '99+' : unread}
            <span className="hidden"> unread</span>
          </span>
        )}
      </a>
    </li>
  );
});

function LastMessage({ chat, item }: { chat: Chat; item: InboxItem }) {
  const last = item.last_message;
  const author = usePerson(chat.people, last?.author ?? null);
  if (last === null) {
    return item.topic || 'No messages yet';
  }
  const text = last.deleted ? 'Message deleted' : excerpt(last.text, 90);
  if (last.author === chat.me.id) {
    return `You: ${text}`;
  }
  return item.kind === 'direct' || author === undefined ? text : `${author.display_name}: ${text}`;
}
