import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './Icon';

/** A modal dialog of the browser's own: focus stays inside, Escape closes it. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    if (dialog.current?.open === false) {
      dialog.current.showModal();
    }
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={title} onClose={props.onClose}>
      <header className="dialog-head">
        <h2 id={title}>{props.title}</h2>
        <button type="button" className="tool" aria-label="Close" onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
