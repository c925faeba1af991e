import type { Message } from '../../client';
import { Icon } from '../shell/Icon';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { excerpt } from '../text/excerpt';
import type { Extra } from './Extras';

/** The message that the next one will answer. */
export interface Attached {
  message: Message;
  as: 'reply' | 'thread';
}

/** What is answered, above what is written. */
export function AttachedLine(props: { chat: Chat; attached: Attached; onDetach: () => void }) {
  const { message, as } = props.attached;
  const author = usePerson(props.chat.people, message.author);
  return (
    <p className="attached">
      <Icon name={as} />
      <span>
        Answering <strong>{author?.display_name}</strong>
      </span>
      <span className="quote-text">{excerpt(message.text)}</span>
      <button
        type="button"
        className="tool"
        aria-label="Do not answer this message"
        onClick={props.onDetach}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}

/** What goes with the message besides its text. */
export function ExtraLine({ extra, onClear }: { extra: Extra; onClear: () => void }) {
  const parts = [
    ...extra.attachments.map(({ name }) => name),
    ...(extra.expiresAfterSeconds > 0 ? ['disappears by itself'] : []),
  ];
  return parts.length === 0 ? null : (
    <p className="attached">
      <Icon name="attach" />
      <span className="quote-text">{parts.join(', ')}</span>
      <button type="button" className="tool" aria-label="Without these" onClick={onClear}>
        <Icon name="close" />
      </button>
    </p>
  );
}
