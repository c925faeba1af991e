/** Time as the library sees it, so that its tests can hold it in their hands. */
export interface Clock {
  now(): number;
  after(millis: number, run: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(millis, run) {
    const handle = setTimeout(run, millis);
    return { cancel: () => clearTimeout(handle) };
  },
};

export function pause(clock: Clock, millis: number): Promise<void> {
  return new Promise((resolve) => clock.after(millis, resolve));
}
