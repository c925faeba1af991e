import { useCallback, useState } from 'react';
import type { AdminConversation } from '../../client';
import type { Chat } from '../state/chat';
import { briefWithTime } from '../text/moment';
import { usePages } from './usePages';

/** What there is, without what is said in it: an admin reads only where he is a member. */
export function Conversations({ chat }: { chat: Chat }) {
  const [text, setText] = useState('');
  const read = useCallback(
    (q: string, after?: string) => chat.rest.conversations(q, after),
    [chat],
  );
  const { items, error, more } = usePages(read, text.trim());
  return (
    <>
      <label className="field">
        <span>Find a conversation</span>
        <input
          type="search"
          value={text}
          placeholder="Title"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="form-error" role="alert">
        {error}
      </p>
      <div className="table">
        <table aria-busy={items === undefined}>
          <caption className="hidden">Conversations</caption>
          <thead>
            <tr>
              <th scope="col">Title</th>
              <th scope="col">Kind</th>
              <th scope="col">Members</th>
              <th scope="col">Last message</th>
            </tr>
          </thead>
          <tbody>
            {items?.map((conversation) => (
              <Row key={conversation.conversation} {...conversation} />
            ))}
          </tbody>
        </table>
      </div>
      {items?.length === 0 && <p className="choices-none">No conversation of that title.</p>}
      {more && (
        <button type="button" className="secondary more" onClick={more}>
          Show more
        </button>
      )}
    </>
  );
}

function Row(props: AdminConversation) {
  return (
    <tr>
      <th scope="row">
        <span title={props.conversation}>{props.title || '–'}</span>
        {props.archived && <em> archived</em>}
      </th>
      <td>{props.kind}</td>
      <td>{props.members_count}</td>
      <td>{props.last_at ? briefWithTime(props.last_at) : '–'}</td>
    </tr>
  );
}
