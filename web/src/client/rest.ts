import { ParleyError } from './errors';
import type { EventPage } from './order';
import type { CookieGrant, Grant, GuestGrant } from './session';
import { type AskForToken, type TokenSource, tokenSource } from './tokens';
import type {
  Attachment,
  Custom,
  Everyone,
  Forwarded,
  InboxItem,
  Person,
  ReportReason,
  Role,
  Totals,
  Uuid,
} from './wire';

export interface Message {
  conversation: Uuid;
  seq: number;
  ordinal: number;
  id: Uuid;
  author: Uuid;
  at: string;
  text: string;
  mentions: Uuid[];
  revision: number;
  edited_at: string | null;
  deleted: boolean;
  erased?: boolean;
  reply_to: Uuid | null;
  thread: Uuid | null;
  imported: boolean;
  type?: string;
  custom?: Custom;
  attachments?: Attachment[];
  everyone?: Everyone | null;
  reactions?: Reaction[];
  pinned?: boolean;
  forwarded?: Forwarded | null;
  expires_at?: string | null;
  /** Of a message that threads hang from. */
  replies?: Replies | null;
}

export interface Reaction {
  emoji: string;
  count: number;
  me: boolean;
}

export interface Replies {
  count: number;
  last_at: string;
  unread?: number;
}

export interface Revision {
  revision: number;
  at: string;
  text: string;
}

/** How far each member is; in a large conversation only how many have read each late message. */
export interface Marks {
  marks?: { user: Uuid; delivered: number; read: number }[];
  summarised?: boolean;
  read?: { seq: number; count: number }[];
}

export interface Ban {
  user: Uuid;
  until?: string | null;
  reason?: string;
}

/** One's own message that waits for its time, and where it goes. */
export interface Scheduled {
  conversation: Uuid;
  message_id: Uuid;
  at: string;
  text: string;
  /** Why it was not sent. */
  failed?: string | null;
}

export interface MessagePage {
  messages: Message[];
  has_before: boolean;
  has_after: boolean;
  /** How far the view was: events up to this seq are in it. 0 if the server does not say. */
  through?: number;
}

export interface Member {
  user: Uuid;
  role: Role;
  joined_seq: number;
  muted_until?: string | null;
}

export interface SearchHit {
  conversation: Uuid;
  id: Uuid;
  seq: number;
  author: Uuid;
  at: string;
  text: string;
  highlights: string[];
  thread: Uuid | null;
}

export interface SearchPage {
  hits: SearchHit[];
  total: number;
  cursor: string | null;
  lag_ms: number;
}

/** One place where somebody is signed in. */
export interface SignedInSession {
  id: Uuid;
  created_at: string;
  last_used_at: string;
  /** What the browser or client called itself. */
  client: string | null;
  current: boolean;
}

/** What erasing somebody destroyed, and when. */
export interface ErasureReceipt {
  /** Its number: with it the receipt is told again, without an account. */
  receipt?: Uuid;
  user: Uuid;
  requested_at: string;
  key_id?: string;
  key_destroyed_at: string | null;
  sessions_ended: number;
  destroyed: string[];
  /** Clean: not even the log holds an older record with the name or the key. */
  log: { clean: boolean; clean_at?: string | null };
  note?: string;
}

/** A message that was reported, by whom and why. */
export interface Reported {
  conversation: Uuid;
  message: Message;
  reports: { user: Uuid; reason: ReportReason; note?: string | null; at: string }[];
  settled: { by: Uuid; at: string; settlement: Settlement } | null;
}

export type Settlement = 'dismissed' | 'acted';

/** A message that waits for a moderator, because a filter held it. */
export interface Held {
  conversation: Uuid;
  message: Uuid;
  author: Uuid;
  at: string;
  text: string;
  reason: string;
}

/** What a directory of channels or one conversation tells; `role` is null for a non-member. */
export type ConversationSummary = Pick<
  InboxItem,
  'conversation' | 'kind' | 'title' | 'topic' | 'members_count'
> &
  Partial<InboxItem>;

export type Place =
  | { before: number }
  | { after: number }
  | { around: number }
  | Record<never, never>;

/** What the summary of a conversation leaves out for who is no member. */
const ABSENT = {
  role: null,
  head_seq: 0,
  head_ordinal: 0,
  last_at: null,
  last_message: null,
  peer: null,
  joined_seq: 0,
};

/** What changes a cookie must not be cut off by a reload: else the browser keeps the old one. */
type Fate = 'outlives the page';

type Query = Record<string, string | number | undefined>;

