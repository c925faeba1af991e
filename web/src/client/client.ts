import { backoffMillis, type Random } from './backoff';
import { type Clock, systemClock, type Timer } from './clock';
import { CloseCode, invalidatesHeads, meansDoubt, meansStop } from './closeCodes';
import { Emitter } from './emitter';
import { ParleyError } from './errors';
import { Link, type SocketLike } from './link';
import { type FetchEvents, Order } from './order';
import { Outbox } from './outbox';
import { uuid7 } from './uuid7';
import {
  type Accepted,
  type Answer,
  type Commands,
  type CommandType,
  type ConversationEvent,
  type Gap,
  type Hello,
  isAnswer,
  type Ready,
  type ServerFrame,
  type ServerPush,
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

export interface ClientNews {
  state: ConnectionState;
  ready: Ready;
  event: ConversationEvent;
  gap: Gap;
}

const PROTOCOL = 'parley.v1.json';
/** A connection that was live this long was a good one: the next loss starts at a short wait. */
const GOOD_MILLIS = 10_000;

/**
 * One person's connection to Parley. It keeps itself connected until `stop`, or until the server
 * says not to come back; across connections it keeps the order of every conversation and the
 * commands that are not answered.
 */
export class ParleyClient {
  private readonly news = new Emitter<ClientNews>();
  private readonly url: string;
  private readonly tokens: TokenSource;
  private readonly openSocket: (url: string, protocol: string) => SocketLike;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly order: Order;
  private readonly outbox: Outbox;

  private current: ConnectionState = { at: 'idle' };
  private link: Link | undefined;
  private answers = new Map<number, (answer: Answer) => void>();
  private lastId = 0;
  private epoch: string | undefined;
  private attempt = 0;
  private liveSince: number | undefined;
  private tokenDoubted = false;
  /** When the server said to come back, if it said so. */
  private comeBackAt: number | undefined;
  private waitTimer: Timer | undefined;
  /** Goes up with every start, stop and connection: what belongs to an older one is void. */
  private turn = 0;

  constructor(options: ClientOptions) {
    this.url = options.url;
    this.tokens = options.tokens;
    this.openSocket = options.openSocket ?? openWebSocket;
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
    this.outbox = new Outbox(this.clock, this.random);
    this.order = new Order(
      options.fetchEvents,
      {
        apply: (event) => this.news.emit('event', event),
        gap: (gap) => this.news.emit('gap', gap),
      },
      this.clock,
      this.random,
    );
  }

  get state(): ConnectionState {
    return this.current;
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
      void this.connect();
    }
  }

  stop(): void {
    this.turn += 1;
    this.waitTimer?.cancel();
    this.link?.close(CloseCode.CLIENT_DONE, 'done');
    this.detach();
    this.outbox.abandon(new ParleyError('signed_out', 'The client was stopped.', false));
    this.order.clear();
    this.become({ at: 'idle' });
  }

  /** The network may be back (the browser says so): does not wait out a back-off. */
  wake(): void {
    if (this.current.at === 'waiting' && this.comeBackAt === undefined) {
      this.waitTimer?.cancel();
      void this.connect();
    }
  }

  /** Forgets a conversation that this person has left: nothing of it is asked for on resume. */
  forget(conversation: Uuid): void {
    this.order.forget(conversation);
  }

  /**
   * Gives a command to the outbox. Resolves when the server has decided it; rejects with a
   * ParleyError when it was refused. While offline it simply waits.
   */
  command<T extends CommandType>(type: T, data: Commands[T]): Promise<Accepted> {
    if (this.current.at === 'stopped') {
      return Promise.reject(new ParleyError('signed_out', 'The connection has ended.', false));
    }
    const id = type === 'send' ? {} : { command_id: uuid7(this.clock.now()) };
    return this.outbox.submit(type, { ...id, ...data });
  }

  send(message: Omit<Commands['send'], 'message_id'> & { message_id?: Uuid }): Promise<Accepted> {
    return this.command('send', { message_id: uuid7(this.clock.now()), ...message });
  }

  private async connect(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    this.comeBackAt = undefined;
    this.become({ at: 'connecting' });
    try {
      const token = await (this.tokenDoubted ? this.tokens.renew() : this.tokens.fresh());
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
    this.link = new Link(this.openSocket(this.url, PROTOCOL), this.clock, {
      frame: (frame) => this.received(frame, token),
      ended: (code, reason) => {
        if (turn === this.turn) {
          this.ended(code, reason);
        }
      },
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
        this.live();
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
    }
  }

  private greeted(hello: Hello, token: string): void {
    this.link?.startHeartbeat(hello.heartbeat_ms);
    if (this.epoch !== undefined && this.epoch !== hello.epoch) {
      this.order.clear();
    }
    this.epoch = hello.epoch;
    this.request('auth', { token }, (answer) => this.authenticated(answer));
  }

  private authenticated(answer: Answer): void {
    if (answer.err === undefined) {
      this.request('resume', { heads: this.order.heads() }, (resumed) =>
        this.resumeAnswered(resumed),
      );
    } else if (answer.err.temporary) {
      this.link?.close(CloseCode.CLIENT_DONE, 'try again');
    } else {
      this.link?.close(CloseCode.TOKEN, answer.err.detail ?? answer.err.code);
    }
  }

  /** `ready` is the real answer. A final refusal means that these heads lead nowhere. */
  private resumeAnswered(answer: Answer): void {
    const { err } = answer;
    if (err !== undefined) {
      const code = err.temporary ? CloseCode.CLIENT_DONE : CloseCode.POSITION_INVALID;
      this.link?.close(code, err.code);
    }
  }

  private ready(ready: Ready): void {
    this.tokenDoubted = false;
    this.order.snapshot(ready.conversations, ready.resumed);
    this.become({ at: 'catching_up', resumed: ready.resumed });
    this.news.emit('ready', ready);
    this.outbox.opened((type, data, answered) => this.request(type, data, answered));
  }

  private live(): void {
    this.liveSince = this.clock.now();
    this.become({
      at: 'live',
      resumed: this.current.at === 'catching_up' && this.current.resumed,
    });
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
      const token = await this.tokens.renew();
      if (turn === this.turn) {
        this.request('refresh', { token }, () => {});
      }
    } catch {
      // The server closes with 4401 when the old token ends, and that path decides what to do.
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
      this.order.clear();
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

  private detach(): void {
    this.link = undefined;
    this.answers.clear();
    this.outbox.closed();
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
