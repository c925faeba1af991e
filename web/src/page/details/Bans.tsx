import { useEffect, useState } from 'react';
import type { Ban, InboxItem } from '../../client';
import { Avatar } from '../shell/Avatar';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { briefWithTime } from '../text/moment';

export function Bans({ chat, item }: { chat: Chat; item: InboxItem }) {
  const [bans, setBans] = useState<Ban[]>([]);
  const { conversation } = item;
  const last = useCell(chat.lastEvent);
  const isAbout = last?.type === 'member.banned' || last?.type === 'member.unbanned';
  const version = isAbout ? last.seq : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version reads again
  useEffect(() => {
    chat.rest.bans(conversation, chat.client.head(conversation)).then(setBans, () => setBans([]));
  }, [chat, conversation, version]);
  return bans.length === 0 ? null : (
    <section aria-label="Banned">
      <h3>Banned</h3>
      <ul className="members">
        {bans.map((ban) => (
          <BanRow key={ban.user} chat={chat} item={item} ban={ban} />
        ))}
      </ul>
    </section>
  );
}

function BanRow({ chat, item, ban }: { chat: Chat; item: InboxItem; ban: Ban }) {
  const person = usePerson(chat.people, ban.user);
  const { conversation } = item;
  return (
    <li className="member">
      <Avatar id={ban.user} name={person?.display_name ?? ''} />
      <span className="choice-title">{person?.display_name ?? '…'}</span>
      <span className="choice-note">
        {ban.until ? `until ${briefWithTime(ban.until)}` : ban.reason}
      </span>
      <button
        type="button"
        className="link"
        onClick={() => void chat.run('unban', { conversation, user: ban.user })}
      >
        Unban
      </button>
    </li>
  );
}
