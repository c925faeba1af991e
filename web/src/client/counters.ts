import type { Clock } from './clock';
import type { ConversationEvent, InboxItem, Mark, Settings, Totals, Uuid } from './wire';

export interface Count {
  unread: number;
  mentions: number;
}

/** A message that may be unread: what a mark is subtracted with. */
interface Seen {
  seq: number;
  ordinal: number;
  mentionsMe: boolean;
}

interface Lane {
  headSeq: number;
  headOrdinal: number;
  /** The number of the last message that is read, and the seq up to which that is so. */
  readOrdinal: number;
  readSeq: number;
  /** Mentions beyond the read point at `startSeq`, of which single seqs are not known. */
  earlierMentions: number;
  /** From here on every message is known by its seq. */
  startSeq: number;
  startOrdinal: number;
  seen: Seen[];
  mutedUntil: string | null;
}

const NOTHING: Count = { unread: 0, mentions: 0 };
/** Messages kept for subtraction; a mark before them is asked for at the server. */
const SEEN_MAX = 2_000;

export interface CountersListener {
  changed(conversation: Uuid): void;
  /** A mark fell between messages that this client never saw: only the server can count. */
  recount(conversation: Uuid, readSeq: number): void;
}

/**
 * Unread and mention counts, as the server counts them: by subtraction, never by adding one.
 * unread = ordinal of the head - ordinal at the read point; the read point is the highest of one's
 * read mark, one's own last message, and one's joining.
 */
export class Counters {
  private readonly lanes = new Map<Uuid, Lane>();
  private readonly clock: Clock;
  private readonly listener: CountersListener;
  private me: Uuid = '';

  constructor(clock: Clock, listener: CountersListener) {
    this.clock = clock;
    this.listener = listener;
  }

  count(conversation: Uuid): Count {
    const lane = this.lanes.get(conversation);
    if (lane === undefined) {
      return NOTHING;
    }
    const beyond = lane.seen.filter(({ seq, mentionsMe }) => mentionsMe && seq > lane.readSeq);
    return {
      unread: Math.max(0, lane.headOrdinal - lane.readOrdinal),
      mentions: lane.earlierMentions + beyond.length,
    };
  }

  /** Conversations with something unread, and all of it; those that are muted do not count. */
  totals(): Totals {
    const totals = { conversations: 0, unread: 0, mentions: 0 };
    for (const [conversation, lane] of this.lanes) {
      const { unread, mentions } = this.count(conversation);
      if (!isMuted(lane.mutedUntil, this.clock.now())) {
        totals.conversations += unread > 0 ? 1 : 0;
        totals.unread += unread;
        totals.mentions += mentions;
      }
    }
    return totals;
  }

  snapshot(me: Uuid, items: readonly InboxItem[]): void {
    this.me = me;
    this.lanes.clear();
    for (const item of items) {
      this.lanes.set(item.conversation, laneOf(item));
      this.listener.changed(item.conversation);
    }
  }

  /** The server's own count of one conversation: just joined, or counted again. */
  learn(item: InboxItem): void {
    const lane = this.lanes.get(item.conversation);
    if (lane === undefined || lane.headSeq <= item.head_seq) {
      this.lanes.set(item.conversation, laneOf(item));
      this.listener.changed(item.conversation);
    }
  }

  /** Messages were skipped, and with them what a mark would be subtracted with. */
  skipped(conversation: Uuid): void {
    const lane = this.lanes.get(conversation);
    if (lane !== undefined) {
      this.listener.recount(conversation, lane.readSeq);
    }
  }

  forget(conversation: Uuid): void {
    if (this.lanes.delete(conversation)) {
      this.listener.changed(conversation);
    }
  }

  apply(event: ConversationEvent): void {
    const lane = this.lanes.get(event.conversation);
    if (lane === undefined) {
      if (event.type === 'member.joined' && event.data.user === this.me) {
        this.listener.recount(event.conversation, 0);
      }
      return;
    }
    if (event.seq <= lane.headSeq) {
      return;
    }
    lane.headSeq = event.seq;
    lane.headOrdinal = event.ordinal;
    if (event.type === 'message.sent') {
      const mine = event.actor === this.me;
      const { mentions = [], everyone } = event.data;
      const mentionsMe = !mine && (mentions.includes(this.me) || everyone !== undefined);
      keep(lane, { seq: event.seq, ordinal: event.ordinal, mentionsMe });
      if (mine) {
        this.readUpTo(lane, event.seq, event.ordinal);
      }
    }
    this.listener.changed(event.conversation);
  }

  /** One's own reading, of this device or another. It never goes back. */
  marked(mark: Mark): void {
    const lane = this.lanes.get(mark.conversation);
    if (lane === undefined || mark.user !== this.me || mark.thread || mark.read === undefined) {
      return;
    }
    const ordinal = ordinalAt(lane, mark.read);
    if (mark.read <= lane.readSeq) {
      return;
    }
    if (ordinal === undefined) {
      this.listener.recount(mark.conversation, mark.read);
    } else {
      this.readUpTo(lane, mark.read, ordinal);
      this.listener.changed(mark.conversation);
    }
  }

  /** Read on this device: counted before the server says so. */
  readHere(conversation: Uuid, seq: number): void {
    this.marked({ conversation, user: this.me, read: seq });
  }

  set(settings: Settings & { conversation: Uuid }): void {
    const lane = this.lanes.get(settings.conversation);
    if (lane !== undefined && settings.muted_until !== undefined) {
      lane.mutedUntil = settings.muted_until;
      this.listener.changed(settings.conversation);
    }
  }

  private readUpTo(lane: Lane, seq: number, ordinal: number): void {
    lane.readSeq = Math.max(lane.readSeq, Math.min(seq, lane.headSeq));
    lane.readOrdinal = Math.max(lane.readOrdinal, ordinal);
    lane.seen = lane.seen.filter((each) => each.seq > lane.readSeq);
    if (lane.readSeq >= lane.startSeq) {
      lane.earlierMentions = 0;
      lane.startSeq = lane.readSeq;
      lane.startOrdinal = lane.readOrdinal;
    }
  }
}

export function isMuted(until: string | null | undefined, now: number): boolean {
  return until === 'forever' || (until != null && Date.parse(until) > now);
}

function laneOf(item: InboxItem): Lane {
  return {
    headSeq: item.head_seq,
    headOrdinal: item.head_ordinal,
    readOrdinal: item.head_ordinal - (item.unread ?? 0),
    readSeq: Math.max(item.read_seq ?? 0, item.joined_seq),
    earlierMentions: item.mentions ?? 0,
    startSeq: item.head_seq,
    startOrdinal: item.head_ordinal,
    seen: [],
    mutedUntil: item.settings?.muted_until ?? null,
  };
}

function keep(lane: Lane, message: Seen): void {
  lane.seen.push(message);
  const dropped = lane.seen.length > SEEN_MAX ? lane.seen.shift() : undefined;
  if (dropped !== undefined) {
    lane.startSeq = dropped.seq;
    lane.startOrdinal = dropped.ordinal;
    lane.earlierMentions += dropped.mentionsMe ? 1 : 0;
  }
}

/** The number of the last message at or before `seq`; undefined if this client cannot know it. */
function ordinalAt(lane: Lane, seq: number): number | undefined {
  if (seq >= lane.headSeq) {
    return lane.headOrdinal;
  }
  if (seq < lane.startSeq) {
    return undefined;
  }
  return lane.seen.filter((each) => each.seq <= seq).at(-1)?.ordinal ?? lane.startOrdinal;
}
