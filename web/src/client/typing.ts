import type { Clock, Timer } from './clock';
import type { Uuid } from './wire';

/** Who types is told again within this time, or has stopped. */
const SHOWN_MILLIS = 6_000;
/** How often one's own typing is told. */
const TOLD_MILLIS = 3_000;

/** Who types where. Nothing says that somebody stopped, so it ends by itself, or with a message. */
export class Typing {
  private readonly typists = new Map<string, Map<Uuid, Timer>>();
  private readonly told = new Map<string, number>();
  private readonly clock: Clock;
  private readonly changed: (conversation: Uuid, thread: Uuid | undefined) => void;

  constructor(clock: Clock, changed: (conversation: Uuid, thread: Uuid | undefined) => void) {
    this.clock = clock;
    this.changed = changed;
  }

  of(conversation: Uuid, thread?: Uuid): Uuid[] {
    return [...(this.typists.get(key(conversation, thread))?.keys() ?? [])];
  }

  heard(conversation: Uuid, user: Uuid, thread?: Uuid): void {
    const place = key(conversation, thread);
    const there = this.typists.get(place) ?? new Map<Uuid, Timer>();
    const isNew = !there.has(user);
    there.get(user)?.cancel();
    there.set(
      user,
      this.clock.after(SHOWN_MILLIS, () => this.ended(conversation, user, thread)),
    );
    this.typists.set(place, there);
    if (isNew) {
      this.changed(conversation, thread);
    }
  }

  ended(conversation: Uuid, user: Uuid, thread?: Uuid): void {
    const place = key(conversation, thread);
    const there = this.typists.get(place);
    const timer = there?.get(user);
    if (there !== undefined && timer !== undefined) {
      timer.cancel();
      there.delete(user);
      if (there.size === 0) {
        this.typists.delete(place);
      }
      this.changed(conversation, thread);
    }
  }

  /** Whether one's own typing is to be told now; a true is taken as told. */
  isDue(conversation: Uuid, thread?: Uuid): boolean {
    const place = key(conversation, thread);
    const now = this.clock.now();
    if (now - (this.told.get(place) ?? Number.NEGATIVE_INFINITY) < TOLD_MILLIS) {
      return false;
    }
    this.told.set(place, now);
    return true;
  }

  /** A message was sent: the next key is news again. */
  sent(conversation: Uuid, thread?: Uuid): void {
    this.told.delete(key(conversation, thread));
  }
}

function key(conversation: Uuid, thread: Uuid | undefined): string {
  return `${conversation}/${thread ?? ''}`;
}
