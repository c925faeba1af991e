import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { Icon } from './Icon';

/** What went wrong, and what to do; it stays until it is put away or something works. */
export function Notice({ chat }: { chat: Chat }) {
  const notice = useCell(chat.notice);
  return (
    <div className="notice-place" role="alert">
      {notice && (
        <p className="notice">
          {notice}
          <button
            type="button"
            className="tool"
            aria-label="Put the message away"
            onClick={() => chat.notice.set(undefined)}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}
