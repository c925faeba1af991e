import type { Random } from './backoff';
import { type Clock, systemClock } from './clock';
import { Connection, type ConnectionState } from './connection';
import { type Count, Counters } from './counters';
import { Emitter } from './emitter';
import { ParleyError } from './errors';
import type { SocketLike } from './link';
import { type FetchEvents, Order } from './order';
import { Outbox, type Settled } from './outbox';
import type { OutboxStore, StoredCommand } from './outboxStore';
import { Personal } from './personal';
import { Subscriptions, type Wanted } from './subscriptions';
import { type AskForToken, type TokenSource, tokenSource } from './tokens';
import { Typing } from './typing';
import { uuid7 } from './uuid7';
import { Watched } from './watched';
import type {
  Accepted,
  Commands,
  CommandType,
  ConversationEvent,
  Gap,
  InboxItem,
  Limits,
  PersonalFrames,
  Ready,
  ServerPush,
  ServerPushes,
  Totals,
  Uuid,
} from './wire';

export interface ClientOptions {
  url: string;
  /** A session, or a function of a product that has its own users and tokens. */
  tokens: TokenSource | AskForToken;
  /** Connections are opened with single-use tickets in place of tokens: `() => rest.ticket()`. */
  tickets?: () => Promise<string>;
  fetchEvents: FetchEvents;
  /** Reads one conversation as the server counts it. Without it a doubtful count waits for `ready`. */
  fetchItem?: (conversation: Uuid, atLeast: number) => Promise<InboxItem>;
  /** Where unanswered commands outlive the page; by default they do not. */
  outbox?: OutboxStore;
  openSocket?: (url: string, protocol: string) => SocketLike;
  clock?: Clock;
  random?: Random;
}

type Pushed = 'mark' | 'settings' | 'draft' | 'hidden' | 'presence' | 'counts' | 'profile';

export interface ClientNews extends Pick<ServerPushes, Pushed> {
  state: ConnectionState;
  ready: Ready;
  event: ConversationEvent;
  gap: Gap;
  /** Who types in this place now. */
  typing: { conversation: Uuid; thread: Uuid | undefined; users: Uuid[] };
  /** The count of this conversation may have changed, and the totals with it. */
  count: { conversation: Uuid };
  /** What an earlier page had not got answered: it is being sent. */
  restored: StoredCommand[];
  /** How one of those ended. */
  settled: Settled;
  /** Something personal (a setting, a draft) was refused for good. */
  refused: ParleyError;
}

/** Heads that a ping carries at most, and a `resume`: beyond that it names its cursor. */
const PING_HEADS_MAX = 500;
const RESUME_HEADS_MAX = 1_500;
const RECOUNT_MILLIS = 1_000;

/**
 * One person's connection to Parley. It keeps itself connected until `stop`, or until the server
 * says not to come back; across connections it keeps the order of every conversation, the commands
 * that are not answered, marks and drafts not yet told, and what was subscribed to.
 */
export class ParleyClient {
  private readonly news = new Emitter<ClientNews>();
  private readonly options: ClientOptions;
  private readonly clock: Clock;
  private readonly order: Order;
  private readonly outbox: Outbox;
  private readonly personal: Personal;
  private readonly subscriptions: Subscriptions;
  private readonly watched: Watched;
  private readonly typists: Typing;
  private readonly counters: Counters;
  private readonly connection: Connection;

  private cursor = '';
  private isRestored = false;

