import { memo } from 'react';
import { type Count, type InboxItem, isMuted } from '../../client';
import { Avatar } from '../shell/Avatar';
import { Sign } from '../shell/Icon';
import { useTitle } from '../shell/titles';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePresence } from '../state/live';
import { isErased, usePerson } from '../state/people';
import { excerpt } from '../text/excerpt';
import { brief, full } from '../text/moment';

interface Props {
  chat: Chat;
  item: InboxItem;
  isOpen: boolean;
  count: Count;
  draft: string | undefined;
}

export const InboxRow = memo(function InboxRow(props: Props) {
  const { chat, item, isOpen, count, draft } = props;
  const title = useTitle(chat.people, item);
  const presence = usePresence(chat, item.kind === 'direct' ? item.peer : null);
  const muted = isMuted(item.settings?.muted_until, Date.now());
  const isUnread = count.unread > 0;
  const last = item.last_message;
  const sign = item.kind === 'channel' ? { sign: '#' } : {};
  const isHere = presence?.online === true;
  return (
    <li>
      <a
        className="inbox-row"
        href={`#/c/${item.conversation}`}
        aria-current={isOpen ? 'page' : undefined}
        data-unread={isUnread && !muted}
      >
        <Avatar
          id={item.peer ?? item.conversation}
          name={title}
          picture={item.avatar}
          online={isHere}
          {...sign}
        />
        <span className="inbox-title">
          {title}
          {item.settings?.pinned && <Sign name="pin" label="On top" />}
          {muted && <Sign name="muted" label="Muted" />}
        </span>
        {last && (
          <time className="inbox-time" dateTime={last.at} title={full(last.at)}>
            {brief(last.at)}
          </time>
        )}
        <span className="inbox-last">
          {draft && !isOpen ? (
            <>
              <em>Draft:</em> {excerpt(draft, 80)}
            </>
          ) : (
            <LastMessage chat={chat} item={item} />
          )}
        </span>
        {isUnread && <Badge count={count} muted={muted} />}
      </a>
    </li>
  );
});

function Badge({ count, muted }: { count: Count; muted: boolean }) {
  return (
    <span className="badges">
      {count.mentions > 0 && (
        <span className="unread mention">
          @<span className="hidden"> {count.mentions} mentions</span>
        </span>
      )}
      <span className="unread" data-muted={muted}>
        {count.unread > 99 ? '99+' : count.unread}
        <span className="hidden"> unread</span>
      </span>
    </span>
  );
}

function LastMessage({ chat, item }: { chat: Chat; item: InboxItem }) {
  const last = item.last_message;
  const author = usePerson(chat.people, last?.author ?? null);
  const blocked = useCell(chat.blocks.users);
  if (last === null) {
    return item.topic || 'No messages yet';
  }
  if (item.kind !== 'direct' && blocked.has(last.author)) {
    return 'Message of somebody you blocked';
  }
  if (author !== undefined && isErased(author)) {
    return 'Message of a deleted account';
  }
  const text = last.deleted ? 'Message deleted' : excerpt(last.text, 90);
  if (last.author === chat.me.id) {
    return `You: ${text}`;
  }
  return item.kind === 'direct' || author === undefined ? text : `${author.display_name}: ${text}`;
}
