import type { SocketLike } from '../link';
import type { ConversationEvent, InboxItem } from '../wire';

export interface SentFrame {
  id: number;
  t: string;
  d: Record<string, unknown>;
}

/** The server's end of one socket, played by a test. */
export class FakeSocket implements SocketLike {
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((end: { code: number; reason: string }) => void) | null = null;
  readonly sent: SentFrame[] = [];
  closedWith: number | undefined;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  push(...frames: object[]): void {
    this.onmessage?.({ data: frames.map((frame) => JSON.stringify(frame)).join('\n') });
  }

  drop(code = 1006, reason = ''): void {
    this.onclose?.({ code, reason });
  }

  /** The newest frame of this type that the client sent. */
  last(type: string): SentFrame {
    const found = this.sent.filter((frame) => frame.t === type).at(-1);
    if (found === undefined) {
      throw new Error(`Expected a ${type} frame, but there were ${this.sent.map((f) => f.t)}`);
    }
    return found;
  }

  /** What the frames of this type held, oldest first. */
  all(type: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.t === type).map(({ d }) => d);
  }

  count(type: string): number {
    return this.all(type).length;
  }

  hello(epoch = 'e1'): void {
    this.push({ t: 'hello', d: { heartbeat_ms: 25_000, epoch, auth_deadline_ms: 5_000 } });
  }

  /** Plays the whole opening up to `live`. */
  welcome(conversations: InboxItem[] = [], resumed = false): void {
    this.hello();
    this.push({ id: this.last('auth').id, ok: { expires_at: '2030-01-01T00:00:00Z' } });
    this.ready(conversations, resumed);
    this.push({ t: 'live', d: {} });
  }

  ready(conversations: InboxItem[] = [], resumed = false): void {
    const d = { session: 's', user: 'u', cursor: 'c', resumed, conversations };
    this.push({ t: 'ready', d });
  }
}

/** Every socket that a client opened, newest last. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];

  open = (): FakeSocket => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };

  get socket(): FakeSocket {
    const newest = this.sockets.at(-1);
    if (newest === undefined) {
      throw new Error('Expected an open socket, but there was none');
    }
    return newest;
  }
}

export function sentEvent(conversation: string, seq: number): ConversationEvent {
  return {
    conversation,
    seq,
    ordinal: seq,
    type: 'message.sent',
    id: `message-${seq}`,
    at: '2026-11-20T10:00:00Z',
    actor: 'someone',
    data: { text: `text ${seq}` },
  };
}

export function inboxItem(conversation: string, headSeq: number): InboxItem {
  return {
    conversation,
    kind: 'group',
    title: 'A group',
    topic: null,
    role: 'member',
    head_seq: headSeq,
    head_ordinal: headSeq,
    last_at: null,
    last_message: null,
    members_count: 2,
    peer: null,
    joined_seq: 1,
  };
}
