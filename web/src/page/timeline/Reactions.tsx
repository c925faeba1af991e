import { type FormEvent, useRef, useState } from 'react';
import type { Message, Uuid } from '../../client';
import { useCell } from '../state/cell';
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
  const [who, ask] = useWho(chat, message);
  return reactions.length === 0 ? null : (
    <ul className="reactions" aria-label="Reactions">
      {reactions.map(({ emoji, count, me }) => (
        <li key={emoji}>
          <button
            type="button"
            aria-pressed={me}
            aria-label={`${emoji}, ${count}`}
            title={who.get(emoji)}
            onPointerEnter={ask}
            onFocus={ask}
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

const NAMES_MAX = 12;

/** The names of who reacted, by emoji; asked for when somebody points at one. */
function useWho(chat: Chat, { conversation, id, reactions }: Message) {
  const known = useCell(chat.people.known);
  const [users, setUsers] = useState<ReadonlyMap<string, readonly Uuid[]>>(new Map());
  const asked = useRef<Message['reactions']>(undefined);
  const ask = () => {
    if (asked.current !== reactions) {
      asked.current = reactions;
      chat.rest.reactions(conversation, id, chat.client.head(conversation)).then(
        (found) => {
          setUsers(new Map(found.map((each) => [each.emoji, each.users])));
          for (const user of found.flatMap((each) => each.users.slice(0, NAMES_MAX))) {
            chat.people.want(user);
          }
        },
        () => {},
      );
    }
  };
  const names = [...users].map(([emoji, all]): [string, string] => {
    const some = all.slice(0, NAMES_MAX).flatMap((user) => known.get(user)?.display_name ?? []);
    const more = all.length > NAMES_MAX ? [`${all.length - NAMES_MAX} more`] : [];
    return [emoji, [...some, ...more].join(', ')];
  });
  return [new Map(names), ask] as const;
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
