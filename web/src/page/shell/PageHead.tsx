import type { RefObject } from 'react';
import { Icon } from './Icon';
import { goTo } from './route';

interface Props {
  title: string;
  /** Takes the focus when what had it is gone. */
  heading?: RefObject<HTMLHeadingElement | null>;
  onAgain?: () => void;
}

export function PageHead({ title, heading, onAgain }: Props) {
  return (
    <header className="conversation-head">
      <button
        type="button"
        className="tool back"
        aria-label="Back to the conversations"
        onClick={() => goTo(undefined)}
      >
        <Icon name="back" />
      </button>
      <div className="conversation-title">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </div>
      {onAgain && (
        <button type="button" className="tool" aria-label="Read again" onClick={onAgain}>
          <Icon name="again" />
        </button>
      )}
    </header>
  );
}
