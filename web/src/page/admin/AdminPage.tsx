import { useState } from 'react';
import type { AdminPerson } from '../../client';
import { PageHead } from '../shell/PageHead';
import type { Chat } from '../state/chat';
import { Conversations } from './Conversations';
import { NewAccount } from './NewAccount';
import { People } from './People';
import { PersonPage } from './PersonPage';

const TABS = { people: 'People and bots', add: 'Add', conversations: 'Conversations' };
type Tab = keyof typeof TABS;

/** The accounts of this Parley. Only admins come here; the server asks again at each call. */
export function AdminPage({ chat }: { chat: Chat }) {
  const [tab, setTab] = useState<Tab>('people');
  const [person, setPerson] = useState<AdminPerson>();
  if (!chat.isAdmin) {
    return (
      <section className="page" aria-label="Administration">
        <PageHead title="Administration" />
        <p className="page-body">This is for admins of this Parley.</p>
      </section>
    );
  }
  const open = (which: Tab) => {
    setPerson(undefined);
    setTab(which);
  };
  return (
    <section className="page" aria-label="Administration">
      <PageHead title="Administration" />
      <div className="tabs" role="tablist" aria-label="Administration">
        {(Object.keys(TABS) as Tab[]).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === tab}
            onClick={() => open(each)}
          >
            {TABS[each]}
          </button>
        ))}
      </div>
      <div className="page-body" role="tabpanel" aria-label={TABS[tab]}>
        {person !== undefined && (
          <PersonPage key={person.id} chat={chat} person={person} onBack={() => open('people')} />
        )}
        {person === undefined && tab === 'people' && <People chat={chat} onOpen={setPerson} />}
        {person === undefined && tab === 'add' && <NewAccount chat={chat} onMade={setPerson} />}
        {person === undefined && tab === 'conversations' && <Conversations chat={chat} />}
      </div>
    </section>
  );
}
