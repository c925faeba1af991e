import { useSyncExternalStore } from 'react';
import type { Uuid } from '../../client';

/** The open conversation lives in the address, so a reload and the back button know it. */
const PATTERN = /^#\/c\/([0-9a-f-]{36})$/;

export function useRoute(): Uuid | undefined {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => PATTERN.exec(window.location.hash)?.[1],
  );
}

export function goTo(conversation: Uuid | undefined): void {
  window.location.hash = conversation === undefined ? '#/' : `#/c/${conversation}`;
}
