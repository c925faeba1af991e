import type { InboxItem } from '../../client';
import type { Chat } from '../state/chat';
import { useOnScreen, usePresence } from '../state/live';
import { briefWithTime } from '../text/moment';

/** Who is there, and what it is about. */
export function Subtitle({ chat, item }: { chat: Chat; item: InboxItem }) {
  switch (item.kind) {
    case 'self':
      return 'Only you read this';
    case 'direct':
      return <LastSeen chat={chat} item={item} />;
    case 'group':
    case 'channel':
    case 'space':
      return <Crowd chat={chat} item={item} />;
  }
}

function LastSeen({ chat, item }: { chat: Chat; item: InboxItem }) {
  const presence = usePresence(chat, item.peer);
  if (presence?.online) {
    return 'Online';
  }
  return presence?.last_seen
    ? `Last seen ${briefWithTime(presence.last_seen)}`
    : 'Direct conversation';
}

function Crowd({ chat, item }: { chat: Chat; item: InboxItem }) {
  const here = useOnScreen(chat, item.conversation);
  const guests = here?.guests
    ? ` and ${here.guests} ${here.guests === 1 ? 'guest' : 'guests'}`
    : '';
  return [
    `${item.members_count} ${item.members_count === 1 ? 'member' : 'members'}`,
    here && `${here.people}${guests} here`,
    item.slow_mode_seconds ? 'slow mode' : undefined,
    item.archived ? 'archived' : undefined,
    item.topic,
  ]
    .filter(Boolean)
    .join(' · ');
}
