import { backoffMillis, type Random } from './backoff';
import { type Clock, pause } from './clock';
import { ParleyError } from './errors';
import type { ConversationEvent, Gap, InboxItem, Uuid } from './wire';

export interface EventPage {
  events: ConversationEvent[];
  head: number;
}

/** Reads the events after a seq; `through` is the newest one that is known to exist. */
export type FetchEvents = (
  conversation: Uuid,
  after: number,
  through: number,
) => Promise<EventPage>;

export interface OrderListener {
  apply(event: ConversationEvent): void;
  gap(gap: Gap): void;
}

/** Holes longer than this are reported as a gap, for the view to load anew, and not read in. */
const HOLE_MAX = 500;
/** Events kept per conversation while a hole is being filled; over it they are fetched later. */
const HELD_MAX = 1_000;
const NONE: ReadonlySet<Uuid> = new Set();

/** What this client has of one conversation. */
interface Lane {
  have: number;
  /** The newest seq heard of; a lane is whole when it has it. */
  known: number;
  /** What the inbox promised; until the backlog is over it may still be on its way. */
  promised: number;
  held: Map<number, ConversationEvent>;
  filling: boolean;
}

/**
 * The rule of order: an event is applied only if its seq is the next one; an older one is ignored;
 * a newer one waits until the hole before it is fetched. So whatever the server repeats, drops or
 * shuffles, each event is applied once and in order.
 */
export class Order {
  private readonly lanes = new Map<Uuid, Lane>();
  /**
   * How far those were that the inbox of a resume left out. Their person left; or views that are
   * behind do not know a join yet whose events were applied here: then the same stay comes back,
   * and the server tells those events again.
   */
  private readonly leftOut = new Map<Uuid, number>();
  private readonly fetchEvents: FetchEvents;
  private readonly listener: OrderListener;
  private readonly clock: Clock;
  private readonly random: Random;

  constructor(fetchEvents: FetchEvents, listener: OrderListener, clock: Clock, random: Random) {
    this.fetchEvents = fetchEvents;
    this.listener = listener;
    this.clock = clock;
    this.random = random;
  }

  heads(): Record<Uuid, number> {
    return Object.fromEntries([...this.lanes].map(([id, lane]) => [id, lane.have]));
  }

  head(conversation: Uuid): number {
    return this.lanes.get(conversation)?.have ?? 0;
  }

  clear(): void {
    this.lanes.clear();
    this.leftOut.clear();
  }

  forget(conversation: Uuid): void {
    this.lanes.delete(conversation);
    this.leftOut.delete(conversation);
  }

  /**
   * A snapshot of the inbox. Resumed: conversations that are known keep their head, since their
   * backlog follows. Not resumed: the snapshot is the new start of everything. `watched` are
   * conversations that are followed without being in the inbox.
   */
  snapshot(items: readonly InboxItem[], resumed: boolean, watched: ReadonlySet<Uuid> = NONE): void {
    const before = new Map(this.lanes);
    this.lanes.clear();
    for (const item of items) {
      const known = resumed ? before.get(item.conversation) : undefined;
      const lane = known ?? laneAt(resumed ? this.start(item) : item.head_seq);
      lane.promised = item.head_seq;
      this.lanes.set(item.conversation, lane);
    }
    for (const [conversation, lane] of before) {
      if (watched.has(conversation) && !this.lanes.has(conversation)) {
        this.lanes.set(conversation, lane);
      }
    }
    if (resumed) {
      this.leave(before);
    } else {
      this.leftOut.clear();
    }
  }

  /** Where one begins that was not there before: a stay that is known goes on. */
  private start(item: InboxItem): number {
    const known = this.leftOut.get(item.conversation);
    return known === undefined || item.joined_seq > known ? item.head_seq : known;
  }

  private leave(before: ReadonlyMap<Uuid, Lane>): void {
    for (const [conversation, lane] of before) {
      this.leftOut.set(conversation, lane.have);
    }
    for (const conversation of this.lanes.keys()) {
      this.leftOut.delete(conversation);
    }
  }

