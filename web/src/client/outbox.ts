import { backoffMillis, type Random } from './backoff';
import type { Clock, Timer } from './clock';
import { ParleyError } from './errors';
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

interface Entry {
  type: CommandType;
  data: object;
  attempts: number;
  /** On the wire, or waiting to be repeated there. */
  flying: boolean;
  timer: Timer | undefined;
  done: boolean;
  resolve(accepted: Accepted): void;
  reject(error: ParleyError): void;
}

/**
 * The commands that are not answered yet, oldest first. They survive the loss of a connection and
 * go out again on the next one under the same id, which the server decides only once.
 */
export class Outbox {
  private readonly entries = new Set<Entry>();
  private readonly clock: Clock;
  private readonly random: Random;
  private transmit: Transmit | undefined;

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.random = random;
  }

  get size(): number {
    return this.entries.size;
  }

  submit<T extends CommandType>(type: T, data: Commands[T]): Promise<Accepted> {
    if (this.entries.size >= ENTRIES_MAX) {
      return Promise.reject(new ParleyError('outbox_full', 'Too many unanswered messages.', true));
    }
    return new Promise((resolve, reject) => {
      const entry: Entry = {
        type,
        data,
        attempts: 0,
        flying: false,
        timer: undefined,
        done: false,
        resolve,
        reject,
      };
      this.entries.add(entry);
      this.pump();
    });
  }

  /** A connection is there: everything unanswered goes out, in the order it was given. */
  opened(transmit: Transmit): void {
    this.transmit = transmit;
    this.pump();
  }

  /** The connection is gone. What it carried may or may not have arrived: keep it. */
  closed(): void {
    this.transmit = undefined;
    for (const entry of this.entries) {
      entry.timer?.cancel();
      entry.flying = false;
    }
  }

  /** No connection will come any more: nothing is left waiting for ever. */
  abandon(error: ParleyError): void {
    this.closed();
    for (const entry of [...this.entries]) {
      this.settle(entry, () => entry.reject(error));
    }
  }

  private pump(): void {
    if (this.transmit === undefined) {
      return;
    }
    let flying = 0;
    for (const entry of this.entries) {
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
    this.transmit(entry.type, entry.data, (answer) => this.answered(entry, answer));
  }

  private answered(entry: Entry, answer: Answer): void {
    const { ok, err } = answer;
    if (entry.done) {
      return;
    }
    if (err === undefined) {
      this.settle(entry, () => entry.resolve(ok as unknown as Accepted));
    } else if (err.temporary) {
      this.retry(entry, ParleyError.ofWire(err), this.waitMillis(entry, err.retry_after_ms));
    } else {
      this.settle(entry, () => entry.reject(ParleyError.ofWire(err)));
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

  private settle(entry: Entry, report: () => void): void {
    entry.done = true;
    entry.timer?.cancel();
    this.entries.delete(entry);
    report();
    this.pump();
  }
}

function unanswered(): ParleyError {
  return new ParleyError('unanswered', 'The server did not answer.', true);
}
