import { backoffMillis, type Random } from './backoff';
import type { Clock, Timer } from './clock';
import { ParleyError } from './errors';
import { MemoryOutboxStore, type OutboxStore, type StoredCommand } from './outboxStore';
import type { Accepted, Answer, Commands, CommandType } from './wire';

/** Puts a frame on the wire; the answer may never come. */
export type Transmit = (type: string, data: object, answered: (answer: Answer) => void) => void;

/** Commands that wait for an answer at once; over it a new one is refused (`outbox_full`). */
const ENTRIES_MAX = 500;
/** Commands on the wire at once; the others wait for their turn, so a full outbox is no flood. */
const FLYING_MAX = 32;
/** An answer that takes longer is taken for lost, and the command goes out again. */
const ANSWER_MILLIS = 15_000;
/** Spreads the repeats of commands that were refused together. */
const SPREAD_MILLIS = 250;
/** Temporary refusals and lost answers of one command before it fails (`unanswered`). */
const ATTEMPTS_MAX = 8;
/** A server that asks for a longer wait (a mute, slow mode) is telling the person, not the library. */
const PATIENCE_MILLIS = 10_000;

interface Entry {
  command: StoredCommand;
  attempts: number;
  /** How often it went out. */
  tries: number;
  /** On the wire, or waiting to be repeated there. */
  flying: boolean;
  timer: Timer | undefined;
  done: boolean;
  resolve(accepted: Accepted): void;
  reject(error: ParleyError): void;
}

/** How a command that an earlier page had left behind ended. */
export type Settled = { command: StoredCommand } & (
  | { accepted: Accepted }
  | { error: ParleyError }
);

/**
 * The commands that are not answered yet, oldest first. They survive the loss of a connection and
 * go out again on the next one under the same id, which the server decides only once. What lies in
 * the store survives the page, too; it is removed once the server has decided.
 */
export class Outbox {
  private readonly entries = new Map<string, Entry>();
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly store: OutboxStore;
  private lastOrder = 0;
  private transmit: Transmit | undefined;

  constructor(clock: Clock, random: Random, store: OutboxStore = new MemoryOutboxStore()) {
    this.clock = clock;
    this.random = random;
    this.store = store;
  }

  get size(): number {
    return this.entries.size;
  }

  /** Takes up what an earlier page left behind, before anything that was given since. */
  async restore(settled: (settled: Settled) => void): Promise<StoredCommand[]> {
    const stored = await this.store.load().catch(() => []);
    const restored = stored.filter(({ id }) => !this.entries.has(id));
    const since = [...this.entries];
    this.entries.clear();
    for (const command of restored) {
      this.lastOrder = Math.max(this.lastOrder, command.order);
      this.entries.set(command.id, {
        ...fresh(command),
        resolve: (accepted) => settled({ command, accepted }),
        reject: (error) => settled({ command, error }),
      });
    }
    for (const [id, entry] of since) {
      this.entries.set(id, entry);
    }
    this.pump();
    return restored;
  }

  /** The id is the command's own: the same one again, while it is unanswered, is refused here. */
  submit<T extends CommandType>(type: T, id: string, data: Commands[T]): Promise<Accepted> {
    if (this.entries.size >= ENTRIES_MAX) {
      return Promise.reject(new ParleyError('outbox_full', 'Too many unanswered messages.', true));
    }
    if (this.entries.has(id)) {
      return Promise.reject(new ParleyError('invalid', 'This id waits for its answer.', false));
    }
    this.lastOrder = Math.max(this.lastOrder + 1, this.clock.now());
    const command = { id, order: this.lastOrder, type, data } as StoredCommand;
    void this.store.put(command).catch(() => {});
    return new Promise((resolve, reject) => {
      this.entries.set(id, { ...fresh(command), resolve, reject });
      this.pump();
    });
  }

  /** Gives up a command; whether the server has decided it is not known. */
  discard(id: string): void {
    const entry = this.entries.get(id);
    void this.store.remove(id).catch(() => {});
    if (entry !== undefined) {
      const error = new ParleyError('unanswered', 'It was given up.', false);
      this.settle(entry, () => entry.reject(error));
    }
  }

  /** A connection is there: everything unanswered goes out, in the order it was given. */
  opened(transmit: Transmit): void {
    this.transmit = transmit;
    this.pump();
  }

  /** The connection is gone. What it carried may or may not have arrived: keep it. */
  closed(): void {
    this.transmit = undefined;
    for (const entry of this.entries.values()) {
      entry.timer?.cancel();
      entry.flying = false;
    }
  }

  /** No connection will come any more: nobody waits for ever. The store keeps what was unanswered. */
  abandon(error: ParleyError): void {
    this.closed();
    for (const entry of [...this.entries.values()]) {
      this.settle(entry, () => entry.reject(error));
    }
  }

  private pump(): void {
    if (this.transmit === undefined) {
      return;
    }
    let flying = 0;
    for (const entry of this.entries.values()) {
      if (flying >= FLYING_MAX) {
        return;
      }
      flying += 1;
      if (!entry.flying) {
        entry.flying = true;
        this.put(entry);
      }
    }
  }

  private put(entry: Entry): void {
    if (this.transmit === undefined) {
      return;
    }
    entry.timer?.cancel();
    entry.timer = this.clock.after(ANSWER_MILLIS, () => this.retry(entry, unanswered(), 0));
    entry.tries += 1;
    const { type, data } = entry.command;
    const attempt = entry.tries;
    this.transmit(type, data, (answer) => this.answered(entry, attempt, answer));
  }

  /**
   * That an earlier try was accepted is as good as if the last was: the id is the same. A refusal
   * answers its own try alone, since a later one may be accepted; that one's answer is waited for.
   */
  private answered(entry: Entry, attempt: number, answer: Answer): void {
    const { ok, err } = answer;
    if (entry.done || (err !== undefined && attempt !== entry.tries)) {
      return;
    }
    if (err === undefined) {
      this.decided(entry, () => entry.resolve(ok as unknown as Accepted));
    } else if (err.temporary && (err.retry_after_ms ?? 0) <= PATIENCE_MILLIS) {
      this.retry(entry, ParleyError.ofWire(err), this.waitMillis(entry, err.retry_after_ms));
    } else {
      this.decided(entry, () => entry.reject(ParleyError.ofWire(err)));
    }
  }

  private waitMillis(entry: Entry, retryAfterMillis: number | undefined): number {
    return retryAfterMillis === undefined
      ? backoffMillis(entry.attempts, this.random)
      : retryAfterMillis + Math.round(this.random() * SPREAD_MILLIS);
  }

  private retry(entry: Entry, error: ParleyError, waitMillis: number): void {
    entry.attempts += 1;
    if (entry.attempts >= ATTEMPTS_MAX) {
      this.settle(entry, () => entry.reject(error));
      return;
    }
    entry.timer?.cancel();
    entry.timer = this.clock.after(waitMillis, () => this.put(entry));
  }

  private decided(entry: Entry, report: () => void): void {
    void this.store.remove(entry.command.id).catch(() => {});
    this.settle(entry, report);
  }

  private settle(entry: Entry, report: () => void): void {
    entry.done = true;
    entry.timer?.cancel();
    this.entries.delete(entry.command.id);
    report();
    this.pump();
  }
}

function fresh(command: StoredCommand) {
  return { command, attempts: 0, tries: 0, flying: false, timer: undefined, done: false };
}

function unanswered(): ParleyError {
  return new ParleyError('unanswered', 'The server did not answer.', true);
}
