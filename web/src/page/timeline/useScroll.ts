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
  // Where the box stood when the anchor was true. A scroll since then has its event still to come, and is kept.
  const placed = useRef(0);
  const loaded = useRef(-1);
  const [atEnd, setAtEnd] = useState(true);

  const remember = useCallback(() => {
    const box = scroller.current;
    if (box === null) {
      return;
    }
    const end = isAtEnd(box) && !timeline.state.get().window.hasAfter;
    anchor.current = end ? 'end' : (firstVisible(box) ?? 'end');
    placed.current = box.scrollTop;
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
      restore(box, anchor, placed);
    }
    askForMore(box, timeline);
  });

  useLayoutEffect(() => {
    const box = scroller.current;
    const content = box?.firstElementChild;
    if (!box || !content) {
      return;
    }
    const observer = new ResizeObserver(() => restore(box, anchor, placed));
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

function restore(box: HTMLElement, anchor: { current: Anchor }, placed: { current: number }): void {
  const last = box.scrollHeight - box.clientHeight;
  // At the last place the browser may have moved the box itself, since the content became shorter.
  const scrolled = box.scrollTop >= last - 1 ? 0 : box.scrollTop - placed.current;
  if (anchor.current === 'end') {
    box.scrollTop = last + scrolled;
    placed.current = box.scrollTop - scrolled;
    return;
  }
  const row = rowOf(box, anchor.current.seq);
  if (row !== null) {
    const top = anchor.current.top - scrolled;
    const moved = row.getBoundingClientRect().top - box.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) {
      box.scrollTop += moved;
    }
    anchor.current = { seq: anchor.current.seq, top };
    placed.current = box.scrollTop;
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
