import { useEffect, useState } from 'react';
import type { SearchHit } from '../../client';
import { AdminPage } from '../admin/AdminPage';
import { DetailsPanel } from '../details/DetailsPanel';
import { Sidebar } from '../inbox/Sidebar';
import { ModerationPage } from '../moderation/ModerationPage';
import { MembersPanel } from '../people/MembersPanel';
import { PersonDialog } from '../people/PersonDialog';
import { PinsPanel } from '../pins/PinsPanel';
import { SearchPanel } from '../search/SearchPanel';
import type { Farewell } from '../signin/farewell';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';
import { ThreadPanel } from '../thread/ThreadPanel';
import { ReportDialog } from '../timeline/ReportDialog';
import { Conversation } from './Conversation';
import { whyClosed } from './closed';
import { Notice } from './Notice';
import { goTo, usePlace, useRoute } from './route';

export type Panel = 'members' | 'search' | 'details' | 'pins' | 'threads' | 'thread' | undefined;

/** Where a panel covers the conversation: what was open of one does not hide the next. */
const PHONE = '(max-width: 42rem)';

/** The frame of the page: inbox, conversation, and a panel beside it. On a phone one at a time. */
export function Shell(props: { chat: Chat; onLeave: (farewell?: Farewell) => void }) {
  const { chat, onLeave } = props;
  const route = useRoute();
  const place = usePlace();
  const [panel, setPanel] = useState<Panel>();
  const [thread, setThread] = useState<{ root: string; of: string }>();
  const timeline = useCell(chat.timeline);
  const opened = useCell(chat.opened);
  const profile = useCell(chat.profile);
  const reporting = useCell(chat.reporting);

  useEffect(() => {
    if (window.matchMedia(PHONE).matches) {
      setPanel(undefined);
    }
    if (route === undefined) {
      chat.close();
    } else {
      chat.open(route);
    }
  }, [chat, route]);
  useSearchKey(() => setPanel('search'));

  const jump = (hit: SearchHit) => {
    chat.open(hit.conversation, hit.seq);
    goTo(hit.conversation);
    if (window.matchMedia('(max-width: 60rem)').matches) {
      setPanel(undefined);
    }
  };
  const close = () => setPanel(undefined);
  const openThread = (root: string) => {
    setThread({ root, of: route ?? '' });
    setPanel('thread');
  };
  const toggle = (which: Panel) => setPanel(panel === which ? undefined : which);

  return (
    <div
      className="shell"
      data-conversation={route !== undefined || place !== undefined}
      data-panel={panel ?? 'none'}
    >
      <Sidebar chat={chat} open={route} onSearch={() => toggle('search')} onLeave={onLeave} />
      <main className="stage">
        {place === 'moderation' && <ModerationPage chat={chat} />}
        {place === 'admin' && <AdminPage chat={chat} />}
        {place === undefined && timeline === undefined && <Nothing />}
        {place === undefined && timeline !== undefined && (
          <Conversation
            key={timeline.conversation}
            chat={chat}
            timeline={timeline}
            item={opened}
            panel={panel}
            onPanel={toggle}
            onThread={openThread}
            onSignIn={() => onLeave()}
          />
        )}
      </main>
      {panel === 'search' && (
        <SearchPanel chat={chat} item={opened} onJump={jump} onClose={() => setPanel(undefined)} />
      )}
      {panel === 'members' && opened !== undefined && (
        <MembersPanel key={opened.conversation} chat={chat} item={opened} onClose={close} />
      )}
      {panel === 'details' && opened !== undefined && (
        <DetailsPanel key={opened.conversation} chat={chat} item={opened} onClose={close} />
      )}
      {(panel === 'pins' || panel === 'threads') && opened !== undefined && (
        <PinsPanel
          key={panel + opened.conversation}
          chat={chat}
          item={opened}
          which={panel}
          onJump={(message) =>
            panel === 'pins' ? void timeline?.show(message.seq) : openThread(message.id)
          }
          onClose={close}
        />
      )}
      {panel === 'thread' &&
        thread !== undefined &&
        timeline &&
        opened?.conversation === thread.of && (
          <ThreadPanel
            key={thread.root}
            chat={chat}
            timeline={timeline}
            item={opened}
            root={thread.root}
            closed={whyClosed(opened)}
            onClose={close}
          />
        )}
      {profile !== undefined && (
        <PersonDialog
          key={profile}
          chat={chat}
          user={profile}
          onClose={() => chat.profile.set(undefined)}
        />
      )}
      {reporting !== undefined && (
        <ReportDialog
          key={reporting.id}
          chat={chat}
          message={reporting}
          onClose={() => chat.reporting.set(undefined)}
        />
      )}
      <Notice chat={chat} />
    </div>
  );
}

function Nothing() {
  return (
    <div className="nothing">
      <img src="/parley.svg" alt="" width="56" height="56" />
      <p>Choose a conversation, or start a new one.</p>
    </div>
  );
}

/** Ctrl+K (or Cmd+K) searches from everywhere. */
function useSearchKey(onSearch: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onSearch();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
