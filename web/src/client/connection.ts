import { backoffMillis, type Random } from './backoff';
import type { Clock, Timer } from './clock';
import { CloseCode, invalidatesHeads, meansDoubt, meansStop } from './closeCodes';
import { ParleyError } from './errors';
import { Link, type SocketLike } from './link';
import type { TokenSource } from './tokens';
import {
  type Answer,
  type Hello,
  isAnswer,
  type Limits,
  type ServerFrame,
  type ServerPush,
  type SessionFrames,
} from './wire';

/** Why the client does not come back: what to tell the person. */
export type StopCause =
  /** The session is over: sign in again. */
  | 'signed_out'
  /** The person may not use this Parley at present. */
  | 'suspended'
  /** Anything else that the close code tells. */
  | 'refused';

export type ConnectionState =
  | { at: 'idle' }
  | { at: 'connecting' }
  | { at: 'catching_up'; resumed: boolean }
  | { at: 'live'; resumed: boolean }
  | { at: 'waiting'; untilMillis: number }
  | { at: 'stopped'; code: number; reason: string; because: StopCause };

export interface ConnectionOptions {
  url: string;
  tokens: TokenSource;
  /** Single-use tickets to open connections with, in place of tokens. */
  tickets: (() => Promise<string>) | undefined;
  openSocket: (url: string, protocol: string) => SocketLike;
  clock: Clock;
  random: Random;
}

export interface ConnectionListener {
  state(state: ConnectionState): void;
  /** What came that this does not care for itself; `ready` and `live` are among it. */
  pushed(push: ServerPush): void;
  /** Where the last connection left off. */
  position(): SessionFrames['resume'];
  /** The position leads nowhere any more: the next one starts afresh. */
  invalidated(): void;
  /** What a ping carries of a live connection. */
  heads(): SessionFrames['ping'];
  /** Nothing goes out and no answer comes until the next `ready`. */
  closed(): void;
  /** The server says not to come back. */
  halted(error: ParleyError): void;
}

const PROTOCOL = 'parley.v1.json';
/** A session that was ended elsewhere is to be noticed at once, but not by a crowd in one moment. */
const DOUBT_MILLIS = 300;
/** How long the server has to close a connection that it has refused. */
const GOODBYE_MILLIS = 2_000;
/** A connection that was live this long was a good one: the next loss starts at a short wait. */
const GOOD_MILLIS = 10_000;

/**
 * Being connected: opens a socket, authenticates and resumes on it, keeps its token fresh, and comes
 * back after a wait when it is lost, until it is stopped or the server says not to come back.
 */
export class Connection {
  private readonly options: ConnectionOptions;
  private readonly clock: Clock;
  private readonly listener: ConnectionListener;
  private current: ConnectionState = { at: 'idle' };
  private stated: Limits = {};
  private link: Link | undefined;
  private answers = new Map<number, (answer: Answer) => void>();
  private lastId = 0;
  private epoch: string | undefined;
  private attempt = 0;
  private liveSince: number | undefined;
  private tokenDoubted = false;
  /** What the last connection authenticated with. */
  private token: string | undefined;
  /** When the server said to come back, if it said so. */
  private comeBackAt: number | undefined;
  private waitTimer: Timer | undefined;
  /** Goes up with every start, stop and connection: what belongs to an older one is void. */
  private turn = 0;

