import { type FormEvent, useEffect, useState } from 'react';
import { type ConversationSummary, type Person, type Uuid, uuid7 } from '../../client';
import { PeoplePicker } from '../people/PeoplePicker';
import { Avatar } from '../shell/Avatar';
import { Dialog } from '../shell/Dialog';
import { Icon } from '../shell/Icon';
import { goTo } from '../shell/route';
import type { Chat } from '../state/chat';
import { explain } from '../text/explain';

const WAYS = {
  person: 'Person',
  group: 'Group',
  channels: 'Channels',
  channel: 'New channel',
  space: 'New space',
};
type Way = keyof typeof WAYS;

const TYPING_MILLIS = 150;

/** Starting to talk: with one person, in a group, or in a channel. */
export function StartDialog({ chat, onClose }: { chat: Chat; onClose: () => void }) {
  const [way, setWay] = useState<Way>(chat.isGuest ? 'channels' : 'person');
  const [error, setError] = useState<string>();
  const enter = async (conversation: Promise<Uuid> | Uuid) => {
    try {
      goTo(await conversation);
      onClose();
    } catch (failure) {
      setError(explain(failure));
    }
  };
  return (
    <Dialog title="Start talking" onClose={onClose}>
      <div className="tabs" role="tablist" aria-label="What to start">
        {(chat.isGuest ? (['channels'] as Way[]) : (Object.keys(WAYS) as Way[])).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === way}
            onClick={() => setWay(each)}
          >
            {WAYS[each]}
          </button>
        ))}
      </div>
      <div className="dialog-body" role="tabpanel" aria-label={WAYS[way]}>
        {way === 'person' && (
          <PeoplePicker
            chat={chat}
            label="Find a person"
            without={new Set()}
            onPick={(person) => void enter(chat.startDirect(person))}
          />
        )}
        {way === 'group' && (
          <NewGroup
            chat={chat}
            onCreate={(title, people) => void enter(chat.createGroup(title, people))}
          />
        )}
        {way === 'channels' && <Directory chat={chat} onPick={(id) => void enter(id)} />}
        {(way === 'channel' || way === 'space') && (
          <NewChannel
            kind={way}
            onCreate={(title, topic) =>
              void enter(chat.create({ kind: way, conversation: uuid7(), title, topic }))
            }
          />
        )}
      </div>
      <p className="form-error" role="alert">
        {error}
      </p>
    </Dialog>
  );
}

function NewGroup(props: { chat: Chat; onCreate: (title: string, people: Person[]) => void }) {
  const [title, setTitle] = useState('');
  const [people, setPeople] = useState<Person[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onCreate(title.trim(), people);
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>Name of the group</span>
        <input
          value={title}
          maxLength={250}
          required
          onChange={(event) => setTitle(event.target.value)}
        />
      </label>
      <PeoplePicker
        chat={props.chat}
        label="Add people"
        without={new Set([props.chat.me.id, ...people.map((person) => person.id)])}
        onPick={(person) => setPeople([...people, person])}
      />
      {people.length > 0 && (
        <ul className="chips" aria-label="People in the group">
          {people.map((person) => (
            <li key={person.id}>
              {person.display_name}
              <button
                type="button"
                aria-label={`Without ${person.display_name}`}
                onClick={() => setPeople(people.filter((other) => other !== person))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="submit" className="primary" disabled={title.trim() === ''}>
        Create group
      </button>
    </form>
  );
}

function NewChannel(props: {
  kind: 'channel' | 'space';
  onCreate: (title: string, topic: string) => void;
}) {
  const { kind } = props;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    props.onCreate(String(form.get('title')).trim(), String(form.get('topic')).trim());
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>Name of the {kind}</span>
        <input name="title" maxLength={250} required pattern=".*\S.*" />
      </label>
      <label className="field">
        <span>What it is about</span>
        <input name="topic" maxLength={250} />
      </label>
      <p className="hint">
        {kind === 'channel'
          ? 'Everybody here can find a channel, read it and join it.'
          : 'A space holds channels, so that a group of people has them in one place.'}
      </p>
      <button type="submit" className="primary">
        Create {kind}
      </button>
    </form>
  );
}

function Directory({ chat, onPick }: { chat: Chat; onPick: (conversation: Uuid) => void }) {
  const [text, setText] = useState('');
  const [channels, setChannels] = useState<ConversationSummary[]>();
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const found = await chat.rest.directory(text.trim()).catch(() => []);
      if (current) {
        setChannels(found);
      }
    }, TYPING_MILLIS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [chat, text]);
  return (
    <div className="picker">
      <label className="field">
        <span>Find a channel</span>
        <input
          type="search"
          value={text}
          placeholder="All channels"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <ul className="choices" aria-label="Channels found">
        {channels?.map((channel) => (
          <li key={channel.conversation}>
            <button type="button" className="choice" onClick={() => onPick(channel.conversation)}>
              <Avatar id={channel.conversation} name={channel.title ?? ''} sign="#" />
              <span className="choice-title">{channel.title}</span>
              <span className="choice-note">
                {channel.members_count} {channel.members_count === 1 ? 'member' : 'members'}
                {channel.topic && ` · ${channel.topic}`}
              </span>
            </button>
          </li>
        ))}
        {channels?.length === 0 && <li className="choices-none">No channel of that name.</li>}
      </ul>
    </div>
  );
}
