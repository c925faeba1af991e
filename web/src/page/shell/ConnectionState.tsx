import { useEffect, useState } from 'react';
import type { ConnectionState as State } from '../../client';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';

const RESUMED_MILLIS = 3_000;

/** One quiet line that says how the page is connected, and speaks up when it is not. */
export function ConnectionState({ chat }: { chat: Chat }) {
  const state = useCell(chat.connection);
  const seconds = useSecondsUntil(state.at === 'waiting' ? state.untilMillis : undefined);
  const resumed = useJustResumed(state);
  return (
    <p className="connection" data-state={state.at} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {resumed ? 'Resumed' : text(state, seconds)}
      {state.at === 'waiting' && (
        <button type="button" className="link" onClick={() => chat.wake()}>
          try now
        </button>
      )}
      {state.at === 'stopped' && state.code !== 4401 && (
        <button type="button" className="link" onClick={() => chat.start()}>
          connect again
        </button>
      )}
    </p>
  );
}

function text(state: State, seconds: number): string {
  switch (state.at) {
    case 'idle':
    case 'connecting':
      return 'Connecting…';
    case 'catching_up':
      return 'Catching up…';
    case 'live':
      return 'Connected';
    case 'waiting':
      return seconds > 0 ? `Offline, next try in ${seconds} s` : 'Offline';
    case 'stopped':
      return `Disconnected: ${state.reason || `code ${state.code}`}`;
  }
}

function useSecondsUntil(untilMillis: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (untilMillis === undefined) {
      return;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [untilMillis]);
  return untilMillis === undefined ? 0 : Math.max(0, Math.ceil((untilMillis - now) / 1_000));
}

function useJustResumed(state: State): boolean {
  const resumed = state.at === 'live' && state.resumed;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    setShown(resumed);
    if (resumed) {
      const timer = setTimeout(() => setShown(false), RESUMED_MILLIS);
      return () => clearTimeout(timer);
    }
    return;
  }, [resumed]);
  return shown;
}