  constructor(options: ClientOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    const random = options.random ?? Math.random;
    this.outbox = new Outbox(this.clock, random, options.outbox);
    this.personal = new Personal(this.clock, random, (error) => this.news.emit('refused', error));
    this.subscriptions = new Subscriptions(this.clock);
    this.watched = new Watched((conversation, head) => this.order.expect(conversation, head));
    this.typists = new Typing(this.clock, (conversation, thread) =>
      this.news.emit('typing', { conversation, thread, users: this.typing(conversation, thread) }),
    );
    this.counters = new Counters(this.clock, {
      changed: (conversation) => this.news.emit('count', { conversation }),
      recount: (conversation, readSeq) => void this.recount(conversation, readSeq),
    });
    this.order = new Order(
      options.fetchEvents,
      { apply: (event) => this.apply(event), gap: (gap) => this.skipped(gap) },
      this.clock,
      random,
    );
    const { url, tickets, openSocket = openWebSocket } = options;
    const tokens = tokenSource(options.tokens, this.clock);
    this.connection = new Connection(
      { url, tokens, tickets, openSocket, clock: this.clock, random },
      {
        state: (state) => this.news.emit('state', state),
        pushed: (push) => this.pushed(push),
        position: () => this.position(),
        invalidated: () => this.startAfresh(),
        heads: () => this.heads(),
        closed: () => this.closed(),
        halted: (error) => this.outbox.abandon(error),
      },
    );
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  /** As the last `hello` told them. */
  get limits(): Limits {
    return this.connection.limits;
  }

  /** The newest seq applied in this conversation, 0 if none is known. */
  head(conversation: Uuid): number {
    return this.order.head(conversation);
  }

  on<K extends keyof ClientNews>(kind: K, listener: (news: ClientNews[K]) => void): () => void {
    return this.news.on(kind, listener);
  }

  start(): void {
    if (this.state.at === 'idle' || this.state.at === 'stopped') {
      void this.restoreOnce();
      this.connection.start();
    }
  }

  stop(): void {
    this.personal.flush();
    this.connection.stop();
    this.outbox.abandon(new ParleyError('signed_out', 'The client was stopped.', false));
    this.personal.clear();
    this.order.clear();
    this.isRestored = false;
  }

  /** Ends it as `stop`, and forgets what is not sent yet: the person signs out of this device. */
  async signOut(): Promise<void> {
    this.stop();
    await this.options.outbox?.clear().catch(() => {});
  }

  /** The network may be back (the browser says so): does not wait out a back-off. */
  wake(): void {
    this.connection.wake();
  }

  /** The page is going: what waits to be coalesced goes out now. */
  flush(): void {
    this.personal.flush();
  }

  /** Forgets a conversation that this person has left: nothing of it is asked for on resume. */
  forget(conversation: Uuid): void {
    this.order.forget(conversation);
    this.counters.forget(conversation);
  }

  /**
   * Gives a command to the outbox. Resolves when the server has decided it; rejects with a
   * ParleyError when it was refused. While offline it simply waits.
   */
  command<T extends CommandType>(type: T, data: Commands[T]): Promise<Accepted> {
    if (this.state.at === 'stopped') {
      return Promise.reject(new ParleyError('signed_out', 'The connection has ended.', false));
    }
    const { command_id, message_id } = data as { command_id?: Uuid; message_id?: Uuid };
    if (type === 'send' || type === 'forward' || type === 'schedule') {
      return this.outbox.submit(type, message_id ?? '', data);
    }
    const id = command_id ?? uuid7(this.clock.now());
    return this.outbox.submit(type, id, { ...data, command_id: id });
  }

  send(message: Omit<Commands['send'], 'message_id'> & { message_id?: Uuid }): Promise<Accepted> {
    this.typists.sent(message.conversation, message.thread);
    return this.command('send', { message_id: uuid7(this.clock.now()), ...message });
  }

  /** Gives up a command that is not answered; whether the server has decided it is not known. */
  discard(id: Uuid): void {
    this.outbox.discard(id);
  }

  /** Many marks in a short time go out as one, the highest. */
  read(conversation: Uuid, seq: number, thread?: Uuid): void {
    this.personal.read({ conversation, seq, ...(thread ? { thread } : {}) });
    if (thread === undefined) {
      this.counters.readHere(conversation, seq);
    }
  }

  delivered(conversation: Uuid, seq: number): void {
    this.personal.delivered({ conversation, seq });
  }

  /** An empty text clears it. Keys in quick succession go out as one frame. */
  draft(conversation: Uuid, text: string): void {
    this.personal.draft({ conversation, text });
  }

  /** What was drafted here is newer than what the server tells until it has it. */
  isDrafting(conversation: Uuid): boolean {
    return this.personal.isDrafting(conversation);
  }

  settings(settings: PersonalFrames['settings']): void {
    this.personal.settings(settings);
  }

  hide(conversation: Uuid, message: Uuid): void {
    this.personal.hide({ conversation, message_id: message });
  }

  /** Tells the moderators of the conversation of a message; `refused` tells if they were not. */
  report(report: PersonalFrames['report']): void {
    this.personal.report(report);
  }

  /** Call it with every key; it is told at most every few seconds, and only while connected. */
  type(conversation: Uuid, thread?: Uuid): void {
    if (this.state.at === 'live' && this.typists.isDue(conversation, thread)) {
      this.connection.tell('typing', { conversation, ...(thread ? { thread } : {}) });
    }
  }

  typing(conversation: Uuid, thread?: Uuid): Uuid[] {
    return this.typists.of(conversation, thread);
  }

  /** Presence of these people, counts of these conversations, until the returned call. */
  subscribe(wanted: Wanted): () => void {
    return this.subscriptions.want(wanted);
  }

  /** Live events of a public channel without being a member, until the returned call. */
  watch(conversation: Uuid): () => void {
    return this.watched.want(conversation);
  }

  count(conversation: Uuid): Count {
    return this.counters.count(conversation);
  }

  totals(): Totals {
    return this.counters.totals();
  }

  /** An item that was read by REST: a conversation just joined. */
  learn(item: InboxItem): void {
    this.counters.learn(item);
  }

  private async restoreOnce(): Promise<void> {
    if (!this.isRestored) {
      this.isRestored = true;
      const restored = await this.outbox.restore((settled) => this.news.emit('settled', settled));
      if (restored.length > 0) {
        this.news.emit('restored', restored);
      }
    }
  }

  private pushed(push: ServerPush): void {
    switch (push.t) {
      case 'ready':
        this.ready(push.d);
        break;
      case 'event':
        this.order.offer(push.d);
        break;
      case 'gap':
        this.order.skip(push.d);
        break;
      case 'live':
        this.cursor = push.d.cursor ?? '';
        this.order.caughtUp();
        break;
      case 'typing':
        this.typists.heard(push.d.conversation, push.d.user, push.d.thread);
        break;
      case 'mark':
        this.counters.marked(push.d);
        this.news.emit('mark', push.d);
        break;
      case 'settings':
        this.counters.set(push.d);
        this.news.emit('settings', push.d);
        break;
      case 'draft':
        if (!this.isDrafting(push.d.conversation)) {
          this.news.emit('draft', push.d);
        }
        break;
      case 'hidden':
        this.news.emit('hidden', push.d);
        break;
      case 'presence':
        this.news.emit('presence', push.d);
        break;
      case 'counts':
        this.news.emit('counts', push.d);
        break;
      case 'profile':
        this.news.emit('profile', push.d);
        break;
    }
  }

  private apply(event: ConversationEvent): void {
    this.counters.apply(event);
    if (event.type === 'message.sent') {
      this.typists.ended(event.conversation, event.actor, event.data.thread);
    }
    this.news.emit('event', event);
  }

  private skipped(gap: Gap): void {
    this.counters.skipped(gap.conversation);
    this.news.emit('gap', gap);
  }

  /** Heads of thousands of conversations are larger than a frame; what a cursor repeats is ignored. */
  private position(): { heads: Record<Uuid, number> } | { cursor: string } {
    const heads = this.order.heads();
    const isTooLong = Object.keys(heads).length > RESUME_HEADS_MAX && this.cursor !== '';
    return isTooLong ? { cursor: this.cursor } : { heads };
  }

  private ready(ready: Ready): void {
    this.order.snapshot(ready.conversations, ready.resumed, this.watched.all());
    this.counters.snapshot(ready.user, ready.conversations);
    this.news.emit('ready', ready);
    const { request } = this.connection;
    this.outbox.opened(request);
    this.personal.opened(request);
    this.watched.opened(request);
    this.subscriptions.opened(request);
  }

  private heads(): { heads?: Record<Uuid, number> } {
    const heads = this.order.heads();
    return Object.keys(heads).length <= PING_HEADS_MAX ? { heads } : {};
  }

  /** Marks travel on a road of their own, so the server's view may not have this one yet. */
  private async recount(conversation: Uuid, readSeq: number): Promise<void> {
    const { number } = this.connection;
    for (let attempt = 0; attempt < 5 && number === this.connection.number; attempt += 1) {
      const head = this.order.head(conversation);
      const item = await this.options.fetchItem?.(conversation, head).catch(() => undefined);
      const isCurrent = item !== undefined && item.head_seq >= this.order.head(conversation);
      if (isCurrent && (item.read_seq ?? 0) >= readSeq) {
        this.counters.learn(item);
        return;
      }
      await new Promise<void>((resolve) => this.clock.after(RECOUNT_MILLIS, resolve));
    }
  }

  private startAfresh(): void {
    this.order.clear();
    this.cursor = '';
  }

  private closed(): void {
    this.outbox.closed();
    this.personal.closed();
    this.watched.closed();
    this.subscriptions.closed();
  }
}

/** The cast only forgets the parts of a WebSocket that the library does not use. */
function openWebSocket(url: string, protocol: string): SocketLike {
  return new WebSocket(url, protocol) as unknown as SocketLike;
}
