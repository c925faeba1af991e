import { backoffMillis, type Random } from './backoff';
import { type Clock, systemClock, type Timer } from './clock';
import { CloseCode, invalidatesHeads, meansDoubt, meansStop } from './closeCodes';
import { type Count, Counters } from './counters';
import { Emitter } from './emitter';
import { ParleyError } from './errors';
import { Link, type SocketLike } from './link';
import { type FetchEvents, Order } from './order';
import { Outbox, type Settled } from './outbox';
import type { OutboxStore, StoredCommand } from './outboxStore';
import { Personal } from './personal';
import { Subscriptions, type Wanted } from './subscriptions';
import { Typing } from './typing';
import { uuid7 } from './uuid7';
import { Watched } from './watched';
import {
  type Accepted,
  type Answer,
  type Commands,
  type CommandType,
  type ConversationEvent,
  type Gap,
  type Hello,
  type InboxItem,
  isAnswer,
  type Limits,
  type PersonalFrames,
  type Ready,
  type ServerFrame,
  type ServerPush,
  type ServerPushes,
  type Totals,
  type Uuid,
} from './wire';

/** Where access tokens come from. `renew` fails with a refused ParleyError when signed out. */
export interface TokenSource {
  /** A token that is good for a while yet. */
  fresh(): Promise<string>;
  /** A new token, also if the current one still looks good. */
  renew(): Promise<string>;
}

export interface ClientOptions {
  url: string;
  tokens: TokenSource;
  fetchEvents: FetchEvents;
  /** Reads one conversation as the server counts it. Without it a doubtful count waits for `ready`. */
  fetchItem?: (conversation: Uuid, atLeast: number) => Promise<InboxItem>;
  /** Where unanswered commands outlive the page; by default they do not. */
  outbox?: OutboxStore;
  openSocket?: (url: string, protocol: string) => SocketLike;
  clock?: Clock;
  random?: Random;
}

export type ConnectionState =
  | { at: 'idle' }
  | { at: 'connecting' }
  | { at: 'catching_up'; resumed: boolean }
  | { at: 'live'; resumed: boolean }
  | { at: 'waiting'; untilMillis: number }
  | { at: 'stopped'; code: number; reason: string };

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

