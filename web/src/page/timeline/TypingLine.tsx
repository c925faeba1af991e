import type { Uuid } from '../../client';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { useTyping } from '../state/live';
import { usePerson } from '../state/people';

/** Of fixed height, so that nothing moves when somebody begins to type. */
export function TypingLine(props: { chat: Chat; conversation: Uuid; thread?: Uuid }) {
  const { chat, conversation, thread } = props;
  const blocked = useCell(chat.blocks.users);
  const others = useTyping(chat, conversation, thread).filter(
    (user) => user !== chat.me.id && !blocked.has(user),
  );
  const first = usePerson(chat.people, others[0] ?? null);
  const second = usePerson(chat.people, others[1] ?? null);
  return (
    <p className="typing" aria-live="polite">
      {others.length > 0 && textOf(others.length, first?.display_name, second?.display_name)}
    </p>
  );
}

function textOf(count: number, first = 'Somebody', second = 'somebody'): string {
  switch (count) {
    case 1:
      return `${first} is typing…`;
    case 2:
      return `${first} and ${second} are typing…`;
    default:
      return `${count} people are typing…`;
  }
}
