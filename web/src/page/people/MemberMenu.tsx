import { type InboxItem, isMuted, type Member, type Role } from '../../client';
import { Sure } from '../shell/Sure';
import type { Chat } from '../state/chat';
import { grantable, mayAdminister, mayModerate, ranksAbove, roleName } from './roles';

interface Props {
  chat: Chat;
  item: InboxItem;
  member: Member;
  name: string;
  onDone: () => void;
}

const HOUR = 3_600;

/** What somebody of a higher role can do about a member. */
export function MemberMenu({ chat, item, member, name, onDone }: Props) {
  const { conversation, role } = item;
  const muted = isMuted(member.muted_until, Date.now());
  const of = { conversation, user: member.user };
  const does = (doing: Promise<boolean>) => void doing.then((done) => done && onDone());
  return (
    <fieldset className="member-menu">
      <legend className="hidden">{name}</legend>
      {mayAdminister(role) && (
        <label className="field">
          <span>Role</span>
          <select
            value={member.role}
            onChange={(event) =>
              does(chat.run('role', { ...of, role: event.target.value as Role }))
            }
          >
            {[...new Set([member.role, ...grantable(role)])].map((each) => (
              <option key={each} value={each}>
                {roleName(each)}
              </option>
            ))}
          </select>
        </label>
      )}
      {mayModerate(role) && item.kind !== 'space' && (
        <button
          type="button"
          className="link"
          onClick={() => does(chat.run('mute', { ...of, for_seconds: muted ? 0 : HOUR }))}
        >
          {muted ? 'End the mute' : 'Mute for an hour'}
        </button>
      )}
      <button type="button" className="link danger" onClick={() => does(chat.run('ban', of))}>
        Ban
      </button>
      {role === 'owner' && (
        <Sure
          label="Hand over the ownership"
          question={`${name} will be the owner, and you an admin.`}
          className="link danger"
          onYes={() => does(chat.run('transfer', of))}
        />
      )}
    </fieldset>
  );
}

/** Whether there is anything in it for this member. */
export function hasMenu(chat: Chat, item: InboxItem, member: Member): boolean {
  const mayAct = item.role === 'owner' || ranksAbove(item.role, member.role);
  return member.user !== chat.me.id && mayModerate(item.role) && mayAct;
}
