import { useCallback, useEffect, useState } from 'react';
import type { InboxItem, Member } from '../../client';
import { Avatar } from '../shell/Avatar';
import { Icon } from '../shell/Icon';
import { goTo } from '../shell/route';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { PeoplePicker } from './PeoplePicker';

const PAGE = 100;

export function MembersPanel(props: { chat: Chat; item: InboxItem; onClose: () => void }) {
  const { chat, item, onClose } = props;
  const { members, more } = useMembers(chat, item);
  const [error, setError] = useState<string>();
  const attempt = (doing: Promise<unknown>) =>
    doing.then(() => setError(undefined)).catch((failure: Error) => setError(failure.message));
  const isOpenToAll = item.kind === 'group' || item.kind === 'channel';
  const mayRemove = item.role === 'owner' || item.role === 'admin';

  return (
    <aside className="panel" aria-label="Members">
      <header className="panel-head">
        <h2>
          Members <span className="count">{item.members_count}</span>
        </h2>
        <button type="button" className="tool" aria-label="Close members" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {isOpenToAll && item.role !== null && (
        <PeoplePicker
          chat={chat}
          label="Invite somebody"
          without={new Set(members.map((member) => member.user))}
          onPick={(person) => void attempt(chat.invite(item.conversation, person))}
        />
      )}
      <p className="form-error" role="alert">
        {error}
      </p>
      <ul className="members" aria-label="Members">
        {members.map((member) => (
          <MemberRow
            key={member.user}
            chat={chat}
            member={member}
            onRemove={
              mayRemove && isOpenToAll && member.user !== chat.me.id
                ? () => void attempt(chat.remove(item.conversation, member.user))
                : undefined
            }
          />
        ))}
        {more && (
          <li>
            <button type="button" className="secondary more" onClick={more}>
              Show more
            </button>
          </li>
        )}
      </ul>
      {isOpenToAll && item.role !== null && (
        <button
          type="button"
          className="secondary danger"
          onClick={() => void attempt(chat.leave(item.conversation).then(() => goTo(undefined)))}
        >
          Leave this {item.kind}
        </button>
      )}
    </aside>
  );
}

function MemberRow(props: { chat: Chat; member: Member; onRemove: (() => void) | undefined }) {
  const { chat, member, onRemove } = props;
  const person = usePerson(chat.people, member.user);
  const name = person?.display_name ?? '…';
  return (
    <li className="member">
      <Avatar id={member.user} name={name} />
      <span className="choice-title">{name}</span>
      <span className="choice-note">
        {member.role === 'member' ? person && `@${person.name}` : member.role.replace('_', '-')}
      </span>
      {onRemove && (
        <button type="button" className="tool" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

/** The members as the view has them, read again whenever the conversation's people change. */
function useMembers(chat: Chat, item: InboxItem) {
  const [members, setMembers] = useState<Member[]>([]);
  const [hasMore, setHasMore] = useState(false);
  const { conversation, members_count } = item;
  const inbox = useCell(chat.inbox);
  const head = inbox.get(conversation)?.head_seq;

  const read = useCallback(
    async (after: string | undefined, atLeast: number | undefined) => {
      const page = await chat.rest.members(conversation, after, PAGE, atLeast).catch(() => []);
      setHasMore(page.length === PAGE);
      setMembers((before) => (after === undefined ? page : [...before, ...page]));
    },
    [chat, conversation],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of people reads again, and then as far as the head
  useEffect(() => {
    void read(undefined, head);
  }, [read, members_count, item.role]);

  const last = members.at(-1)?.user;
  return { members, more: hasMore ? () => void read(last, undefined) : undefined };
}