/** Statuses that mean "not now": the request itself may be right. */
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The REST tree under `/api`. Every refusal is a ParleyError made of the problem document. */
export class ParleyRest {
  private readonly base: string;
  private readonly bearer: TokenSource | undefined;
  private readonly fetch: typeof globalThis.fetch;

  /** `bearer`: a session, or a function of a product that has its own users and tokens. */
  constructor(
    base: string,
    bearer?: TokenSource | AskForToken,
    fetch = globalThis.fetch.bind(globalThis),
  ) {
    this.base = base;
    this.bearer = bearer === undefined ? undefined : tokenSource(bearer);
    this.fetch = fetch;
  }

  register(name: string, password: string, displayName?: string): Promise<Grant> {
    return this.post('/api/auth/register', newcomer(name, password, displayName));
  }

  login(name: string, password: string): Promise<Grant> {
    return this.post('/api/auth/login', { name, password });
  }

  refresh(refreshToken: string): Promise<Grant> {
    return this.post('/api/auth/refresh', { refresh_token: refreshToken });
  }

  /** As `register`, with the refresh token in a cookie that no script can read: for browsers. */
  registerHere(name: string, password: string, displayName?: string): Promise<CookieGrant> {
    const body = { ...newcomer(name, password, displayName), cookie: true };
    return this.post('/api/auth/register', body);
  }

  loginHere(name: string, password: string): Promise<CookieGrant> {
    return this.post('/api/auth/login', { name, password, cookie: true });
  }

  /** The cookie of this browser is exchanged for the next one; only one window at a time may. */
  refreshHere(): Promise<CookieGrant> {
    return this.post('/api/auth/refresh', { cookie: true }, 'outlives the page');
  }

  /**
   * Ends one session on the server: that of the bearer, of the refresh token given, or of this
   * browser's cookie, which goes as well.
   */
  logout(refreshToken?: string): Promise<void> {
    const body = refreshToken === undefined ? {} : { refresh_token: refreshToken };
    return this.post('/api/auth/logout', body, 'outlives the page');
  }

  /** Whether people log in here by name and password, or with the tokens of a product of its own. */
  async hasAccounts(): Promise<boolean> {
    try {
      // Without a body: refused as malformed before anything is counted or hashed.
      await this.send('POST', '/api/auth/login');
      return true;
    } catch (error) {
      return !(error instanceof ParleyError && error.status === 404);
    }
  }

  /** Ends all sessions of this person, this one too. */
  logoutAll(): Promise<void> {
    return this.post('/api/auth/logout-all', {});
  }

  /** All other sessions end with it. */
  changePassword(current: string, password: string): Promise<void> {
    return this.post('/api/auth/password', { current, password });
  }

  async sessions(): Promise<SignedInSession[]> {
    return listOf(await this.get('/api/auth/sessions', {}));
  }

  endSession(id: Uuid): Promise<void> {
    return this.delete(`/api/auth/sessions/${id}`);
  }

  /** Opens one connection within 30 s, in place of a token. */
  async ticket(): Promise<string> {
    return (await this.post<{ ticket: string }>('/api/auth/ws-ticket', {})).ticket;
  }

  /** A token with which public channels are read, and nothing else is done. */
  guest(): Promise<GuestGrant> {
    return this.post('/api/auth/guest', {});
  }

  /** At most 100 ids a call. */
  async people(ids: readonly Uuid[]): Promise<Person[]> {
    return (await this.get<{ users: Person[] }>('/api/users', { ids: ids.join(',') })).users;
  }

  async findPeople(prefix: string, limit = 20): Promise<Person[]> {
    return (await this.get<{ users: Person[] }>('/api/users', { q: prefix, limit })).users;
  }

  /** Changes how others see this person; their open clients are told. */
  rename(displayName: string): Promise<Person> {
    return this.send('PATCH', '/api/users/me', { display_name: displayName });
  }

  me(): Promise<Person> {
    return this.get('/api/users/me', {});
  }

  /** People who may not write to this one; at most 1,000. */
  async blocks(): Promise<Uuid[]> {
    const blocks = listOf<Uuid | { user?: Uuid; id?: Uuid }>(
      await this.get('/api/users/me/blocks', {}),
    );
    return blocks.flatMap((each) =>
      typeof each === 'string' ? each : (each.user ?? each.id ?? []),
    );
  }

  block(user: Uuid): Promise<void> {
    return this.send('PUT', `/api/users/me/blocks/${user}`, {});
  }

  unblock(user: Uuid): Promise<void> {
    return this.delete(`/api/users/me/blocks/${user}`);
  }

  /**
   * Erases this person for good. Who has no password here (a person of another issuer) proves
   * himself with a token of the last five minutes.
   */
  eraseMe(password?: string): Promise<ErasureReceipt> {
    return this.send('DELETE', '/api/users/me', password === undefined ? {} : { password });
  }