  /** The backlog is over: what it lacks of the inbox's promise is fetched. */
  caughtUp(): void {
    for (const [conversation, lane] of this.lanes) {
      lane.known = Math.max(lane.known, lane.promised);
      void this.fill(conversation, lane);
    }
  }

  /** The server says how far this conversation is; a new one starts there. */
  expect(conversation: Uuid, head: number): void {
    const lane = this.lanes.get(conversation) ?? laneAt(head);
    this.lanes.set(conversation, lane);
    this.leftOut.delete(conversation);
    lane.known = Math.max(lane.known, head);
    void this.fill(conversation, lane);
  }

  offer(event: ConversationEvent): void {
    const lane = this.lanes.get(event.conversation) ?? this.firstMet(event.conversation, event.seq);
    if (event.seq <= lane.have) {
      return;
    }
    lane.known = Math.max(lane.known, event.seq);
    if (lane.held.size < HELD_MAX || event.seq === lane.have + 1) {
      lane.held.set(event.seq, event);
    }
    this.applyHeld(lane);
    void this.fill(event.conversation, lane);
  }

  /** The server does not send `from`..`to`: what the views hold of them must be read again. */
  skip(gap: Gap): void {
    const lane = this.lanes.get(gap.conversation) ?? this.firstMet(gap.conversation, gap.from);
    this.jump(gap.conversation, lane, gap.to);
    void this.fill(gap.conversation, lane);
  }

  /** Of a conversation never heard of nothing is on screen, so nothing before `seq` is missing. */
  private firstMet(conversation: Uuid, seq: number): Lane {
    const lane = laneAt(Math.max(seq - 1, this.leftOut.get(conversation) ?? 0));
    this.lanes.set(conversation, lane);
    this.leftOut.delete(conversation);
    return lane;
  }

  private applyHeld(lane: Lane): void {
    for (;;) {
      const next = lane.held.get(lane.have + 1);
      if (next === undefined) {
        return;
      }
      lane.held.delete(next.seq);
      lane.have = next.seq;
      this.listener.apply(next);
    }
  }

  private jump(conversation: Uuid, lane: Lane, to: number): void {
    if (to <= lane.have) {
      return;
    }
    const from = lane.have + 1;
    lane.have = to;
    lane.known = Math.max(lane.known, to);
    for (const seq of lane.held.keys()) {
      if (seq <= to) {
        lane.held.delete(seq);
      }
    }
    this.listener.gap({ conversation, from, to });
    this.applyHeld(lane);
  }

  private async fill(conversation: Uuid, lane: Lane): Promise<void> {
    if (lane.filling || lane.have >= lane.known) {
      return;
    }
    lane.filling = true;
    let attempt = 0;
    while (this.lanes.get(conversation) === lane && lane.have < lane.known) {
      const before = lane.have;
      const refused = await this.fillOnce(conversation, lane);
      if (refused) {
        this.lanes.delete(conversation);
        break;
      }
      attempt = lane.have > before ? 0 : attempt + 1;
      if (attempt > 0 && lane.have < lane.known) {
        await pause(this.clock, backoffMillis(attempt - 1, this.random));
      }
    }
    lane.filling = false;
  }

  /** One step over the hole; true when the server will never show it (no longer a member). */
  private async fillOnce(conversation: Uuid, lane: Lane): Promise<boolean> {
    const through = Math.min(lane.known, ...[...lane.held.keys()].map((seq) => seq - 1));
    if (through - lane.have > HOLE_MAX) {
      this.jump(conversation, lane, through);
      return false;
    }
    try {
      const page = await this.fetchEvents(conversation, lane.have, through);
      if (this.lanes.get(conversation) === lane) {
        this.take(lane, page.events);
      }
      return false;
    } catch (error) {
      return error instanceof ParleyError && error.refused;
    }
  }

  private take(lane: Lane, events: readonly ConversationEvent[]): void {
    for (const event of events) {
      if (event.seq > lane.have) {
        lane.held.set(event.seq, event);
      }
    }
    this.applyHeld(lane);
  }
}

function laneAt(seq: number): Lane {
  return { have: seq, known: seq, promised: seq, held: new Map(), filling: false };
}
