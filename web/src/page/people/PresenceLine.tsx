import type { Uuid } from '../../client';
import type { Chat } from '../state/chat';
import { usePresence } from '../state/live';
import { briefWithTime } from '../text/moment';

export function PresenceLine({ chat, user }: { chat: Chat; user: Uuid }) {
  const presence = usePresence(chat, user);
  if (presence?.online) {
    return <span className="hint">Online</span>;
  }
  return presence?.last_seen ? (
    <span className="hint">Last seen {briefWithTime(presence.last_seen)}</span>
  ) : null;
}
