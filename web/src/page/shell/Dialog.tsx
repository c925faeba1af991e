import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './Icon';

interface Props {
  title: string;
  /** As high as what is in it, for a few fields; else of one height, whatever is found or chosen in it. */
  small?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog of the browser's own: focus stays inside, Escape closes it. */
export function Dialog(props: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    if (dialog.current?.open === false) {
      dialog.current.showModal();
    }
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      data-small={props.small}
      aria-labelledby={title}
      onClose={props.onClose}
    >
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
