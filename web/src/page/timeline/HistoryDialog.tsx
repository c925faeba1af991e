import { useEffect, useState } from 'react';
import type { Message, Revision } from '../../client';
import { Dialog } from '../shell/Dialog';
import type { Chat } from '../state/chat';
import { explain } from '../text/explain';
import { Markdown } from '../text/Markdown';
import { full } from '../text/moment';

/** What a message said before, oldest first. */
export function HistoryDialog(props: { chat: Chat; message: Message; onClose: () => void }) {
  const { chat, message, onClose } = props;
  const [revisions, setRevisions] = useState<Revision[]>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    chat.rest
      .revisions(message.conversation, message.id, chat.client.head(message.conversation))
      .then(setRevisions, (failure) => setError(explain(failure)));
  }, [chat, message]);
  return (
    <Dialog title="Edit history" onClose={onClose}>
      <ol className="revisions dialog-body">
        {revisions?.map((revision) => (
          <li key={revision.revision}>
            <time dateTime={revision.at}>{full(revision.at)}</time>
            <Markdown text={revision.text} />
          </li>
        ))}
      </ol>
      <p className="form-error" role="alert">
        {error}
      </p>
    </Dialog>
  );
}
