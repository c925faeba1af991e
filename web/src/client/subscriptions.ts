import type { Clock } from './clock';
import type { Transmit } from './outbox';
import type { Uuid, WireError } from './wire';

export interface Wanted {
  users?: readonly Uuid[];
  conversations?: readonly Uuid[];
}

/** The server may hear of a conversation a moment after the page: just made, joined or watched. */
const AGAIN_MILLIS = 500;
const TRIES_MAX = 5;

/**
 * Whose presence is on screen. What several parts of a page want is asked for once; what they want
 * and leave in one go is one frame each way for people and one for conversations; a new connection
 * is asked for everything again.
 */
export class Subscriptions {
  private readonly users = new Map<Uuid, number>();
  private readonly conversations = new Map<Uuid, number>();
  private readonly asked = { users: new Set<Uuid>(), conversations: new Set<Uuid>() };
  private readonly tries = new Map<Uuid, number>();
  private readonly clock: Clock;
  private transmit: Transmit | undefined;
  private waiting = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Until the returned function is called. */
  want({ users = [], conversations = [] }: Wanted): () => void {
    let wanted = true;
    count(this.users, users, 1);
    count(this.conversations, conversations, 1);
    this.soon();
    return () => {
      if (wanted) {
        wanted = false;
        count(this.users, users, -1);
        count(this.conversations, conversations, -1);
        this.soon();
      }
    };
  }

  opened(transmit: Transmit): void {
    this.transmit = transmit;
    this.asked.users.clear();
    this.asked.conversations.clear();
    this.tries.clear();
    this.compare();
  }

  closed(): void {
    this.transmit = undefined;
  }

  private soon(): void {
    if (!this.waiting) {
      this.waiting = true;
      queueMicrotask(() => {
        this.waiting = false;
        this.compare();
      });
    }
  }

  private compare(): void {
    if (this.transmit === undefined) {
      return;
    }
    // Of one frame all is taken or nothing, so a conversation may not stand in the way of people.
    this.say('users', difference(this.users, this.asked.users));
    this.say('conversations', difference(this.conversations, this.asked.conversations));
  }

  private say(of: keyof Wanted, { more, less }: { more: Uuid[]; less: Uuid[] }): void {
    if (more.length > 0) {
      this.transmit?.('presence.sub', { [of]: more }, ({ err }) => {
        if (err !== undefined) {
          this.refused(of, more, err);
        }
      });
    }
    if (less.length > 0) {
      this.transmit?.('presence.unsub', { [of]: less }, () => {});
    }
  }

  private refused(of: keyof Wanted, ids: readonly Uuid[], { code, temporary }: WireError): void {
    const due = ids.filter((id) => (this.tries.get(id) ?? 0) < TRIES_MAX - 1);
    if ((code !== 'not_found' && !temporary) || due.length === 0) {
      return;
    }
    const { transmit } = this;
    count(this.tries, due, 1);
    this.clock.after(AGAIN_MILLIS, () => {
      if (transmit !== undefined && transmit === this.transmit) {
        for (const id of due) {
          this.asked[of].delete(id);
        }
        this.compare();
      }
    });
  }
}

function count(counts: Map<Uuid, number>, ids: readonly Uuid[], by: 1 | -1): void {
  for (const id of ids) {
    const next = (counts.get(id) ?? 0) + by;
    if (next > 0) {
      counts.set(id, next);
    } else {
      counts.delete(id);
    }
  }
}

/** Makes `asked` equal to what is wanted, and tells what that took. */
function difference(wanted: Map<Uuid, number>, asked: Set<Uuid>): { more: Uuid[]; less: Uuid[] } {
  const more = [...wanted.keys()].filter((id) => !asked.has(id));
  const less = [...asked].filter((id) => !wanted.has(id));
  for (const id of more) {
    asked.add(id);
  }
  for (const id of less) {
    asked.delete(id);
  }
  return { more, less };
}
