/**
 * The TypeScript client of Parley's socket protocol and REST tree. It has no dependency, and needs
 * of its surroundings only `WebSocket`, `fetch` and `crypto`.
 */
export { backoffMillis } from './backoff';
export {
  type ClientNews,
  type ClientOptions,
  type ConnectionState,
  ParleyClient,
  type TokenSource,
} from './client';
export { type Clock, systemClock, type Timer } from './clock';
export { CloseCode, meansStop } from './closeCodes';
export { ParleyError } from './errors';
export type { SocketLike } from './link';
export type { EventPage, FetchEvents } from './order';
export {
  type ConversationSummary,
  type Member,
  type Message,
  type MessagePage,
  ParleyRest,
  type Place,
  type SearchHit,
  type SearchPage,
} from './rest';
export { type Grant, type Person, Session, type SessionStore } from './session';
export { uuid7 } from './uuid7';
export type * from './wire';
