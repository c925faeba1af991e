import {
  type ConversationEvent,
  type MessagePage,
  ParleyError,
  type ParleyRest,
  type Place,
  type Uuid,
} from '../../client';
import { Cell } from './cell';
import {
  applied,
  type Reading,
  type Shown,
  type Window,
  windowOf,
  withNewer,
  withOlder,
  without,
} from './window';

const PAGE = 60;
/** As much as one page of the server may hold. */
const RELOAD_MAX = 200;
const RETRY_MILLIS = 1_500;
/** How often "no such conversation" is not believed of one that was just made or joined. */
const DISBELIEF_MAX = 6;

export interface TimelineState {
  phase: 'loading' | 'shown' | 'failed';
  window: Window;
  /** Where to look when a window was just loaded: a seq, or the end. Changes with every load. */
  focus: Focus;
  error: string | undefined;
}

export interface Focus {
  seq: number | 'end';
  load: number;
}

/** What this client knows of the conversation from elsewhere. */
export interface Known {
  me: Uuid;
  /** The newest seq that it has seen: a page must not be older. */
  head(): number;
  /** Whether this person is in it, so that it must be there. */
  isMine(): boolean;
}

const NOTHING: Window = { messages: [], hasBefore: false, hasAfter: false };

/**
 * The messages of the open conversation: a window that moves over its history, kept up to date by
 * events. Events that arrive while a page is on its way are held and applied to it, so nothing
 * falls between the two.
 */
export class Timeline {
  readonly conversation: Uuid;
  readonly state: Cell<TimelineState>;
  reading: Reading = 'end';
  private readonly rest: ParleyRest;
  private readonly known: Known;
  private held: ConversationEvent[] = [];
  private busy = false;
  private load = 0;

  constructor(conversation: Uuid, rest: ParleyRest, known: Known) {
    this.conversation = conversation;
    this.rest = rest;
    this.known = known;
    this.state = new Cell<TimelineState>({
      phase: 'loading',
      window: NOTHING,
      focus: { seq: 'end', load: 0 },
      error: undefined,
    });
  }

  /** Loads anew, around a message or at the end. */
  async show(seq: number | 'end'): Promise<void> {
    this.load += 1;
    const load = this.load;
    this.busy = true;
    const place: Place = seq === 'end' ? {} : { around: seq };
    await this.read(place, load, (page) => {
      this.reading = seq === 'end' ? 'end' : 'above';
      return { phase: 'shown', window: windowOf(page), focus: { seq, load }, error: undefined };
    });
  }

  /** What is shown may have missed changes: read it again without moving the reader. */
  async reload(): Promise<void> {
    const middle = this.state.get().window.messages[Math.floor(this.count / 2)];
    if (middle === undefined) {
      await this.show('end');
      return;
    }
    this.load += 1;
    this.busy = true;
    const place: Place = this.reading === 'end' ? {} : { around: middle.seq };
    const limit = Math.min(RELOAD_MAX, Math.max(PAGE, this.count));
    await this.read(
      place,
      this.load,
      // The focus stays: only a new one moves the reader.
      (page, state) => ({ ...state, phase: 'shown', window: windowOf(page), error: undefined }),
      limit,
    );
  }

  async older(): Promise<void> {
    const { window } = this.state.get();
    const first = window.messages[0];
    if (first !== undefined && window.hasBefore) {
      await this.more({ before: first.seq }, withOlder);
    }
  }

  async newer(): Promise<void> {
    const { window } = this.state.get();
    const last = window.messages.at(-1);
    if (last !== undefined && window.hasAfter) {
      await this.more({ after: last.seq }, withNewer);
    }
  }

  apply(event: ConversationEvent): void {
    if (this.busy) {
      this.held.push(event);
    }
    this.state.update((state) => {
      const window = applied(state.window, event, this.reading, this.known.me);
      return window === state.window ? state : { ...state, window };
    });
  }

  /** Hidden for me, here or on another device. */
  hide(id: Uuid): void {
    this.state.update((state) => ({ ...state, window: without(state.window, id) }));
  }

  /** The thread of this message was read. */
  threadRead(root: Uuid): void {
    this.state.update((state) => ({
      ...state,
      window: {
        ...state.window,
        messages: state.window.messages.map((message) =>
          message.id === root && message.replies
            ? { ...message, replies: { ...message.replies, unread: 0 } }
            : message,
        ),
      },
    }));
  }

  find(id: Uuid): Shown | undefined {
    return this.state.get().window.messages.find((message) => message.id === id);
  }

  private get count(): number {
    return this.state.get().window.messages.length;
  }

  private async more(
    place: Place,
    grown: (window: Window, page: MessagePage) => Window,
  ): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    await this.read(place, this.load, (page, state) => ({
      ...state,
      window: grown(state.window, page),
    }));
  }

  private async read(
    place: Place,
    load: number,
    change: (page: MessagePage, state: TimelineState) => TimelineState,
    limit = PAGE,
  ): Promise<void> {
    try {
      const page = await this.page(place, load, limit);
      if (load === this.load) {
        this.state.update((state) => this.withHeld(change(page, state)));
        this.settled();
      }
    } catch (error) {
      if (load === this.load) {
        this.settled();
        const detail = error instanceof Error ? error.message : 'Something went wrong.';
        this.state.update((state) =>
          state.phase === 'shown' ? state : { ...state, phase: 'failed', error: detail },
        );
      }
    }
  }

  /** A view that is behind, or a server that is away, is asked again until it answers. */
  private async page(place: Place, load: number, limit: number): Promise<MessagePage> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.rest.messages(this.conversation, place, limit, this.known.head());
      } catch (error) {
        if (load !== this.load || !this.isWorthRepeating(error, attempt)) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
      }
    }
  }

  private isWorthRepeating(error: unknown, attempt: number): boolean {
    if (!(error instanceof ParleyError)) {
      return false;
    }
    const disbelieved = error.status === 404 && this.known.isMine() && attempt <= DISBELIEF_MAX;
    return error.temporary || disbelieved;
  }

  private withHeld(state: TimelineState): TimelineState {
    const window = this.held.reduce(
      (window, event) => applied(window, event, this.reading, this.known.me),
      state.window,
    );
    return { ...state, window };
  }

  private settled(): void {
    this.busy = false;
    this.held = [];
  }
}
