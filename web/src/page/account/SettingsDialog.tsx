import { useState } from 'react';
import type { Person } from '../../client';
import { Dialog } from '../shell/Dialog';
import type { Farewell } from '../signin/farewell';
import type { Chat } from '../state/chat';
import { Blocked } from './Blocked';
import { Devices } from './Devices';
import { MyData } from './MyData';
import { Password } from './Password';
import { Profile } from './Profile';

const TABS = {
  profile: 'Profile',
  password: 'Password',
  devices: 'Devices',
  blocked: 'Blocked',
  data: 'My data',
};
type Tab = keyof typeof TABS;

interface Props {
  chat: Chat;
  me: Person;
  onLeave: (farewell: Farewell) => void;
  onClose: () => void;
}

/** Everything about one's own account. */
export function SettingsDialog({ chat, me, onLeave, onClose }: Props) {
  const [tab, setTab] = useState<Tab>('profile');
  // Who came with a token of another issuer has no password and no sessions here.
  const tabs = (Object.keys(TABS) as Tab[]).filter(
    (each) => chat.hasSession || (each !== 'password' && each !== 'devices'),
  );
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="tabs" role="tablist" aria-label="Settings">
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === tab}
            onClick={() => setTab(each)}
          >
            {TABS[each]}
          </button>
        ))}
      </div>
      <div className="dialog-body" role="tabpanel" aria-label={TABS[tab]}>
        {tab === 'profile' && <Profile chat={chat} me={me} />}
        {tab === 'password' && <Password chat={chat} me={me} />}
        {tab === 'devices' && <Devices chat={chat} onLeave={onLeave} />}
        {tab === 'blocked' && <Blocked chat={chat} />}
        {tab === 'data' && <MyData chat={chat} onLeave={onLeave} />}
      </div>
    </Dialog>
  );
}