  /** The receipt by its number: the account is no more, but the log may have become clean. */
  receipt(number: Uuid): Promise<ErasureReceipt> {
    return this.get('/api/users/me/erasure', { receipt: number });
  }

  /** All that this person wrote and keeps, as a zip. */
  async exportMine(): Promise<Blob> {
    const response = await this.answered('GET', '/api/conversations/export');
    return response.ok ? response.blob() : read(response);
  }

  report(id: Uuid, message: Uuid, reason: ReportReason, note?: string): Promise<void> {
    const body = { reason, ...(note ? { note } : {}) };
    return this.post(`/api/conversations/${id}/messages/${message}/report`, body);
  }

  /** Of one conversation, or of all that this person moderates. */
  async reports(id?: Uuid): Promise<Reported[]> {
    const reports = listOf<Reported>(await this.get(`${within(id)}/reports`, {}));
    // The view may have the report before the message: it is there a moment later.
    return reports.filter(({ message }) => message != null);
  }

  settleReport(id: Uuid, message: Uuid, settlement: Settlement): Promise<void> {
    return this.send('PUT', `/api/conversations/${id}/reports/${message}`, { settlement });
  }

  async held(id?: Uuid): Promise<Held[]> {
    return listOf(await this.get(`${within(id)}/held`, {}));
  }

  /** Released it is sent as its author's; refused it is gone. */
  settleHeld(id: Uuid, message: Uuid, author: Uuid, release: boolean): Promise<void> {
    return this.send('PUT', `/api/conversations/${id}/held/${message}`, { author, release });
  }

  async directory(text: string, limit = 50): Promise<ConversationSummary[]> {
    const query = { q: text || undefined, limit };
    type Body = { conversations: ConversationSummary[] };
    return (await this.get<Body>('/api/conversations/directory', query)).conversations;
  }

  conversation(id: Uuid, atLeast?: number): Promise<ConversationSummary> {
    return this.get(`/api/conversations/${id}`, position(id, atLeast));
  }

  /** The same as an item of the inbox. */
  async item(id: Uuid, atLeast?: number): Promise<InboxItem> {
    return { ...ABSENT, ...(await this.conversation(id, atLeast)) };
  }

  async members(id: Uuid, after?: Uuid, limit = 100, atLeast?: number): Promise<Member[]> {
    const query = { after, limit, ...position(id, atLeast) };
    return (await this.get<{ members: Member[] }>(`/api/conversations/${id}/members`, query))
      .members;
  }

  messages(id: Uuid, place: Place, limit: number, atLeast?: number): Promise<MessagePage> {
    const query = { ...place, limit, ...position(id, atLeast) };
    return this.page(`/api/conversations/${id}/messages`, query);
  }

  message(id: Uuid, message: Uuid, atLeast?: number): Promise<Message> {
    return this.get(`/api/conversations/${id}/messages/${message}`, position(id, atLeast));
  }

  /** The answers in the thread of this message. */
  thread(
    id: Uuid,
    root: Uuid,
    place: Place,
    limit: number,
    atLeast?: number,
  ): Promise<MessagePage> {
    const query = { thread: root, ...place, limit, ...position(id, atLeast) };
    return this.page(`/api/conversations/${id}/messages`, query);
  }

  async pins(id: Uuid, atLeast?: number): Promise<Message[]> {
    return listOf(await this.get(`/api/conversations/${id}/pins`, position(id, atLeast)));
  }

  /** Roots of the threads that this person is in, newest first. */
  async threads(id: Uuid, atLeast?: number): Promise<Message[]> {
    return listOf(await this.get(`/api/conversations/${id}/threads`, position(id, atLeast)));
  }

  async revisions(id: Uuid, message: Uuid, atLeast?: number): Promise<Revision[]> {
    const path = `/api/conversations/${id}/messages/${message}/history`;
    return listOf(await this.get(path, position(id, atLeast)));
  }

  marks(id: Uuid, atLeast?: number): Promise<Marks> {
    return this.get(`/api/conversations/${id}/marks`, position(id, atLeast));
  }

  async bans(id: Uuid, atLeast?: number): Promise<Ban[]> {
    return listOf(await this.get(`/api/conversations/${id}/bans`, position(id, atLeast)));
  }

  /** Of a space, as far as this person may read them. */
  async channels(id: Uuid, atLeast?: number): Promise<ConversationSummary[]> {
    return listOf(await this.get(`/api/conversations/${id}/channels`, position(id, atLeast)));
  }

