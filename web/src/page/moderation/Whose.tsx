import { useEffect, useState } from 'react';
import type { InboxItem, Uuid } from '../../client';
import { Avatar } from '../shell/Avatar';
import { useTitle } from '../shell/titles';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { briefWithTime, full } from '../text/moment';

/** Who wrote it, where and when. */
export function Whose(props: { chat: Chat; conversation: Uuid; author: Uuid; at: string }) {
  const { chat, conversation, author, at } = props;
  const person = usePerson(chat.people, author);
  const title = useTitle(chat.people, useItem(chat, conversation));
  const name = person?.display_name ?? '…';
  return (
    <header className="case-head">
      <Avatar id={author} name={name} />
      <button type="button" className="author" onClick={() => chat.profile.set(author)}>
        <strong>{name}</strong>
        <span className="hidden">: profile</span>
      </button>
      <span className="case-where">
        in <a href={`#/c/${conversation}`}>{title || 'a conversation'}</a>
      </span>
      <time dateTime={at} title={full(at)}>
        {briefWithTime(at)}
      </time>
    </header>
  );
}

/** An admin's queue is of conversations, too, that are not in the inbox. */
function useItem(chat: Chat, conversation: Uuid): InboxItem | undefined {
  const mine = useCell(chat.inbox).get(conversation);
  const [other, setOther] = useState<InboxItem>();
  const isMine = mine !== undefined;
  useEffect(() => {
    let current = true;
    if (!isMine) {
      chat.rest.item(conversation).then(
        (item) => current && setOther(item),
        () => {},
      );
    }
    return () => {
      current = false;
    };
  }, [chat, conversation, isMine]);
  return mine ?? other;
}
