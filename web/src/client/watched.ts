import type { Transmit } from './outbox';
import type { Uuid } from './wire';

/** Public channels that are looked at without being a member; asked for anew on each connection. */
export class Watched {
  private readonly wanted = new Map<Uuid, number>();
  private readonly started: (conversation: Uuid, head: number) => void;
  private transmit: Transmit | undefined;

  constructor(started: (conversation: Uuid, head: number) => void) {
    this.started = started;
  }

  all(): ReadonlySet<Uuid> {
    return new Set(this.wanted.keys());
  }

  want(conversation: Uuid): () => void {
    const before = this.wanted.get(conversation) ?? 0;
    this.wanted.set(conversation, before + 1);
    if (before === 0) {
      this.ask(conversation);
    }
    let wanted = true;
    return () => {
      if (wanted) {
        wanted = false;
        this.leave(conversation);
      }
    };
  }

  opened(transmit: Transmit): void {
    this.transmit = transmit;
    for (const conversation of this.wanted.keys()) {
      this.ask(conversation);
    }
  }

  closed(): void {
    this.transmit = undefined;
  }

  private ask(conversation: Uuid): void {
    this.transmit?.('watch', { conversation }, ({ ok }) => {
      if (typeof ok?.head_seq === 'number' && this.wanted.has(conversation)) {
        this.started(conversation, ok.head_seq);
      }
    });
  }

  private leave(conversation: Uuid): void {
    const left = (this.wanted.get(conversation) ?? 1) - 1;
    if (left > 0) {
      this.wanted.set(conversation, left);
    } else {
      this.wanted.delete(conversation);
      this.transmit?.('unwatch', { conversation }, () => {});
    }
  }
}