  constructor(options: ConnectionOptions, listener: ConnectionListener) {
    this.options = options;
    this.clock = options.clock;
    this.listener = listener;
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** As the last `hello` told them. */
  get limits(): Limits {
    return this.stated;
  }

  /** Another number for each attempt to connect: what was begun under an older one is void. */
  get number(): number {
    return this.turn;
  }

  start(): void {
    void this.connect();
  }

  stop(): void {
    this.turn += 1;
    this.waitTimer?.cancel();
    this.link?.close(CloseCode.CLIENT_DONE, 'done');
    this.detach();
    this.become({ at: 'idle' });
  }

  /** The network may be back: does not wait out a back-off. */
  wake(): void {
    if (this.current.at === 'waiting' && this.comeBackAt === undefined) {
      this.waitTimer?.cancel();
      void this.connect();
    }
  }

  /** Puts a frame on the wire; the answer may never come. */
  readonly request = (type: string, data: object, answered: (answer: Answer) => void): void => {
    this.lastId += 1;
    this.answers.set(this.lastId, answered);
    this.link?.send({ id: this.lastId, t: type, d: data });
  };

  /** A frame that is not answered. */
  tell(type: string, data: object): void {
    this.link?.send({ t: type, d: data });
  }

  private async connect(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    this.comeBackAt = undefined;
    this.become({ at: 'connecting' });
    try {
      const entry = await this.entry();
      if (turn === this.turn) {
        this.open(entry);
      }
    } catch (error) {
      if (turn === this.turn) {
        this.withoutToken(error);
      }
    }
  }

  /** What the connection is opened with. A token that was refused is not shown again. */
  private async entry(): Promise<SessionFrames['auth']> {
    const { tokens, tickets } = this.options;
    if (tickets !== undefined) {
      if (this.tokenDoubted) {
        await tokens.renew();
      }
      return { ticket: await tickets() };
    }
    const token = await (this.tokenDoubted ? tokens.renew() : tokens.fresh());
    if (this.tokenDoubted && token === this.token) {
      throw new ParleyError('unauthenticated', 'The access token is refused.', false);
    }
    this.token = token;
    return { token };
  }

  private withoutToken(error: unknown): void {
    if (error instanceof ParleyError && error.refused) {
      const code = error.code === 'suspended' ? CloseCode.BANNED : CloseCode.TOKEN;
      this.halt(code, error.message);
    } else {
      this.comeBack();
    }
  }

  private open(entry: SessionFrames['auth']): void {
    const turn = this.turn;
    const { openSocket, url } = this.options;
    this.link = new Link(openSocket(url, PROTOCOL), this.clock, {
      frame: (frame) => this.received(frame, entry),
      ended: (code, reason) => {
        if (turn === this.turn) {
          this.ended(code, reason);
        }
      },
      ping: () => this.tell('ping', this.liveSince === undefined ? {} : this.listener.heads()),
    });
  }

  private received(frame: ServerFrame, entry: SessionFrames['auth']): void {
    if (isAnswer(frame)) {
      const waiting = this.answers.get(frame.id);
      this.answers.delete(frame.id);
      waiting?.(frame);
    } else {
      this.pushed(frame, entry);
    }
  }

  private pushed(push: ServerPush, entry: SessionFrames['auth']): void {
    switch (push.t) {
      case 'hello':
        this.greeted(push.d, entry);
        break;
      case 'ready':
        this.tokenDoubted = false;
        this.become({ at: 'catching_up', resumed: push.d.resumed });
        this.listener.pushed(push);
        break;
      case 'live':
        this.live(push);
        break;
      case 'ping':
        this.tell('pong', {});
        break;
      case 'pong':
        break;
      case 'reconnect':
        this.toldToReconnect(push.d.after_ms);
        break;
      case 'auth.expiring':
        void this.refresh();
        break;
      default:
        this.listener.pushed(push);
    }
  }

  private greeted(hello: Hello, entry: SessionFrames['auth']): void {
    this.link?.startHeartbeat(hello.heartbeat_ms);
    this.stated = hello.limits ?? {};
    if (this.epoch !== undefined && this.epoch !== hello.epoch) {
      this.listener.invalidated();
    }
    this.epoch = hello.epoch;
    this.request('auth', entry, (answer) => this.authenticated(answer));
  }

  private authenticated(answer: Answer): void {
    if (answer.err === undefined) {
      const position = this.listener.position();
      this.request('resume', position, (resumed) => this.resumeAnswered(resumed));
    } else if (answer.err.temporary) {
      this.link?.close(CloseCode.CLIENT_DONE, 'try again');
    } else {
      // The server closes with the code that says why; but its close may be lost.
      const link = this.link;
      const reason = answer.err.detail ?? answer.err.code;
      this.clock.after(GOODBYE_MILLIS, () => link?.close(CloseCode.TOKEN, reason));
    }
  }

  /** `ready` is the real answer. A final refusal means that this position leads nowhere. */
  private resumeAnswered({ err }: Answer): void {
    if (err !== undefined) {
      const code = err.temporary ? CloseCode.CLIENT_DONE : CloseCode.POSITION_INVALID;
      this.link?.close(code, err.code);
    }
  }

  private live(push: ServerPush): void {
    this.liveSince = this.clock.now();
    this.listener.pushed(push);
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
      const token = await this.options.tokens.renew();
      if (turn === this.turn) {
        this.token = token;
        this.request('refresh', { token }, () => {});
      }
    } catch {
      // The server closes with 4401 when the old token ends, and that path decides what to do.
    }
  }

  private ended(code: number, reason: string): void {
    this.detach();
    if (this.liveSince !== undefined && this.clock.now() - this.liveSince >= GOOD_MILLIS) {
      this.attempt = 0;
    }
    this.liveSince = undefined;
    if (invalidatesHeads(code)) {
      this.listener.invalidated();
    }
    if (meansDoubt(code) && !this.tokenDoubted) {
      this.tokenDoubted = true;
      this.comeBack(code === CloseCode.TOKEN ? this.options.random() * DOUBT_MILLIS : undefined);
    } else if (meansStop(code)) {
      this.halt(code, reason);
    } else {
      this.comeBack();
    }
  }

  private detach(): void {
    this.link = undefined;
    this.answers.clear();
    this.listener.closed();
  }

  private comeBack(afterMillis?: number): void {
    const wait =
      this.comeBackAt === undefined
        ? (afterMillis ?? backoffMillis(this.attempt, this.options.random))
        : Math.max(0, this.comeBackAt - this.clock.now());
    this.attempt += 1;
    this.turn += 1;
    this.become({ at: 'waiting', untilMillis: this.clock.now() + wait });
    this.waitTimer = this.clock.after(wait, () => void this.connect());
  }

  private halt(code: number, reason: string): void {
    this.turn += 1;
    this.listener.halted(
      new ParleyError('signed_out', reason || 'The connection has ended.', false),
    );
    this.become({ at: 'stopped', code, reason, because: causeOf(code) });
  }

  private become(state: ConnectionState): void {
    this.current = state;
    this.listener.state(state);
  }
}

function causeOf(code: number): StopCause {
  if (code === CloseCode.TOKEN) {
    return 'signed_out';
  }
  return code === CloseCode.BANNED ? 'suspended' : 'refused';
}
