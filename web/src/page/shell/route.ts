import { useSyncExternalStore } from 'react';
import type { Uuid } from '../../client';

/** Pages that are no conversation. */
export type Place = 'moderation' | 'admin';

export function usePlace(): Place | undefined {
  return useSyncExternalStore(onHash, () => {
    const place = /^#\/(moderation|admin)$/.exec(window.location.hash)?.[1];
    return place as Place | undefined;
  });
}

/** The open conversation lives in the address, so a reload and the back button know it. */
const PATTERN = /^#\/c\/([0-9a-f-]{36})$/;

export function useRoute(): Uuid | undefined {
  return useSyncExternalStore(onHash, () => PATTERN.exec(window.location.hash)?.[1]);
}

function onHash(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

export function goTo(conversation: Uuid | undefined): void {
  window.location.hash = conversation === undefined ? '#/' : `#/c/${conversation}`;
}