  async reactions(
    id: Uuid,
    message: Uuid,
    atLeast?: number,
  ): Promise<{ emoji: string; users: Uuid[] }[]> {
    const query = { message, ...position(id, atLeast) };
    return listOf(await this.get(`/api/conversations/${id}/reactions`, query));
  }

  /** `own` is one's conversation of kind `self`: its events tell of the schedule. */
  async scheduled(own?: Uuid, atLeast?: number): Promise<Scheduled[]> {
    const query = own === undefined ? {} : position(own, atLeast);
    return listOf(await this.get('/api/conversations/scheduled', query));
  }

  totals(): Promise<Totals> {
    return this.get('/api/conversations/unread', {});
  }

  async inbox(limit = 200, before?: string): Promise<InboxItem[]> {
    return listOf(await this.get('/api/conversations', { limit, before }));
  }

  events(id: Uuid, after: number, through: number, limit = 200): Promise<EventPage> {
    const query = { after, limit, ...position(id, through) };
    return this.get(`/api/conversations/${id}/events`, query);
  }

  search(text: string, conversation?: Uuid, cursor?: string): Promise<SearchPage> {
    return this.get('/api/search/messages', { q: text, conversation, cursor, limit: 20 });
  }

  private async page(path: string, query: Query): Promise<MessagePage> {
    const response = await this.answered('GET', withQuery(path, query));
    const through = Number(response.headers?.get('parley-position')?.split(':')[1] ?? 0);
    return { ...(await read<MessagePage>(response)), through };
  }

  protected async get<T>(path: string, query: Query): Promise<T> {
    return read<T>(await this.answered('GET', withQuery(path, query)));
  }

  protected post<T>(path: string, body: object, fate?: Fate): Promise<T> {
    return this.send('POST', path, body, fate);
  }

  protected delete<T>(path: string): Promise<T> {
    return this.send('DELETE', path);
  }

  protected async send<T>(method: string, path: string, body?: object, fate?: Fate): Promise<T> {
    return read<T>(await this.answered(method, path, body, fate));
  }

  /** A 401 may be a token that ended a moment ago: one more try with a new one. */
  private async answered(
    method: string,
    path: string,
    body?: object,
    fate?: Fate,
  ): Promise<Response> {
    const bearer = this.bearer;
    if (bearer === undefined) {
      return this.call(method, path, body, undefined, fate);
    }
    const first = await this.call(method, path, body, await bearer.fresh(), fate);
    return first.status === 401 && !(await isOfThePassword(first))
      ? this.call(method, path, body, await bearer.renew(), fate)
      : first;
  }

  private async call(
    method: string,
    path: string,
    body: object | undefined,
    token: string | undefined,
    fate: Fate | undefined,
  ): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== undefined) {
      headers.authorization = `Bearer ${token}`;
    }
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
    }
    const init: RequestInit = {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(fate === undefined ? {} : { keepalive: true }),
    };
    try {
      return await this.fetch(this.base + path, init);
    } catch {
      throw new ParleyError('unreachable', 'The server cannot be reached.', true);
    }
  }
}

function newcomer(name: string, password: string, displayName: string | undefined): object {
  return { name, password, ...(displayName ? { display_name: displayName } : {}) };
}

/** A 401 because of the password in the body: the token is good. */
async function isOfThePassword(response: Response): Promise<boolean> {
  const problem = parsed(await response.clone().text()) as { code?: string } | undefined;
  return problem?.code === 'credentials_wrong';
}

function within(conversation: Uuid | undefined): string {
  return conversation === undefined ? '/api/conversations' : `/api/conversations/${conversation}`;
}

function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  const tail = parameters.toString();
  return tail === '' ? path : `${path}?${tail}`;
}

/** A page whose one list has the name of what is in it. */
export function listOf<T>(page: object): T[] {
  return (Object.values(page).find(Array.isArray) ?? []) as T[];
}

/** The view must be at least this far: else it would lack what this client has already seen. */
function position(conversation: Uuid, atLeast: number | undefined): Query {
  return atLeast === undefined || atLeast <= 0 ? {} : { at_least: `${conversation}:${atLeast}` };
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  const body = parsed(text);
  if (response.ok) {
    return body as T;
  }
  const problem = (body ?? {}) as {
    code?: string;
    title?: string;
    detail?: string;
    temporary?: boolean;
    retry_after_ms?: number;
  };
  const seconds = Number(response.headers?.get('retry-after') ?? Number.NaN);
  throw new ParleyError(
    problem.code ?? `http_${response.status}`,
    problem.detail ?? problem.title ?? `The server answered ${response.status}.`,
    problem.temporary ?? TEMPORARY.has(response.status),
    response.status,
    problem.retry_after_ms ?? (Number.isFinite(seconds) ? seconds * 1_000 : undefined),
  );
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
