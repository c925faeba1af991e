/**
 * The socket's frames and the objects inside them, named as they travel. One file lists them;
 * everything else of the library derives from it. Unknown fields are ignored, and an event of an
 * unknown type still counts for the order of its conversation.
 */

export type Uuid = string;

export type ConversationKind = 'self' | 'direct' | 'group' | 'channel' | 'space';
export type Role = 'owner' | 'admin' | 'moderator' | 'member' | 'read_only';
export type HistoryVisibility = 'from_start' | 'from_joining';
export type Everyone = 'here' | 'all';
export type ScheduleEnd = 'sent' | 'cancelled' | 'failed';
/** The product's own data: names and texts. */
export type Custom = Record<string, string>;

/** A file that lies elsewhere. */
export interface Attachment {
  name: string;
  url: string;
  id?: string;
  media_type?: string;
  bytes?: number;
  width?: number;
  height?: number;
}

/** Where a forwarded message came from. */
export interface Forwarded {
  conversation: Uuid;
  message: Uuid;
  author: Uuid;
}

export interface LastMessage {
  id: Uuid;
  seq: number;
  author: Uuid;
  at: string;
  text: string;
  deleted: boolean;
}

/** One's own settings of a conversation. `muted_until`: a time, `forever`, or null. */
export interface Settings {
  muted_until?: string | null;
  pinned?: boolean;
  archived?: boolean;
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
  avatar?: string | null;
  custom?: Custom;
  history?: HistoryVisibility;
  archived?: boolean;
  slow_mode_seconds?: number;
  my_muted_until?: string | null;
  delivered_seq?: number;
  read_seq?: number;
  unread?: number;
  mentions?: number;
  settings?: Settings;
  draft?: string | null;
  space?: Uuid | null;
}

/** What a message holds besides its text. */
export interface ContentExtras {
  mentions?: Uuid[];
  type?: string;
  custom?: Custom;
  attachments?: Attachment[];
}

/** What an event of each type carries. A message of an erased person has no text and says so. */
export interface EventDataByType {
  'conversation.created': {
    kind: ConversationKind;
    title: string;
    topic: string;
    history: HistoryVisibility;
    avatar?: string;
    custom?: Custom;
    imported?: boolean;
  };
  'conversation.changed': ConversationChange;
  'conversation.archived': { archived: boolean };
  'member.joined': { user: Uuid; role: Role };
  'member.left': { user: Uuid };
  'member.removed': { user: Uuid };
  'member.role_changed': { user: Uuid; role: Role };
  /** Without `until`: may speak again. */
  'member.muted': { user: Uuid; until?: string };
  /** Without `until`: for ever. */
  'member.banned': { user: Uuid; until?: string; reason?: string };
  'member.unbanned': { user: Uuid };
  'message.sent': ContentExtras & {
    text: string;
    erased?: boolean;
    reply_to?: Uuid;
    thread?: Uuid;
    everyone?: Everyone;
    expires_at?: string;
    forwarded?: Forwarded;
    imported?: boolean;
  };
  'message.edited': ContentExtras & {
    message: Uuid;
    revision: number;
    text: string;
    erased?: boolean;
  };
  'message.deleted': { message: Uuid; expired?: boolean };
  'message.pinned': { message: Uuid };
  'message.unpinned': { message: Uuid };
  'reaction.added': { message: Uuid; emoji: string };
  'reaction.removed': { message: Uuid; emoji: string };
  'space.channel_added': { channel: Uuid };
  'space.channel_removed': { channel: Uuid };
  'message.scheduled': ContentExtras & {
    message: Uuid;
    target: Uuid;
    scheduled_at: string;
    text: string;
    erased?: boolean;
    reply_to?: Uuid;
    thread?: Uuid;
    everyone?: Everyone;
    expires_after_seconds?: number;
  };
  'message.schedule_ended': { message: Uuid; end: ScheduleEnd; detail?: string };
}

/** What is left out stays as it is. */
export interface ConversationChange {
  title?: string;
  topic?: string;
  avatar?: string;
  custom?: Custom;
  history?: HistoryVisibility;
  slow_mode_seconds?: number;
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
  trace?: string;
}

export type ConversationEvent = { [T in EventType]: EventOf<T> }[EventType];

/** All that a client has to keep to; a server tells those that it has. */
export interface Limits {
  frame_bytes?: number;
  text_chars?: number;
  [name: string]: unknown;
}

export interface Hello {
  heartbeat_ms: number;
  limits?: Limits;
  epoch: string;
  server?: string;
  auth_deadline_ms: number;
}

/** Over the conversations that are not muted. */
export interface Totals {
  conversations: number;
  unread: number;
  mentions: number;
}

export interface Ready {
  session: string;
  user: Uuid;
  guest?: boolean;
  cursor?: string;
  /** The log that every seq and cursor is of. */
  epoch?: string;
  /** The position that was resumed from is of another log. */
  epoch_changed?: boolean;
  resumed: boolean;
  conversations: InboxItem[];
  /** Of those that were silent longest nothing is told, and no event comes. */
  truncated?: boolean;
  total?: Totals;
}

