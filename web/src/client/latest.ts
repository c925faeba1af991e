import { backoffMillis, type Random } from './backoff';
import type { Clock, Timer } from './clock';
import { ParleyError } from './errors';
import type { Transmit } from './outbox';

/** What is to be told of one thing, as it last was. */
interface Entry<V> {
  value: V;
  /** Goes up with each change, so that an answer is known to be of an older value. */
  version: number;
  flying: boolean;
  attempts: number;
  timer: Timer | undefined;
}

export interface LatestOptions<V> {
  type: (value: V) => string;
  /** What counts of an older and a newer value; the older one itself when nothing changes. */
  merge: (older: V, newer: V) => V;
  delayMillis: number;
  failed?: (value: V, error: ParleyError) => void;
}

/**
 * Things of which only the last value matters (marks, drafts): many changes in a short time go out
 * as one frame, one at a time for each key, again after a lost connection, until the server has it.
 */
export class Latest<V extends object> {
  private readonly entries = new Map<string, Entry<V>>();
  private readonly told = new Map<string, V>();
  private readonly options: LatestOptions<V>;
  private readonly clock: Clock;
  private readonly random: Random;
  private transmit: Transmit | undefined;

  constructor(options: LatestOptions<V>, clock: Clock, random: Random) {
    this.options = options;
    this.clock = clock;
    this.random = random;
  }

  set(key: string, value: V): void {
    const entry = this.entries.get(key);
    const known = entry?.value ?? this.told.get(key);
    const merged = known === undefined ? value : this.options.merge(known, value);
    if (merged === known) {
      return;
    }
    if (entry === undefined) {
      const made = { value: merged, version: 0, flying: false, attempts: 0, timer: undefined };
      this.entries.set(key, made);
      this.later(key, made, this.options.delayMillis);
    } else {
      entry.value = merged;
      entry.version += 1;
    }
  }

  /** Whether something of it is still to be told, or has no answer yet. */
  isPending(key: string): boolean {
    return this.entries.has(key);
  }

  /** Nothing waits: what is to be told goes out now. */
  flush(): void {
    for (const [key, entry] of this.entries) {
      this.put(key, entry);
    }
  }

  opened(transmit: Transmit): void {
    this.transmit = transmit;
    this.flush();
  }

  closed(): void {
    this.transmit = undefined;
    for (const entry of this.entries.values()) {
      entry.timer?.cancel();
      entry.flying = false;
    }
  }

  clear(): void {
    this.closed();
    this.entries.clear();
    this.told.clear();
  }

  private later(key: string, entry: Entry<V>, millis: number): void {
    entry.timer?.cancel();
    entry.timer = this.clock.after(millis, () => this.put(key, entry));
  }

  private put(key: string, entry: Entry<V>): void {
    if (this.transmit === undefined || entry.flying) {
      return;
    }
    entry.timer?.cancel();
    entry.flying = true;
    const { value, version } = entry;
    this.transmit(this.options.type(value), value, ({ err }) => {
      if (this.entries.get(key) !== entry) {
        return;
      }
      entry.flying = false;
      if (err === undefined) {
        this.told.set(key, value);
        this.answered(key, entry, version);
      } else if (err.temporary) {
        entry.attempts += 1;
        this.later(key, entry, err.retry_after_ms ?? backoffMillis(entry.attempts, this.random));
      } else {
        this.options.failed?.(value, ParleyError.ofWire(err));
        this.answered(key, entry, version);
      }
    });
  }

  private answered(key: string, entry: Entry<V>, version: number): void {
    entry.attempts = 0;
    if (entry.version === version) {
      this.entries.delete(key);
    } else {
      this.later(key, entry, this.options.delayMillis);
    }
  }
}
