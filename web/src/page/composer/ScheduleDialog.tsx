import { type FormEvent, useCallback, useEffect, useState } from 'react';
import type { Scheduled, Uuid } from '../../client';
import { Dialog } from '../shell/Dialog';
import type { Chat } from '../state/chat';
import { excerpt } from '../text/excerpt';
import { explain } from '../text/explain';
import { full } from '../text/moment';

interface Props {
  chat: Chat;
  conversation: Uuid;
  /** Whether there is something to schedule. */
  hasText: boolean;
  onSchedule: (at: string) => Promise<unknown>;
  onClose: () => void;
}

export function ScheduleDialog({ chat, conversation, hasText, onSchedule, onClose }: Props) {
  const { scheduled, read } = useScheduled(chat);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const at = new Date(String(new FormData(event.currentTarget).get('at')));
    try {
      await onSchedule(at.toISOString());
      onClose();
    } catch (failure) {
      setError(explain(failure));
    }
  };
  const cancel = async (message: Uuid) => {
    await chat.run('cancel_schedule', { message_id: message });
    await read();
  };
  return (
    <Dialog title="Send later" onClose={onClose}>
      <form className="form dialog-body" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <span>When</span>
          <input name="at" type="datetime-local" required min={local(new Date())} />
        </label>
        <button type="submit" className="primary" disabled={!hasText}>
          {hasText ? 'Send at that time' : 'Write the message first'}
        </button>
        <ul className="scheduled" aria-label="Messages to be sent later">
          {scheduled.map(({ message, target, text, scheduled_at }) => (
            <li key={message}>
              <span>
                {full(scheduled_at)}
                {target !== conversation && ' · elsewhere'}
              </span>
              <p>{excerpt(text)}</p>
              <button type="button" className="link" onClick={() => void cancel(message)}>
                Cancel
              </button>
            </li>
          ))}
        </ul>
      </form>
      <p className="form-error" role="alert">
        {error}
      </p>
    </Dialog>
  );
}

function useScheduled(chat: Chat) {
  const [scheduled, setScheduled] = useState<Scheduled[]>([]);
  const read = useCallback(
    () => chat.rest.scheduled().then(setScheduled, () => setScheduled([])),
    [chat],
  );
  useEffect(() => void read(), [read]);
  return { scheduled, read };
}

/** As a field of local time wants it. */
function local(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