export interface Gap {
  conversation: Uuid;
  from: number;
  to: number;
}

/** How far somebody has got. With `thread` it is one's own reading of that thread. */
export interface Mark {
  conversation: Uuid;
  user: Uuid;
  delivered?: number;
  read?: number;
  thread?: Uuid;
}

export interface Presence {
  user: Uuid;
  online: boolean;
  last_seen?: string | null;
}

export interface Person {
  id: Uuid;
  name: string;
  display_name: string;
}

export type ReportReason = 'spam' | 'abuse' | 'illegal' | 'other';

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
  mark: Mark;
  settings: Settings & { conversation: Uuid };
  draft: { conversation: Uuid; text: string };
  hidden: { conversation: Uuid; message: Uuid };
  typing: { conversation: Uuid; user: Uuid; thread?: Uuid };
  presence: Presence;
  counts: { conversation: Uuid; people: number; guests: number };
  profile: { user: Person };
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

/** What a person writes. Attachments or a type of the product's own may stand for the text. */
export interface Draftable extends ContentExtras {
  text: string;
  reply_to?: Uuid;
  thread?: Uuid;
  everyone?: Everyone;
  expires_after_seconds?: number;
}

/**
 * The content of each command frame. A message's id and a command's id (UUIDv7, made by the client)
 * make a repeat harmless; the library adds `command_id` where it is missing.
 */
export interface Commands {
  send: Draftable & { conversation: Uuid; message_id: Uuid };
  forward: {
    conversation: Uuid;
    message_id: Uuid;
    from: { conversation: Uuid; message_id: Uuid };
  };
  /** Answered with the event in one's own `self` conversation. */
  schedule: Draftable & { conversation: Uuid; message_id: Uuid; at: string };
  cancel_schedule: Repeatable & { message_id: Uuid };
  edit: OfMessage & ContentExtras & { text: string };
  delete: OfMessage;
  react: OfMessage & { emoji: string };
  unreact: OfMessage & { emoji: string };
  pin: OfMessage;
  unpin: OfMessage;
  create: Repeatable & {
    /** Of a group, a channel or a space; the ids of the other kinds derive from the people. */
    conversation?: Uuid;
    kind: ConversationKind;
    title?: string;
    topic?: string;
    history?: HistoryVisibility;
    members?: Uuid[];
    avatar?: string;
    custom?: Custom;
  };
  change: OfConversation & ConversationChange;
  archive: OfConversation & { archived: boolean };
  join: OfConversation;
  leave: OfConversation;
  invite: OfMember & { role?: Role };
  remove: OfMember;
  role: OfMember & { role: Role };
  transfer: OfMember;
  ban: OfMember & { for_seconds?: number; reason?: string };
  unban: OfMember;
  /** 0 ends it. */
  mute: OfMember & { for_seconds: number };
  add_channel: OfConversation & { channel: Uuid };
  remove_channel: OfConversation & { channel: Uuid };
}

interface Repeatable {
  command_id?: Uuid;
}

interface OfConversation extends Repeatable {
  conversation: Uuid;
}

interface OfMember extends OfConversation {
  user: Uuid;
}

interface OfMessage extends OfConversation {
  message_id: Uuid;
}

export type CommandType = keyof Commands;

/** What is kept for one person, in the log but in nobody's order: the last one counts. */
export interface PersonalFrames {
  delivered: { conversation: Uuid; seq: number };
  read: { conversation: Uuid; seq: number; thread?: Uuid };
  /** `muted_for_seconds`: -1 for ever, 0 off. */
  settings: {
    conversation: Uuid;
    muted_for_seconds?: number;
    pinned?: boolean;
    archived?: boolean;
  };
  /** An empty text clears it. */
  draft: { conversation: Uuid; text: string };
  hide: { conversation: Uuid; message_id: Uuid };
  /** To the moderators of the conversation; nobody else is told. */
  report: { conversation: Uuid; message_id: Uuid; reason: ReportReason; note?: string };
}

/** Stored nowhere. */
export interface LiveFrames {
  typing: { conversation: Uuid; thread?: Uuid };
  'presence.sub': { users?: Uuid[]; conversations?: Uuid[] };
  'presence.unsub': { users?: Uuid[]; conversations?: Uuid[] };
  watch: { conversation: Uuid };
  unwatch: { conversation: Uuid };
}

export interface SessionFrames {
  auth: { token: string } | { ticket: string };
  refresh: { token: string };
  /** `epoch`: the log that the heads are of, as `hello` named it. */
  resume: { heads: Record<Uuid, number>; epoch?: string } | { cursor: string };
  ping: { heads?: Record<Uuid, number> };
  pong: Record<string, never>;
}

/** Everything that a client may send. */
export type ClientFrames = Commands & PersonalFrames & LiveFrames & SessionFrames;

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
