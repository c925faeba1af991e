import { useState } from 'react';

interface Props {
  label: string;
  /** What is lost by it. */
  question: string;
  className: string;
  onYes: () => void;
}

/** A button for what cannot be taken back: it asks once. */
export function Sure({ label, question, className, onYes }: Props) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" className={className} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  }
  return (
    <div className="sure">
      <p role="alert">{question}</p>
      <button type="button" className="link danger" onClick={onYes}>
        {label}
      </button>
      <button
        type="button"
        className="link"
        // biome-ignore lint/a11y/noAutofocus: the question took the place of the button that had the focus
        autoFocus
        onClick={() => setAsking(false)}
      >
        No
      </button>
    </div>
  );
}
