/**
 * The socket's frames and the objects inside them, named as they travel. One file lists them;
 * everything else of the library derives from it. Unknown fields are ignored, and an event of an
 * unknown type still counts for the order of its conversation.
 */

export type Uuid = string;

export type ConversationKind = 'self' | 'direct' | 'group' | 'channel';
export type Role = 'owner' | 'admin' | 'moderator' | 'member' | 'read_only';
export type HistoryVisibility = 'from_start' | 'from_joining';

export interface LastMessage {
  id: Uuid;
  seq: number;
  author: Uuid;
  at: string;
  text: string;
  deleted: boolean;
}

export interface InboxItem {
  conversation: Uuid;
  kind: ConversationKind;
  title: string | null;
  topic: string | null;
  role: Role | null;
  head_seq: number;
  head_ordinal: number;
  last_at: string | null;
  last_message: LastMessage | null;
  members_count: number;
  peer: Uuid | null;
  joined_seq: number;
}

/** What an event of each type carries. A message of an erased person has no text and says so. */
export interface EventDataByType {
  'conversation.created': {
    kind: ConversationKind;
    title: string;
    topic: string;
    history: HistoryVisibility;
    imported?: boolean;
  };
  'member.joined': { user: Uuid; role: Role };
  'member.left': { user: Uuid };
  'member.removed': { user: Uuid };
  'member.role_changed': { user: Uuid; role: Role };
  'message.sent': {
    text: string;
    erased?: boolean;
    mentions?: Uuid[];
    reply_to?: Uuid;
    thread?: Uuid;
    imported?: boolean;
  };
  'message.edited': {
    message: Uuid;
    revision: number;
    text: string;
    erased?: boolean;
    mentions?: Uuid[];
  };
  'message.deleted': { message: Uuid };
}

export type EventType = keyof EventDataByType;

/** A fact of a conversation. `id` is the message's id for `message.sent`, else the command's. */
export interface EventOf<T extends EventType> {
  conversation: Uuid;
  seq: number;
  ordinal: number;
  type: T;
  id: Uuid;
  at: string;
  actor: Uuid;
  data: EventDataByType[T];
}

export type ConversationEvent = { [T in EventType]: EventOf<T> }[EventType];

export interface Limits {
  frame?: number;
  text?: number;
  rate?: number;
}

export interface Hello {
  heartbeat_ms: number;
  limits?: Limits;
  epoch: string;
  server?: string;
  auth_deadline_ms: number;
}

export interface Ready {
  session: string;
  user: Uuid;
  cursor?: string;
  resumed: boolean;
  conversations: InboxItem[];
}

export interface Gap {
  conversation: Uuid;
  from: number;
  to: number;
}

export interface ServerPushes {
  hello: Hello;
  ready: Ready;
  event: ConversationEvent;
  gap: Gap;
  live: { cursor?: string };
  ping: Record<string, never>;
  pong: Record<string, never>;
  reconnect: { after_ms: number; reason?: string };
  'auth.expiring': { expires_at?: string };
}

export type ServerPush = {
  [T in keyof ServerPushes]: { t: T; d: ServerPushes[T] };
}[keyof ServerPushes];

/** What an accepted command is answered with. */
export interface Accepted {
  conversation: Uuid;
  seq: number;
  at: string;
  duplicate: boolean;
}

export interface WireError {
  code: string;
  temporary: boolean;
  retry_after_ms?: number;
  detail?: string;
}

export interface Answer {
  id: number;
  ok?: Record<string, unknown>;
  err?: WireError;
}

/**
 * The content of each command frame. A message's id and a command's id (UUIDv7, made by the client)
 * make a repeat harmless; the library adds `command_id` where it is missing.
 */
export interface Commands {
  send: {
    conversation: Uuid;
    message_id: Uuid;
    text: string;
    mentions?: Uuid[];
    reply_to?: Uuid;
    thread?: Uuid;
  };
  edit: Repeatable & { conversation: Uuid; message_id: Uuid; text: string };
  delete: Repeatable & { conversation: Uuid; message_id: Uuid };
  create: Repeatable & {
    /** Of a group or a channel; the ids of the other kinds derive from the people. */
    conversation?: Uuid;
    kind: ConversationKind;
    title?: string;
    topic?: string;
    history?: HistoryVisibility;
    members?: Uuid[];
  };
  join: Repeatable & { conversation: Uuid };
  leave: Repeatable & { conversation: Uuid };
  invite: Repeatable & { conversation: Uuid; user: Uuid; role?: Role };
  remove: Repeatable & { conversation: Uuid; user: Uuid };
  role: Repeatable & { conversation: Uuid; user: Uuid; role: Role };
}

interface Repeatable {
  command_id?: Uuid;
}

export type CommandType = keyof Commands;

export interface ClientFrame {
  id?: number;
  t: string;
  d: object;
}

/** Anything the server may send in one line: an answer has an id, a push has none. */
export type ServerFrame = Answer | ServerPush;

export function isAnswer(frame: ServerFrame): frame is Answer {
  return 'id' in frame && typeof frame.id === 'number' && ('ok' in frame || 'err' in frame);
}
