import { type FormEvent, useState } from 'react';
import type { Message, ReportReason } from '../../client';
import { REASONS } from '../moderation/reasons';
import { Dialog } from '../shell/Dialog';
import type { Chat } from '../state/chat';
import { explain } from '../text/explain';

/** Telling the moderators of a message; whoever wrote it is not told. */
export function ReportDialog(props: { chat: Chat; message: Message; onClose: () => void }) {
  const { chat, message, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get('note') ?? '').trim();
    setBusy(true);
    setError(undefined);
    try {
      const reason = String(form.get('reason')) as ReportReason;
      await chat.rest.report(message.conversation, message.id, reason, note || undefined);
      setSent(true);
    } catch (failure) {
      setError(explain(failure));
    } finally {
      setBusy(false);
    }
  };
  if (sent) {
    return (
      <Dialog title="Report the message" small onClose={onClose}>
        <div className="form dialog-body">
          <p role="status">Thank you: the moderators will look at it.</p>
          <button type="button" className="primary" onClick={onClose}>
            Done
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Report the message" small onClose={onClose}>
      <form className="form dialog-body" onSubmit={(event) => void submit(event)}>
        <fieldset className="reasons">
          <legend>What is wrong with it?</legend>
          {(Object.keys(REASONS) as ReportReason[]).map((reason) => (
            <label key={reason} className="check">
              <input type="radio" name="reason" value={reason} required />
              {REASONS[reason]}
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span>What the moderators should know (not needed)</span>
          <textarea name="note" rows={3} maxLength={1_000} />
        </label>
        <p className="hint">
          The moderators see the message and your name. Its author is not told.
        </p>
        <p className="form-error" role="alert">
          {error}
        </p>
        <button type="submit" className="primary" disabled={busy}>
          Report
        </button>
      </form>
    </Dialog>
  );
}