const PROTOCOL = 'parley.v1.json';
/** A connection that was live this long was a good one: the next loss starts at a short wait. */
const GOOD_MILLIS = 10_000;
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
  private readonly random: Random;
  private readonly order: Order;
  private readonly outbox: Outbox;
  private readonly personal: Personal;
  private readonly subscriptions: Subscriptions;
  private readonly watched: Watched;
  private readonly typists: Typing;
  private readonly counters: Counters;

  private current: ConnectionState = { at: 'idle' };
  private stated: Limits = {};
  private link: Link | undefined;
  private answers = new Map<number, (answer: Answer) => void>();
  private lastId = 0;
  private epoch: string | undefined;
  private cursor = '';
  private attempt = 0;
  private liveSince: number | undefined;
  private tokenDoubted = false;
  private isRestored = false;
  /** When the server said to come back, if it said so. */
  private comeBackAt: number | undefined;
  private waitTimer: Timer | undefined;
  /** Goes up with every start, stop and connection: what belongs to an older one is void. */
  private turn = 0;

  constructor(options: ClientOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
    this.outbox = new Outbox(this.clock, this.random, options.outbox);
    this.personal = new Personal(this.clock, this.random, (error) =>
      this.news.emit('refused', error),
    );
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
      this.random,
    );
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** As the last `hello` told them. */
  get limits(): Limits {
    return this.stated;
  }

  /** The newest seq applied in this conversation, 0 if none is known. */
  head(conversation: Uuid): number {
    return this.order.head(conversation);
  }

  on<K extends keyof ClientNews>(kind: K, listener: (news: ClientNews[K]) => void): () => void {
    return this.news.on(kind, listener);
  }

  start(): void {
    if (this.current.at === 'idle' || this.current.at === 'stopped') {
      void this.restoreOnce();
      void this.connect();
    }
  }

  stop(): void {
    this.turn += 1;
    this.waitTimer?.cancel();
    this.personal.flush();
    this.link?.close(CloseCode.CLIENT_DONE, 'done');
    this.detach();
    this.outbox.abandon(new ParleyError('signed_out', 'The client was stopped.', false));
    this.personal.clear();
    this.order.clear();
    this.isRestored = false;
    this.become({ at: 'idle' });
  }

  /** The network may be back (the browser says so): does not wait out a back-off. */
  wake(): void {
    if (this.current.at === 'waiting' && this.comeBackAt === undefined) {
      this.waitTimer?.cancel();
      void this.connect();
    }
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
    if (this.current.at === 'stopped') {
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

  settings(settings: PersonalFrames['settings']): void {
    this.personal.settings(settings);
  }

  hide(conversation: Uuid, message: Uuid): void {
    this.personal.hide({ conversation, message_id: message });
  }

  /** Call it with every key; it is told at most every few seconds, and only while connected. */
  type(conversation: Uuid, thread?: Uuid): void {
    if (this.current.at === 'live' && this.typists.isDue(conversation, thread)) {
      this.link?.send({ t: 'typing', d: { conversation, ...(thread ? { thread } : {}) } });
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

  private async connect(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    this.comeBackAt = undefined;
    this.become({ at: 'connecting' });
    const { tokens } = this.options;
    try {
      const token = await (this.tokenDoubted ? tokens.renew() : tokens.fresh());
      if (turn === this.turn) {
        this.open(token);
      }
    } catch (error) {
      if (turn === this.turn) {
        this.withoutToken(error);
      }
    }
  }

  private withoutToken(error: unknown): void {
    if (error instanceof ParleyError && error.refused) {
      this.halt(CloseCode.TOKEN, error.message);
    } else {
      this.comeBack();
    }
  }

  private open(token: string): void {
    const turn = this.turn;
    const openSocket = this.options.openSocket ?? openWebSocket;
    this.link = new Link(openSocket(this.options.url, PROTOCOL), this.clock, {
      frame: (frame) => this.received(frame, token),
      ended: (code, reason) => {
        if (turn === this.turn) {
          this.ended(code, reason);
        }
      },
      ping: () => this.ping(),
    });
  }

  private received(frame: ServerFrame, token: string): void {
    if (isAnswer(frame)) {
      const waiting = this.answers.get(frame.id);
      this.answers.delete(frame.id);
      waiting?.(frame);
    } else {
      this.pushed(frame, token);
    }
  }

  private pushed(push: ServerPush, token: string): void {
    switch (push.t) {
      case 'hello':
        this.greeted(push.d, token);
        break;
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
        this.live(push.d.cursor ?? '');
        break;
      case 'ping':
        this.link?.send({ t: 'pong', d: {} });
        break;
      case 'pong':
        break;
      case 'reconnect':
        this.toldToReconnect(push.d.after_ms);
        break;
      case 'auth.expiring':
        void this.refresh();
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
        this.news.emit('draft', push.d);
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

  private greeted(hello: Hello, token: string): void {
    this.link?.startHeartbeat(hello.heartbeat_ms);
    this.stated = hello.limits ?? {};
    if (this.epoch !== undefined && this.epoch !== hello.epoch) {
      this.startAfresh();
    }
    this.epoch = hello.epoch;
    this.request('auth', { token }, (answer) => this.authenticated(answer));
  }

  private authenticated(answer: Answer): void {
    if (answer.err === undefined) {
      this.request('resume', this.position(), (resumed) => this.resumeAnswered(resumed));
    } else if (answer.err.temporary) {
      this.link?.close(CloseCode.CLIENT_DONE, 'try again');
    } else {
      this.link?.close(CloseCode.TOKEN, answer.err.detail ?? answer.err.code);
    }
  }

  /** Heads of thousands of conversations are larger than a frame; what a cursor repeats is ignored. */
  private position(): { heads: Record<Uuid, number> } | { cursor: string } {
    const heads = this.order.heads();
    const isTooLong = Object.keys(heads).length > RESUME_HEADS_MAX && this.cursor !== '';
    return isTooLong ? { cursor: this.cursor } : { heads };
  }

  /** `ready` is the real answer. A final refusal means that this position leads nowhere. */
  private resumeAnswered(answer: Answer): void {
    const { err } = answer;
    if (err !== undefined) {
      const code = err.temporary ? CloseCode.CLIENT_DONE : CloseCode.POSITION_INVALID;
      this.link?.close(code, err.code);
    }
  }

  private ready(ready: Ready): void {
    this.tokenDoubted = false;
    this.order.snapshot(ready.conversations, ready.resumed, this.watched.all());
    this.counters.snapshot(ready.user, ready.conversations);
    this.become({ at: 'catching_up', resumed: ready.resumed });
    this.news.emit('ready', ready);
    const request = this.request.bind(this);
    this.outbox.opened(request);
    this.personal.opened(request);
    this.watched.opened(request);
    this.subscriptions.opened(request);
  }

  private live(cursor: string): void {
    this.cursor = cursor;
    this.liveSince = this.clock.now();
    this.order.caughtUp();
    this.become({
      at: 'live',
      resumed: this.current.at === 'catching_up' && this.current.resumed,
    });
  }

  private ping(): void {
    const heads = Object.entries(this.order.heads());
    const d = heads.length <= PING_HEADS_MAX ? { heads: Object.fromEntries(heads) } : {};
    this.link?.send({ t: 'ping', d: this.liveSince === undefined ? {} : d });
  }

  /** The server's wait wins over our own; whoever is not cut off by then leaves by himself. */
  private toldToReconnect(afterMillis: number): void {
    this.comeBackAt = this.clock.now() + afterMillis;
    const link = this.link;
    this.clock.after(afterMillis, () => link?.close(CloseCode.DRAIN, 'told to reconnect'));
  }

  private async refresh(): Promise<void> {
    const turn = this.turn;
    try {
      const token = await this.options.tokens.renew();
      if (turn === this.turn) {
        this.request('refresh', { token }, () => {});
      }
    } catch {
      // The server closes with 4401 when the old token ends, and that path decides what to do.
    }
  }

  /** Marks travel on a road of their own, so the server's view may not have this one yet. */
  private async recount(conversation: Uuid, readSeq: number): Promise<void> {
    const turn = this.turn;
    for (let attempt = 0; attempt < 5 && turn === this.turn; attempt += 1) {
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

  private request(type: string, data: object, answered: (answer: Answer) => void): void {
    this.lastId += 1;
    this.answers.set(this.lastId, answered);
    this.link?.send({ id: this.lastId, t: type, d: data });
  }

  private ended(code: number, reason: string): void {
    this.detach();
    if (this.liveSince !== undefined && this.clock.now() - this.liveSince >= GOOD_MILLIS) {
      this.attempt = 0;
    }
    this.liveSince = undefined;
    if (invalidatesHeads(code)) {
      this.startAfresh();
    }
    if (meansDoubt(code) && !this.tokenDoubted) {
      this.tokenDoubted = true;
      this.comeBack();
    } else if (meansStop(code)) {
      this.halt(code, reason);
    } else {
      this.comeBack();
    }
  }

  private startAfresh(): void {
    this.order.clear();
    this.cursor = '';
  }

  private detach(): void {
    this.link = undefined;
    this.answers.clear();
    this.outbox.closed();
    this.personal.closed();
    this.watched.closed();
    this.subscriptions.closed();
  }

  private comeBack(): void {
    const wait =
      this.comeBackAt === undefined
        ? backoffMillis(this.attempt, this.random)
        : Math.max(0, this.comeBackAt - this.clock.now());
    this.attempt += 1;
    this.turn += 1;
    this.become({ at: 'waiting', untilMillis: this.clock.now() + wait });
    this.waitTimer = this.clock.after(wait, () => void this.connect());
  }

  private halt(code: number, reason: string): void {
    this.turn += 1;
    this.outbox.abandon(
      new ParleyError('signed_out', reason || 'The connection has ended.', false),
    );
    this.become({ at: 'stopped', code, reason });
  }

  private become(state: ConnectionState): void {
    this.current = state;
    this.news.emit('state', state);
  }
}

/** The cast only forgets the parts of a WebSocket that the library does not use. */
function openWebSocket(url: string, protocol: string): SocketLike {
  return new WebSocket(url, protocol) as unknown as SocketLike;
}
