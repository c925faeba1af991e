import type { Clock, Timer } from '../clock';

interface Due {
  at: number;
  run: () => void;
}

/** Time that moves only when a test moves it. */
export class FakeClock implements Clock {
  private time = 1_000_000;
  private due = new Set<Due>();

  now(): number {
    return this.time;
  }

  after(millis: number, run: () => void): Timer {
    const entry = { at: this.time + millis, run };
    this.due.add(entry);
    return { cancel: () => this.due.delete(entry) };
  }

  /** Runs everything that falls due, in order, and lets promises settle in between. */
  async advance(millis: number): Promise<void> {
    const end = this.time + millis;
    await settled();
    for (let next = this.nextUntil(end); next !== undefined; next = this.nextUntil(end)) {
      this.due.delete(next);
      this.time = Math.max(this.time, next.at);
      next.run();
      await settled();
    }
    this.time = end;
  }

  private nextUntil(end: number): Due | undefined {
    return [...this.due].filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can settle without time or I/O settle. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) {
    await Promise.resolve();
  }
}
