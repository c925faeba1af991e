import type { Uuid } from '../../client';
import { Cell } from './cell';
import type { Inbox } from './inbox';

/** Per conversation the ordinal of the newest message that was on this screen. */
export type Seen = ReadonlyMap<Uuid, number>;

/**
 * What was seen in this browser, counted here only: another browser of the same person counts for
 * itself. The first inbox that a browser ever shows counts as seen.
 */
export class Unread {
  readonly seen: Cell<Seen>;
  private readonly key: string;
  private readonly store: Storage;
  private fresh: boolean;

  constructor(me: Uuid, store: Storage) {
    this.key = `parley.seen.${me}`;
    this.store = store;
    const text = store.getItem(this.key);
    this.fresh = text === null;
    this.seen = new Cell<Seen>(parsed(text));
  }

  start(inbox: Inbox): void {
    if (this.fresh) {
      this.fresh = false;
      this.keep(new Map([...inbox.values()].map((item) => [item.conversation, item.head_ordinal])));
    }
  }

  mark(conversation: Uuid, ordinal: number): void {
    if (ordinal > (this.seen.get().get(conversation) ?? -1)) {
      this.keep(new Map(this.seen.get()).set(conversation, ordinal));
    }
  }

  private keep(seen: Seen): void {
    this.seen.set(seen);
    this.store.setItem(this.key, JSON.stringify(Object.fromEntries(seen)));
  }
}

function parsed(text: string | null): Seen {
  try {
    return new Map(Object.entries(JSON.parse(text ?? '{}') as Record<string, number>));
  } catch {
    return new Map();
  }
}
