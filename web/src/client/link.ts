import type { Clock, Timer } from './clock';
import { CloseCode } from './closeCodes';
import type { ClientFrame, ServerFrame } from './wire';

/** The part of a browser's WebSocket that the library needs. */
export interface SocketLike {
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((end: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export interface LinkListener {
  frame(frame: ServerFrame): void;
  ended(code: number, reason: string): void;
  /** A ping is due; whoever listens knows what it carries. */
  ping(): void;
}

/** Until `hello` tells the heartbeat, this is how long opening may take. */
const OPENING_MILLIS = 15_000;
/** Dead after 35 s without traffic at a heartbeat of 25 s. */
const DEAD_PER_HEARTBEAT = 1.4;

/**
 * The life of one socket: lines in and out, the heartbeat, and noticing that the other end is gone.
 * It ends exactly once; a socket given up for dead is not waited for, since a browser may take
 * minutes to say that a cut line is closed.
 */
export class Link {
  private readonly socket: SocketLike;
  private readonly clock: Clock;
  private readonly listener: LinkListener;
  private over = false;
  private deadMillis = OPENING_MILLIS;
  private deadTimer: Timer;
  private pingTimer: Timer | undefined;

  constructor(socket: SocketLike, clock: Clock, listener: LinkListener) {
    this.socket = socket;
    this.clock = clock;
    this.listener = listener;
    this.deadTimer = this.expectTraffic();
    socket.onmessage = (message) => this.received(String(message.data));
    socket.onclose = (end) => this.end(end.code, end.reason);
  }

  send(frame: ClientFrame): void {
    if (!this.over) {
      this.socket.send(JSON.stringify(frame));
    }
  }

  startHeartbeat(heartbeatMillis: number): void {
    this.deadMillis = heartbeatMillis * DEAD_PER_HEARTBEAT;
    this.pingEvery(heartbeatMillis);
  }

  close(code: number, reason: string): void {
    if (!this.over) {
      this.socket.close(code, reason);
      this.end(code, reason);
    }
  }

  private received(text: string): void {
    if (this.over) {
      return;
    }
    this.deadTimer.cancel();
    this.deadTimer = this.expectTraffic();
    for (const line of text.split('\n')) {
      if (line.trim() !== '' && !this.over) {
        this.handOver(line);
      }
    }
  }

  private handOver(line: string): void {
    const frame = parse(line);
    if (frame !== undefined) {
      this.listener.frame(frame);
    }
  }

  private pingEvery(millis: number): void {
    this.pingTimer = this.clock.after(millis, () => {
      this.listener.ping();
      this.pingEvery(millis);
    });
  }

  private expectTraffic(): Timer {
    return this.clock.after(this.deadMillis, () =>
      this.close(CloseCode.HEARTBEAT_MISSED, 'no traffic'),
    );
  }

  private end(code: number, reason: string): void {
    if (this.over) {
      return;
    }
    this.over = true;
    this.deadTimer.cancel();
    this.pingTimer?.cancel();
    this.socket.onmessage = null;
    this.socket.onclose = null;
    this.listener.ended(code, reason);
  }
}

/** A line that is no frame is dropped: the sequence check finds what it may have carried. */
function parse(line: string): ServerFrame | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
