import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { type ConversationSummary, type InboxItem, uuid7 } from '../../client';
import { mayModerate } from '../people/roles';
import { Avatar } from '../shell/Avatar';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';

/** A space has no messages: it is the list of its channels. */
export function SpaceView({ chat, item }: { chat: Chat; item: InboxItem }) {
  const { channels, read } = useChannels(chat, item);
  const mayChange = mayModerate(item.role) && !item.archived;
  const { conversation } = item;
  const [title, setTitle] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const made = chat.create({ kind: 'channel', conversation: uuid7(), title: title.trim() });
    const added = made.then((channel) => chat.command('add_channel', { conversation, channel }));
    if (await chat.attempt(added)) {
      // The next name may be there by now.
      setTitle((typed) => (typed === title ? '' : typed));
      await read();
    }
  };
  return (
    <div className="space">
      <ul className="choices" aria-label="Channels of this space">
        {channels?.map((channel) => (
          <li key={channel.conversation}>
            <a className="choice" href={`#/c/${channel.conversation}`}>
              <Avatar
                id={channel.conversation}
                name={channel.title ?? ''}
                sign="#"
                picture={channel.avatar}
              />
              <span className="choice-title">{channel.title}</span>
              <span className="choice-note">
                {channel.members_count} {channel.members_count === 1 ? 'member' : 'members'}
                {channel.topic && ` · ${channel.topic}`}
              </span>
            </a>
            {mayChange && (
              <button
                type="button"
                className="link"
                aria-label={`Take ${channel.title} out of the space`}
                onClick={() =>
                  void chat.run('remove_channel', { conversation, channel: channel.conversation })
                }
              >
                Take out
              </button>
            )}
          </li>
        ))}
        {channels?.length === 0 && <li className="choices-none">No channels yet.</li>}
      </ul>
      {mayChange && (
        <form className="form" onSubmit={(event) => void add(event)}>
          <label className="field">
            <span>Name of a new channel in this space</span>
            <input
              value={title}
              required
              maxLength={250}
              pattern=".*\S.*"
              onChange={(event) => setTitle(event.target.value)}
            />
          </label>
          <button type="submit" className="primary">
            Add the channel
          </button>
        </form>
      )}
    </div>
  );
}

function useChannels(chat: Chat, { conversation }: InboxItem) {
  const [channels, setChannels] = useState<ConversationSummary[]>();
  const last = useCell(chat.lastEvent);
  const isAbout = last?.type === 'space.channel_added' || last?.type === 'space.channel_removed';
  const version = isAbout ? last.seq : undefined;
  const read = useCallback(
    () =>
      chat.rest
        .channels(conversation, chat.client.head(conversation))
        .then(setChannels, () => setChannels([])),
    [chat, conversation],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version reads again
  useEffect(() => void read(), [read, version]);
  return { channels, read };
}
