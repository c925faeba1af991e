import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Timeline, TimelineState } from '../state/timeline';

/** This close to the end counts as being there. */
const END_PIXELS = 40;
/** More is loaded before the reader gets there. */
const AHEAD_PIXELS = 900;

/** Where the reader is: at the end, or with this message this far below the top edge. */
type Anchor = 'end' | { seq: string; top: number };

/**
 * Keeps what the reader looks at where it is, whatever is added above or below, taken away, or
 * changes its height; follows the end for a reader who is there; and asks for more near an edge.
 */
export function useScroll(timeline: Timeline, state: TimelineState, onEnd: () => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor>('end');
  const loaded = useRef(-1);
  const [atEnd, setAtEnd] = useState(true);

  const remember = useCallback(() => {
    const box = scroller.current;
    if (box === null) {
      return;
    }
    const end = isAtEnd(box) && !timeline.state.get().window.hasAfter;
    anchor.current = end ? 'end' : (firstVisible(box) ?? 'end');
    timeline.reading = end ? 'end' : 'above';
    setAtEnd(end);
    if (end) {
      onEnd();
    }
    askForMore(box, timeline);
  }, [timeline, onEnd]);

  // Runs after everything that can change the page's height, before it is painted.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null || state.phase !== 'shown') {
      return;
    }
    if (loaded.current !== state.focus.load) {
      loaded.current = state.focus.load;
      goToFocus(box, state.focus.seq);
      remember();
    } else {
      restore(box, anchor.current);
    }
    askForMore(box, timeline);
  });

  useLayoutEffect(() => {
    const box = scroller.current;
    const content = box?.firstElementChild;
    if (!box || !content) {
      return;
    }
    const observer = new ResizeObserver(() => restore(box, anchor.current));
    observer.observe(box);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  const toEnd = useCallback(() => {
    if (timeline.state.get().window.hasAfter) {
      void timeline.show('end');
    } else {
      scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    }
  }, [timeline]);

  return { scroller: scroller as RefObject<HTMLDivElement>, onScroll: remember, atEnd, toEnd };
}

function isAtEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < END_PIXELS;
}

function askForMore(box: HTMLElement, timeline: Timeline): void {
  if (box.scrollTop < AHEAD_PIXELS) {
    void timeline.older();
  }
  if (box.scrollHeight - box.scrollTop - box.clientHeight < AHEAD_PIXELS) {
    void timeline.newer();
  }
}

function restore(box: HTMLElement, anchor: Anchor): void {
  if (anchor === 'end') {
    box.scrollTop = box.scrollHeight;
    return;
  }
  const row = rowOf(box, anchor.seq);
  if (row !== null) {
    const moved = row.getBoundingClientRect().top - box.getBoundingClientRect().top - anchor.top;
    if (Math.abs(moved) >= 1) {
      box.scrollTop += moved;
    }
  }
}

function goToFocus(box: HTMLElement, seq: number | 'end'): void {
  const row = seq === 'end' ? null : rowOf(box, String(seq));
  if (row === null) {
    box.scrollTop = box.scrollHeight;
  } else {
    row.scrollIntoView({ block: 'center' });
  }
}

function rowOf(box: HTMLElement, seq: string): HTMLElement | null {
  return box.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
}

function firstVisible(box: HTMLElement): Anchor | undefined {
  const edge = box.getBoundingClientRect().top;
  const rows = box.querySelectorAll<HTMLElement>('[data-seq]');
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > edge) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const row = rows[low];
  const seq = row?.dataset.seq;
  return row && seq ? { seq, top: row.getBoundingClientRect().top - edge } : undefined;
}
