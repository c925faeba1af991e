import { type FormEvent, useState } from 'react';
import type { Message } from '../../client';
import type { Chat } from '../state/chat';

const COMMON = ['👍', '❤️', '😂', '🎉', '👀', '🙏', '✅', '🚀'];

export function react(chat: Chat, message: Message, emoji: string): void {
  const mine = message.reactions?.some((each) => each.emoji === emoji && each.me) ?? false;
  const { conversation, id } = message;
  void chat.run(mine ? 'unreact' : 'react', { conversation, message_id: id, emoji });
}

export function Reactions(props: { chat: Chat; message: Message; mayReact: boolean }) {
  const { chat, message, mayReact } = props;
  const { reactions = [] } = message;
  return reactions.length === 0 ? null : (
    <ul className="reactions" aria-label="Reactions">
      {reactions.map(({ emoji, count, me }) => (
        <li key={emoji}>
          <button
            type="button"
            aria-pressed={me}
            aria-label={`${emoji}, ${count}`}
            disabled={!mayReact}
            onClick={() => react(chat, message, emoji)}
          >
            {emoji} <span>{count}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The common ones, and a field for any other. */
export function ReactionPicker(props: { onPick: (emoji: string) => void; onClose: () => void }) {
  const { onPick, onClose } = props;
  const [other, setOther] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (other.trim() !== '') {
      onPick(other.trim());
    }
  };
  return (
    <fieldset
      className="reaction-picker"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <legend className="hidden">Reactions to choose from</legend>
      {COMMON.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={`React ${emoji}`}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </button>
      ))}
      <form onSubmit={submit}>
        <input
          aria-label="Another emoji"
          placeholder="other"
          maxLength={16}
          value={other}
          onChange={(event) => setOther(event.target.value)}
        />
      </form>
    </fieldset>
  );
}
