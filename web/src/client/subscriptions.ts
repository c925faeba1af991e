import type { Uuid } from './wire';

export interface Wanted {
  users?: readonly Uuid[];
  conversations?: readonly Uuid[];
}

type Tell = (type: 'presence.sub' | 'presence.unsub', d: object) => void;

/**
 * Whose presence is on screen. What several parts of a page want is asked for once; what they want
 * and leave in one go is one frame each way; a new connection is asked for everything again.
 */
export class Subscriptions {
  private readonly users = new Map<Uuid, number>();
  private readonly conversations = new Map<Uuid, number>();
  private readonly asked = { users: new Set<Uuid>(), conversations: new Set<Uuid>() };
  private tell: Tell | undefined;
  private waiting = false;

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

  opened(tell: Tell): void {
    this.tell = tell;
    this.asked.users.clear();
    this.asked.conversations.clear();
    this.compare();
  }

  closed(): void {
    this.tell = undefined;
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
    if (this.tell === undefined) {
      return;
    }
    const users = difference(this.users, this.asked.users);
    const conversations = difference(this.conversations, this.asked.conversations);
    this.say('presence.sub', users.more, conversations.more);
    this.say('presence.unsub', users.less, conversations.less);
  }

  private say(type: Parameters<Tell>[0], users: Uuid[], conversations: Uuid[]): void {
    if (users.length + conversations.length > 0) {
      this.tell?.(type, {
        ...(users.length > 0 ? { users } : {}),
        ...(conversations.length > 0 ? { conversations } : {}),
      });
    }
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
