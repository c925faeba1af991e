/**
 * The TypeScript client of Parley's socket protocol and REST tree. It has no dependency, and needs
 * of its surroundings only `WebSocket`, `fetch` and `crypto`.
 */
export { backoffMillis, type Random } from './backoff';
export { type ClientNews, type ClientOptions, ParleyClient } from './client';
export { type Clock, systemClock, type Timer } from './clock';
export { CloseCode, meansStop } from './closeCodes';
export type { ConnectionState, TokenSource } from './connection';
export { type Count, isMuted } from './counters';
export {
  type AnyErrorCode,
  ERRORS,
  type ErrorCode,
  type LocalErrorCode,
  ParleyError,
} from './errors';
export type { SocketLike } from './link';
export type { EventPage, FetchEvents } from './order';
export type { Settled } from './outbox';
export {
  IndexedDbOutboxStore,
  MemoryOutboxStore,
  type OutboxStore,
  type StoredCommand,
} from './outboxStore';
export {
  type Ban,
  type ConversationSummary,
  type Marks,
  type Member,
  type Message,
  type MessagePage,
  ParleyRest,
  type Place,
  type Reaction,
  type Replies,
  type Revision,
  type Scheduled,
  type SearchHit,
  type SearchPage,
} from './rest';
export { type Grant, type GuestGrant, GuestSession, Session, type SessionStore } from './session';
export type { Wanted } from './subscriptions';
export { uuid7 } from './uuid7';
export type * from './wire';
