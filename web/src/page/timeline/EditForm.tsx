import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { Message } from '../../client';
import type { Chat } from '../state/chat';
import { explain } from '../text/explain';

export function EditForm(props: { chat: Chat; message: Message; onDone: () => void }) {
  const { chat, message } = props;
  const [text, setText] = useState(chat.edits.get(message.id) ?? message.text);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const type = (typed: string) => {
    setText(typed);
    chat.edits.set(message.id, typed);
  };
  const onDone = () => {
    chat.edits.delete(message.id);
    props.onDone();
  };
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === '' || text === message.text) {
      onDone();
      return;
    }
    setBusy(true);
    try {
      const { conversation, id, mentions, attachments } = message;
      await chat.command('edit', {
        conversation,
        message_id: id,
        text,
        mentions,
        ...(attachments?.length ? { attachments } : {}),
      });
      onDone();
    } catch (failure) {
      setBusy(false);
      setError(explain(failure));
    }
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      onDone();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <form className="edit" onSubmit={save}>
      <textarea
        aria-label="Edit the message"
        value={text}
        rows={Math.min(8, text.split('\n').length)}
        disabled={busy}
        // biome-ignore lint/a11y/noAutofocus: editing was asked for
        autoFocus
        onFocus={(event) => event.target.setSelectionRange(text.length, text.length)}
        onChange={(event) => type(event.target.value)}
        onKeyDown={pressed}
      />
      <div className="edit-foot">
        <button type="submit" className="link" disabled={busy}>
          Save
        </button>
        <button type="button" className="link" onClick={onDone}>
          Cancel
        </button>
        {error && (
          <span className="form-error" role="alert">
            {error}
          </span>
        )}
      </div>
    </form>
  );
}
