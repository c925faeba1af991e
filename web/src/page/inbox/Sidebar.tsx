import { useEffect, useState } from 'react';
import type { InboxItem, Uuid } from '../../client';
import { SettingsDialog } from '../account/SettingsDialog';
import { useModerates } from '../moderation/ModerationPage';
import { Avatar } from '../shell/Avatar';
import { ConnectionState } from '../shell/ConnectionState';
import { Icon, type IconName } from '../shell/Icon';
import { type Place, usePlace } from '../shell/route';
import type { Farewell } from '../signin/farewell';
import { StartDialog } from '../start/StartDialog';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { sorted } from '../state/inbox';
import { usePerson } from '../state/people';
import { InboxRow } from './InboxRow';

interface Props {
  chat: Chat;
  open: Uuid | undefined;
  onSearch: () => void;
  onLeave: (farewell?: Farewell) => void;
}

/** Rows shown at once; the rest comes with a button, since few people scroll through hundreds. */
const ROWS = 100;

export function Sidebar({ chat, open, onSearch, onLeave }: Props) {
  const [starting, setStarting] = useState(false);
  return (
    <nav className="sidebar" aria-label="Conversations">
      <header className="sidebar-head">
        <h2>Parley</h2>
        <Total chat={chat} />
        <button type="button" className="tool" aria-label="Search" onClick={onSearch}>
          <Icon name="search" />
        </button>
        <button
          type="button"
          className="tool"
          aria-label="New conversation"
          onClick={() => setStarting(true)}
        >
          <Icon name="plus" />
        </button>
      </header>
      <InboxList chat={chat} open={open} onStart={() => setStarting(true)} />
      <Offices chat={chat} />
      <footer className="sidebar-foot">
        <Me chat={chat} onLeave={onLeave} />
        <button
          type="button"
          className="tool"
          aria-label={chat.isGuest ? 'Sign in' : 'Log out'}
          onClick={() => onLeave()}
        >
          <Icon name="leave" />
        </button>
      </footer>
      {starting && <StartDialog chat={chat} onClose={() => setStarting(false)} />}
    </nav>
  );
}

function InboxList(props: { chat: Chat; open: Uuid | undefined; onStart: () => void }) {
  const { chat, open, onStart } = props;
  const all = sorted(useCell(chat.inbox));
  const [archive, setArchive] = useState(false);
  const inbox = all.filter(
    (item) =>
      (item.settings?.archived ?? false) === archive &&
      (item.conversation === open || isWorthARow(item)),
  );
  const archived = all.some((item) => item.settings?.archived);
  useCell(chat.counted);
  const drafts = useCell(chat.drafts);
  const loaded = useCell(chat.loaded);
  const [rows, setRows] = useState(ROWS);
  if (loaded && all.length === 0) {
    return (
      <div className="inbox-empty">
        <p>{chat.isGuest ? 'You look around as a guest.' : 'No conversations yet.'}</p>
        <button type="button" className="secondary" onClick={onStart}>
          {chat.isGuest ? 'Find public channels' : 'Find people and channels'}
        </button>
      </div>
    );
  }
  return (
    <ul className="inbox" aria-busy={!loaded}>
      {inbox.slice(0, rows).map((item) => (
        <InboxRow
          key={item.conversation}
          chat={chat}
          item={item}
          isOpen={item.conversation === open}
          count={chat.client.count(item.conversation)}
          draft={drafts.get(item.conversation)}
        />
      ))}
      {inbox.length > rows && (
        <li>
          <button type="button" className="secondary more" onClick={() => setRows(rows + ROWS)}>
            Show more
          </button>
        </li>
      )}
      {(archived || archive) && (
        <li>
          <button type="button" className="link archive" onClick={() => setArchive(!archive)}>
            {archive ? 'Back from the archive' : 'Show the archive'}
          </button>
        </li>
      )}
    </ul>
  );
}

/** Doors for those who have a key. */
function Offices({ chat }: { chat: Chat }) {
  const moderates = useModerates(chat);
  const place = usePlace();
  return !moderates && !chat.isAdmin ? null : (
    <ul className="offices" aria-label="Offices">
      {moderates && (
        <Office to="moderation" icon="flag" label="Moderation" isOpen={place === 'moderation'} />
      )}
      {chat.isAdmin && (
        <Office to="admin" icon="shield" label="Administration" isOpen={place === 'admin'} />
      )}
    </ul>
  );
}

function Office(props: { to: Place; icon: IconName; label: string; isOpen: boolean }) {
  return (
    <li>
      <a href={`#/${props.to}`} aria-current={props.isOpen ? 'page' : undefined}>
        <Icon name={props.icon} />
        {props.label}
      </a>
    </li>
  );
}

/** Scheduling a message makes one's notes, also for who never wrote one. */
function isWorthARow({ kind, last_message }: InboxItem): boolean {
  return kind !== 'self' || last_message !== null;
}

function Me({ chat, onLeave }: { chat: Chat; onLeave: (farewell: Farewell) => void }) {
  const me = usePerson(chat.people, chat.me.id) ?? chat.me;
  const [changing, setChanging] = useState(false);
  return (
    <>
      <Avatar id={me.id} name={me.display_name} />
      <div className="sidebar-me">
        {chat.isGuest ? (
          <strong>{me.display_name}</strong>
        ) : (
          <button type="button" title="Settings" onClick={() => setChanging(true)}>
            <strong>{me.display_name}</strong>
            <span className="hidden">: settings</span>
          </button>
        )}
        <ConnectionState chat={chat} />
      </div>
      {changing && (
        <SettingsDialog chat={chat} me={me} onLeave={onLeave} onClose={() => setChanging(false)} />
      )}
    </>
  );
}

/** The tab's own title tells, too. */
function Total({ chat }: { chat: Chat }) {
  useCell(chat.counted);
  const { unread, mentions } = chat.client.totals();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
  }, [unread]);
  return unread === 0 ? null : (
    <span className="unread" title={`${unread} unread, ${mentions} mentions`}>
      {unread > 99 ? '99+' : unread}
      <span className="hidden"> unread in total</span>
    </span>
  );
}
