import { useCallback, useEffect, useState } from 'react';
import { type InboxItem, isMuted, type Member } from '../../client';
import { Avatar } from '../shell/Avatar';
import { Icon } from '../shell/Icon';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { usePresence } from '../state/live';
import { usePerson } from '../state/people';
import { explain } from '../text/explain';
import { full } from '../text/moment';
import { hasMenu, MemberMenu } from './MemberMenu';
import { PeoplePicker } from './PeoplePicker';
import { mayModerate, ranksAbove, roleName } from './roles';

const PAGE = 100;

export function MembersPanel(props: { chat: Chat; item: InboxItem; onClose: () => void }) {
  const { chat, item, onClose } = props;
  const { members, more } = useMembers(chat, item);
  const [error, setError] = useState<string>();
  const attempt = (doing: Promise<unknown>) =>
    doing.then(() => setError(undefined)).catch((failure) => setError(explain(failure)));
  const isOpenToAll = item.kind !== 'self' && item.kind !== 'direct';

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
            item={item}
            member={member}
            onRemove={
              isOpenToAll && mayRemove(chat, item, member)
                ? () =>
                    void attempt(
                      chat.command('remove', {
                        conversation: item.conversation,
                        user: member.user,
                      }),
                    )
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
    </aside>
  );
}

function mayRemove(chat: Chat, item: InboxItem, member: Member): boolean {
  const isAbove = item.role === 'owner' || ranksAbove(item.role, member.role);
  return mayModerate(item.role) && isAbove && member.user !== chat.me.id;
}

function MemberRow(props: {
  chat: Chat;
  item: InboxItem;
  member: Member;
  onRemove: (() => void) | undefined;
}) {
  const { chat, item, member, onRemove } = props;
  const [open, setOpen] = useState(false);
  const presence = usePresence(chat, member.user);
  const muted = isMuted(member.muted_until, Date.now());
  const person = usePerson(chat.people, member.user);
  const name = person?.display_name ?? '…';
  return (
    <li className="member">
      <Avatar id={member.user} name={name} online={presence?.online === true} />
      <span
        className="choice-title"
        title={presence?.last_seen ? `Last seen ${full(presence.last_seen)}` : undefined}
      >
        <button type="button" className="author" onClick={() => chat.profile.set(member.user)}>
          {name}
          <span className="hidden">: profile</span>
        </button>
        {presence?.online && <span className="hidden"> (online)</span>}
      </span>
      <span className="choice-note">
        {member.role === 'member' ? person && `@${person.name}` : roleName(member.role)}
        {muted && ' · muted'}
      </span>
      {hasMenu(chat, item, member) && (
        <button
          type="button"
          className="tool"
          aria-expanded={open}
          aria-label={`More about ${name}`}
          onClick={() => setOpen(!open)}
        >
          <Icon name="more" />
        </button>
      )}
      {onRemove && (
        <button type="button" className="tool" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Icon name="close" />
        </button>
      )}
      {open && (
        <MemberMenu
          chat={chat}
          item={item}
          member={member}
          name={name}
          onDone={() => setOpen(false)}
        />
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
  const last = useCell(chat.lastEvent);
  const version = last?.type.startsWith('member.') ? last.seq : undefined;

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
  }, [read, members_count, item.role, version]);

  const end = members.at(-1)?.user;
  return { members, more: hasMore ? () => void read(end, undefined) : undefined };
}
