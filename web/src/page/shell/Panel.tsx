import type { ReactNode } from 'react';
import { Icon } from './Icon';

interface Props {
  title: string;
  count?: number;
  onClose: () => void;
  children: ReactNode;
}

/** What stands beside the conversation. */
export function PanelFrame({ title, count, onClose, children }: Props) {
  return (
    <aside className="panel" aria-label={title}>
      <header className="panel-head">
        <h2>
          {title} {count !== undefined && <span className="count">{count}</span>}
        </h2>
        <button
          type="button"
          className="tool"
          aria-label={`Close ${title.toLowerCase()}`}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </aside>
  );
}
