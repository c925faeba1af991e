import { useSyncExternalStore } from 'react';

/** One observable value; everything in it is immutable, so a change is a new value. */
export class Cell<T> {
  private value: T;
  private readonly listeners = new Set<() => void>();

  constructor(value: T) {
    this.value = value;
  }

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(value: T): void {
    if (value !== this.value) {
      this.value = value;
      for (const listener of [...this.listeners]) {
        listener();
      }
    }
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value));
  }
}

export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get);
}
