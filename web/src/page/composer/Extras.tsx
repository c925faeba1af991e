import type { FormEvent } from 'react';
import type { Attachment } from '../../client';
import { Dialog } from '../shell/Dialog';

const EXPIRY: [string, number][] = [
  ['Never', 0],
  ['After 1 minute', 60],
  ['After 1 hour', 3_600],
  ['After 1 day', 86_400],
  ['After 1 week', 604_800],
];

export interface Extra {
  attachments: readonly Attachment[];
  expiresAfterSeconds: number;
}

export const NO_EXTRA: Extra = { attachments: [], expiresAfterSeconds: 0 };

/** What a message can have besides its text: files by reference, and an end. */
export function ExtrasDialog(props: {
  extra: Extra;
  onChange: (extra: Extra) => void;
  onClose: () => void;
}) {
  const { extra, onChange, onClose } = props;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const url = String(form.get('url')).trim();
    const name = String(form.get('name')).trim() || (url.split('/').at(-1) ?? url);
    const file = url === '' ? [] : [{ name, url }];
    onChange({
      attachments: [...extra.attachments, ...file],
      expiresAfterSeconds: Number(form.get('expiry')),
    });
    onClose();
  };
  return (
    <Dialog title="Add to the message" small onClose={onClose}>
      <form className="form dialog-body" onSubmit={submit}>
        <label className="field">
          <span>Address of a file</span>
          <input
            name="url"
            type="url"
            pattern="https?://.*"
            placeholder="https://…"
            maxLength={500}
          />
        </label>
        <label className="field">
          <span>Name of the file</span>
          <input name="name" maxLength={250} />
        </label>
        <label className="field">
          <span>The message disappears</span>
          <select name="expiry" defaultValue={extra.expiresAfterSeconds}>
            {EXPIRY.map(([label, seconds]) => (
              <option key={seconds} value={seconds}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="primary">
          Add
        </button>
      </form>
    </Dialog>
  );
}
