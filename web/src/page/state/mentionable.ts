import { useEffect, useState } from 'react';
import type { Person, Uuid } from '../../client';
import { useCell } from './cell';
import type { Chat } from './chat';

const MEMBERS = 100;

/** Members who can be mentioned; read when the first @ is typed. */
export function useMentionable(chat: Chat, conversation: Uuid, isWanted: boolean): Person[] {
  const known = useCell(chat.people.known);
  const [members, setMembers] = useState<Uuid[]>();
  const isDue = isWanted && members === undefined;
  useEffect(() => {
    if (isDue) {
      chat.rest.members(conversation, undefined, MEMBERS, chat.client.head(conversation)).then(
        (page) => {
          setMembers(page.map(({ user }) => user));
          for (const { user } of page) {
            chat.people.want(user);
          }
        },
        () => setMembers([]),
      );
    }
  }, [chat, conversation, isDue]);
  return (members ?? []).flatMap((id) => {
    const person = known.get(id);
    return person && id !== chat.me.id ? [person] : [];
  });
}
