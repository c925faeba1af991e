import { type ChangeEvent, type FormEvent, useState } from 'react';
import { type InboxItem, isMuted } from '../../client';
import { mayAdminister } from '../people/roles';
import { PanelFrame } from '../shell/Panel';
import { goTo } from '../shell/route';
import { Sure } from '../shell/Sure';
import type { Chat } from '../state/chat';
import { Bans } from './Bans';

interface Props {
  chat: Chat;
  item: InboxItem;
  onClose: () => void;
}

const HOUR = 3_600;

/** What a conversation is, for all and for me. */
export function DetailsPanel({ chat, item, onClose }: Props) {
  const isMember = item.role !== null;
  const isShared = item.kind !== 'self' && item.kind !== 'direct';
  return (
    <PanelFrame title="Details" onClose={onClose}>
      {isMember && <Mine chat={chat} item={item} />}
      {isShared && mayAdminister(item.role) && <Change chat={chat} item={item} />}
      {isShared && !mayAdminister(item.role) && <p className="hint">{item.topic}</p>}
      {isShared && isMember && item.role !== 'member' && item.role !== 'read_only' && (
        <Bans chat={chat} item={item} />
      )}
      {isShared && isMember && <Leave chat={chat} item={item} onLeft={onClose} />}
    </PanelFrame>
  );
}

function Mine({ chat, item }: { chat: Chat; item: InboxItem }) {
  const { conversation, settings = {} } = item;
  const muted = isMuted(settings.muted_until, Date.now());
  return (
    <section className="form" aria-label="For me">
      <h3>For me</h3>
      <label className="check">
        <input
          type="checkbox"
          checked={settings.pinned ?? false}
          onChange={(event) => chat.settings({ conversation, pinned: event.target.checked })}
        />
        On top of my list
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={settings.archived ?? false}
          onChange={(event) => chat.settings({ conversation, archived: event.target.checked })}
        />
        In my archive
      </label>
      <label className="field">
        <span>Mute</span>
        <select
          value={muted ? (settings.muted_until === 'forever' ? -1 : 1) : 0}
          onChange={(event) =>
            chat.settings({ conversation, muted_for_seconds: Number(event.target.value) })
          }
        >
          <option value={0}>Not muted</option>
          {muted && settings.muted_until !== 'forever' && <option value={1}>For a time</option>}
          <option value={HOUR}>For an hour</option>
          <option value={8 * HOUR}>For eight hours</option>
          <option value={-1}>For ever</option>
        </select>
      </label>
    </section>
  );
}

function Change({ chat, item }: { chat: Chat; item: InboxItem }) {
  const { conversation } = item;
  const title = useField(item.title ?? '');
  const topic = useField(item.topic ?? '');
  const avatar = useField(item.avatar ?? '');
  const slow = useField(String(item.slow_mode_seconds ?? 0));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = {
      ...title.changed((text) => ({ title: text })),
      ...topic.changed((text) => ({ topic: text })),
      ...avatar.changed((text) => ({ avatar: text })),
      ...slow.changed((text) => ({ slow_mode_seconds: Number(text) })),
    };
    void chat.run('change', { conversation, ...change });
  };
  return (
    <form className="form" onSubmit={submit} aria-label="For all">
      <h3>For all</h3>
      <label className="field">
        <span>Title</span>
        <input {...title.shown} required maxLength={250} />
      </label>
      <label className="field">
        <span>Topic</span>
        <input {...topic.shown} maxLength={250} />
      </label>
      <label className="field">
        <span>Avatar: an emoji, or an address</span>
        <input {...avatar.shown} maxLength={250} />
      </label>
      {item.kind !== 'space' && (
        <label className="field">
          <span>Slow mode: seconds between two messages</span>
          <input {...slow.shown} type="number" min={0} max={86_400} />
        </label>
      )}
      <button type="submit" className="primary">
        Save
      </button>
      <button
        type="button"
        className="secondary"
        onClick={() => void chat.run('archive', { conversation, archived: !item.archived })}
      >
        {item.archived ? 'Take out of the archive' : 'Archive for all'}
      </button>
    </form>
  );
}

/**
 * A field of what others change, too: it follows them, until something is typed here. That stays
 * until it holds for all.
 */
function useField(actual: string) {
  const [typed, setTyped] = useState<string>();
  if (typed === actual) {
    setTyped(undefined);
  }
  const text = (typed ?? actual).trim();
  return {
    shown: {
      value: typed ?? actual,
      onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.target.value),
    },
    /** What it adds to the change, if anything. It is shown as it is sent until all have it. */
    changed<T>(change: (text: string) => T): T | undefined {
      setTyped(text);
      return text === actual ? undefined : change(text);
    },
  };
}

function Leave(props: { chat: Chat; item: InboxItem; onLeft: () => void }) {
  const { chat, item, onLeft } = props;
  const leave = async () => {
    if (await chat.run('leave', { conversation: item.conversation })) {
      onLeft();
      goTo(undefined);
    }
  };
  return (
    <Sure
      label={`Leave this ${item.kind}`}
      question={
        item.kind === 'channel'
          ? 'You can join again whenever you like.'
          : 'Only who is in it can let you in again.'
      }
      className="secondary danger"
      onYes={() => void leave()}
    />
  );
}
