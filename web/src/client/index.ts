/**
 * The TypeScript client of Parley's socket protocol and REST tree. It has no dependency, and needs
 * of its surroundings only `WebSocket`, `fetch` and `crypto`.
 */
export {
  type AdminConversation,
  type AdminPage,
  type AdminPerson,
  type AdminPersonChange,
  type BotKey,
  type NewBotKey,
  ParleyAdmin,
  SCOPES,
  type TokenScope,
} from './admin';
export { backoffMillis, type Random } from './backoff';
export { type ClientNews, type ClientOptions, ParleyClient } from './client';
export { type Clock, systemClock, type Timer } from './clock';
export { CloseCode, meansStop } from './closeCodes';
export type { ConnectionState, StopCause } from './connection';
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
  type ErasureReceipt,
  type Held,
  type Marks,
  type Member,
  type Message,
  type MessagePage,
  ParleyRest,
  type Place,
  type Reaction,
  type Replies,
  type Reported,
  type Revision,
  type Scheduled,
  type SearchHit,
  type SearchPage,
  type Settlement,
  type SignedInSession,
} from './rest';
export {
  type CookieGrant,
  CookieSession,
  type Grant,
  type GuestGrant,
  GuestSession,
  type InTurn,
  inTurnOfWindows,
  Session,
  type SessionEnd,
  type SessionStore,
} from './session';
export type { Wanted } from './subscriptions';
export { AskedTokens, type AskForToken, type Claims, claimsOf, type TokenSource } from './tokens';
export { uuid7 } from './uuid7';
export type * from './wire';
