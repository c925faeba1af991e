import { type FormEvent, useEffect, useState } from 'react';
import type { Scheduled, Uuid } from '../../client';
import { Dialog } from '../shell/Dialog';
import { useTitle } from '../shell/titles';
import { useCell } from '../state/cell';
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
  const scheduled = useScheduled(chat);
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
  return (
    <Dialog title="Send later" small onClose={onClose}>
      <form className="form dialog-body" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <span>When</span>
          <input name="at" type="datetime-local" step="any" required min={local(new Date())} />
        </label>
        <button type="submit" className="primary" disabled={!hasText}>
          {hasText ? 'Send at that time' : 'Write the message first'}
        </button>
        <ul className="scheduled" aria-label="Messages to be sent later">
          {scheduled.map((each) => (
            <Waiting key={each.message_id} chat={chat} scheduled={each} here={conversation} />
          ))}
        </ul>
      </form>
      <p className="form-error" role="alert">
        {error}
      </p>
    </Dialog>
  );
}

function Waiting(props: { chat: Chat; scheduled: Scheduled; here: Uuid }) {
  const { chat, here } = props;
  const { conversation, message_id, at, text, failed } = props.scheduled;
  const title = useTitle(chat.people, useCell(chat.inbox).get(conversation));
  return (
    <li>
      <span>
        {full(at)}
        {conversation !== here && ` · ${title}`}
        {failed && ` · not sent: ${failed}`}
      </span>
      <p>{excerpt(text)}</p>
      <button
        type="button"
        className="link"
        onClick={() => void chat.run('cancel_schedule', { message_id })}
      >
        Cancel
      </button>
    </li>
  );
}

/** Read again with each event that changes it: one is sent, called back, or made in another window. */
function useScheduled(chat: Chat): readonly Scheduled[] {
  const [scheduled, setScheduled] = useState<Scheduled[]>([]);
  useEffect(() => {
    let current = true;
    const read = (own?: Uuid, atLeast?: number) =>
      chat.rest.scheduled(own, atLeast).then(
        (found) => current && setScheduled(found),
        () => {},
      );
    // The views may not have yet what was scheduled a moment ago, before this was open.
    const own = [...chat.inbox.get().values()].find(({ kind }) => kind === 'self');
    void read(own?.conversation, own?.head_seq);
    const stop = chat.client.on('event', ({ type, conversation, seq }) => {
      if (type === 'message.scheduled' || type === 'message.schedule_ended') {
        void read(conversation, seq);
      }
    });
    return () => {
      current = false;
      stop();
    };
  }, [chat]);
  return scheduled;
}

/** As a field of local time wants it. */
function local(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
