import {
  type Accepted,
  type Claims,
  type Commands,
  type CommandType,
  type ConnectionState,
  type ConversationEvent,
  type Draftable,
  type InboxItem,
  IndexedDbOutboxStore,
  MemoryOutboxStore,
  type Message,
  ParleyAdmin,
  ParleyClient,
  ParleyError,
  type Person,
  type PersonalFrames,
  type Ready,
  type TokenSource,
  type Uuid,
  uuid7,
} from '../../client';
import { explain } from '../text/explain';
import { Blocks } from './blocks';
import { Cell } from './cell';
import { changedItem, folded, type Inbox, inboxOf } from './inbox';
import { Live } from './live';
import { Pendings } from './pendings';
import { People } from './people';
import { Timeline } from './timeline';

/** Who is here: a signed-in person, or a guest. */
export interface Identity extends TokenSource {
  user: Person;
  isGuest: boolean;
  claims: Claims;
  renamed(user: Person): void;
}

/** Larger groups are not told who has got what. */
const RECEIPTS_MAX = 50;
/** Conversations of which it is told at once that their messages have come. */
const DELIVERED_MAX = 100;
/** How often it is not believed that there is no such conversation: the view may be behind a link. */
const DISBELIEF_MAX = 3;
const RETRY_MILLIS = 1_500;

/** Everything that a person's page knows and does. The components only show it. */
export class Chat {
  readonly me: Person;
  readonly isGuest: boolean;
  /** The admin's calls are refused to everybody else. */
  readonly rest: ParleyAdmin;
  private readonly identity: Identity;
  readonly client: ParleyClient;
  readonly people: People;
  readonly blocks: Blocks;
  readonly live: Live;
  readonly pendings: Pendings;
  readonly connection = new Cell<ConnectionState>({ at: 'idle' });
  readonly inbox = new Cell<Inbox>(new Map());
  /** False until the first inbox is here. */
  readonly loaded = new Cell(false);
  readonly timeline = new Cell<Timeline | undefined>(undefined);
  /** The open conversation, also if it is a channel that this person has not joined. */
  readonly opened = new Cell<InboxItem | undefined>(undefined);
  /** Goes up with each change of a count. */
  readonly counted = new Cell(0);
  readonly drafts = new Cell<ReadonlyMap<Uuid, string>>(new Map());
  /** What is typed into edits and not yet saved, by message: a row may be read again meanwhile. */
  readonly edits = new Map<Uuid, string>();
  /** Whose profile is looked at. */
  readonly profile = new Cell<Uuid | undefined>(undefined);
  /** What is being told to the moderators: it may be deleted meanwhile, and is told all the same. */
  readonly reporting = new Cell<Message | undefined>(undefined);
  /** What went wrong, for the person to see. */
  readonly notice = new Cell<string | undefined>(undefined);
  /** The last event of the open conversation: panels read again when it concerns them. */
  readonly lastEvent = new Cell<ConversationEvent | undefined>(undefined);
  /** What was started here, and the seq it began with: its events may still be on their way. */
  private readonly created = new Map<Uuid, number>();
  private unwatch: (() => void) | undefined;
  private watching: Uuid | undefined;

  constructor(identity: Identity, origin: string) {
    this.identity = identity;
    this.me = identity.user;
    this.isGuest = identity.isGuest;
    this.rest = new ParleyAdmin(origin, identity);
    this.people = new People(this.rest);
    this.blocks = new Blocks(this.rest);
    this.people.learn([this.me]);
    this.client = new ParleyClient({
      url: `${origin.replace(/^http/, 'ws')}/ws`,
      tokens: identity,
      fetchEvents: (conversation, after, through) => this.rest.events(conversation, after, through),
      fetchItem: (conversation, atLeast) => this.rest.item(conversation, atLeast),
      outbox: this.isGuest ? new MemoryOutboxStore() : new IndexedDbOutboxStore(this.me.id),
    });
    this.pendings = new Pendings(this.client);
    this.live = new Live(this.client, this.rest);
    this.client.on('state', (state) => this.connection.set(state));
    this.client.on('ready', (ready) => this.ready(ready));
    this.client.on('event', (event) => this.apply(event));
    this.client.on('gap', (gap) => this.missed(gap.conversation));
    this.client.on('count', () => this.counted.update((times) => times + 1));
    this.client.on('settings', ({ conversation, ...settings }) =>
      this.changeItem(conversation, (item) => ({
        ...item,
        settings: { ...item.settings, ...settings },
      })),
    );
    this.client.on('draft', ({ conversation, text }) => this.keepDraft(conversation, text));
    this.client.on('hidden', ({ message }) => this.timeline.get()?.hide(message));
    this.client.on('profile', ({ user }) => this.renamed(user));
    this.client.on('refused', (error) => this.notice.set(explain(error)));
  }

  /** False for who came with a token of another issuer: no password, no sessions. */
  get hasSession(): boolean {
    return this.identity.claims.sid !== undefined;
  }

  /** As the token says; the server asks again at each call. */
  get isAdmin(): boolean {
    return this.identity.claims.groups?.includes('admin') ?? false;
  }

  start(): void {
    this.client.start();
  }

  /** Leaves nothing on this device. */
  signOut(): Promise<void> {
    return this.client.signOut();
  }

  stop(): void {
    this.client.stop();
  }

  wake(): void {
    this.client.wake();
    this.markSeen();
    if (document.hidden) {
      this.client.flush();
    }
  }

  /** Shows a conversation, at its end or around one message. */
  open(conversation: Uuid, seq: number | 'end' = 'end'): void {
    const shown = this.timeline.get();
    if (shown?.conversation === conversation) {
      if (seq !== 'end') {
        void shown.show(seq);
      }
      return;
    }
    this.stopWatching();
    const timeline = new Timeline(conversation, this.rest, {
      me: this.me.id,
      head: () => Math.max(this.client.head(conversation), this.created.get(conversation) ?? 0),
      isMine: () => this.created.has(conversation) || this.inbox.get().has(conversation),
    });
    this.timeline.set(timeline);
    this.opened.set(this.inbox.get().get(conversation));
    void timeline.show(seq);
    if (this.opened.get() === undefined) {
      void this.lookUp(conversation);
    }
    this.showLive();
    this.markSeen();
  }

  close(): void {
    this.stopWatching();
    this.timeline.set(undefined);
    this.opened.set(undefined);
  }

  send(conversation: Uuid, content: Draftable): void {
    this.pendings.send(conversation, content);
    if (!content.thread && this.timeline.get()?.state.get().window.hasAfter) {
      void this.timeline.get()?.show('end');
    }
  }

  command<T extends CommandType>(type: T, data: Commands[T]): Promise<Accepted> {
    return this.client.command(type, data);
  }

  /** Does it, and tells the person if it fails. True when it was done. */
  async attempt(doing: Promise<unknown>): Promise<boolean> {
    try {
      await doing;
      this.notice.set(undefined);
      return true;
    } catch (error) {
      this.notice.set(explain(error));
      return false;
    }
  }

  /** A command of which nothing but a failure is worth telling. */
  run<T extends CommandType>(type: T, data: Commands[T]): Promise<boolean> {
    return this.attempt(this.command(type, data));
  }

  settings(settings: PersonalFrames['settings']): void {
    const { conversation, muted_for_seconds: seconds, ...flags } = settings;
    const muted =
      seconds === undefined
        ? {}
        : { muted_until: seconds === 0 ? null : seconds < 0 ? 'forever' : inSeconds(seconds) };
    this.changeItem(conversation, (item) => ({
      ...item,
      settings: { ...item.settings, ...flags, ...muted },
    }));
    this.client.settings(settings);
  }

  hide(conversation: Uuid, message: Uuid): void {
    this.timeline.get()?.hide(message);
    this.client.hide(conversation, message);
  }

  /** Typed here: kept, and told to my other windows. */
  draft(conversation: Uuid, text: string): void {
    if ((this.drafts.get().get(conversation) ?? '') !== text) {
      this.keepDraft(conversation, text);
      this.client.draft(conversation, text);
    }
  }

  async startDirect(other: Person): Promise<Uuid> {
    this.people.learn([other]);
    if (other.id === this.me.id) {
      return this.create({ kind: 'self' });
    }
    const there = [...this.inbox.get().values()].find(
      (item) => item.kind === 'direct' && item.peer === other.id,
    );
    return there?.conversation ?? this.create({ kind: 'direct', members: [other.id] });
  }

  createGroup(title: string, members: readonly Person[]): Promise<Uuid> {
    this.people.learn(members);
    const ids = members.map((person) => person.id);
    return this.create({ kind: 'group', conversation: uuid7(), title, members: ids });
  }

  async create(command: Commands['create']): Promise<Uuid> {
    const { conversation, seq } = await this.client.command('create', command);
    this.created.set(conversation, seq);
    return conversation;
  }

  async rename(displayName: string): Promise<void> {
    this.renamed(await this.rest.rename(displayName));
  }

  invite(conversation: Uuid, person: Person): Promise<Accepted> {
    this.people.learn([person]);
    return this.client.command('invite', { conversation, user: person.id });
  }

  /** The newest message of the open conversation is on a visible screen. */
  markSeen(): void {
    const timeline = this.timeline.get();
    const item = timeline && this.inbox.get().get(timeline.conversation);
    if (item === undefined || timeline?.reading !== 'end' || document.hidden) {
      return;
    }
    const isNew = (item.last_message?.seq ?? 0) > (item.read_seq ?? 0);
    if (isNew || this.client.count(item.conversation).unread > 0) {
      this.client.read(item.conversation, item.head_seq);
      this.changeItem(item.conversation, (old) => ({ ...old, read_seq: item.head_seq }));
    }
  }

  private changeItem(conversation: Uuid, change: (item: InboxItem) => InboxItem): void {
    this.inbox.update((inbox) => changedItem(inbox, conversation, change));
    const open = this.inbox.get().get(conversation);
    if (open !== undefined && this.opened.get()?.conversation === conversation) {
      this.opened.set(open);
    }
  }

  private keepDraft(conversation: Uuid, text: string): void {
    this.drafts.update((all) => {
      const next = new Map(all);
      next.delete(conversation);
      return text === '' ? next : next.set(conversation, text);
    });
  }

  private ready(ready: Ready): void {
    this.inbox.set(inboxOf(ready.conversations));
    for (const item of ready.conversations.slice(0, DELIVERED_MAX)) {
      this.deliveredSo(item);
    }
    for (const { conversation, draft } of ready.conversations) {
      const isOlder = this.drafts.get().has(conversation) || this.client.isDrafting(conversation);
      if (draft && !isOlder) {
        this.keepDraft(conversation, draft);
      }
    }
    if (this.loaded.get() && !this.isGuest) {
      this.people.again();
    }
    if (!this.isGuest) {
      void this.blocks.read();
    }
    this.loaded.set(true);
    this.inboxChanged();
    this.showLive();
    const open = this.timeline.get()?.conversation;
    if (!ready.resumed && open !== undefined) {
      this.missed(open);
    }
    this.pendings.dropArrived();
  }

  private apply(event: ConversationEvent): void {
    const { conversation } = event;
    const known = this.inbox.get().has(conversation);
    const isMyJoining = event.type === 'member.joined' && event.data.user === this.me.id;
    this.inbox.update((inbox) => folded(inbox, event, this.me.id));
    const isOnlyWatched = this.watching === conversation && !isMyJoining;
    if (!known && !isOnlyWatched && !isMyDeparture(event, this.me.id)) {
      if (event.type !== 'conversation.created') {
        void this.lookUp(conversation);
      }
    }
    if (isMyDeparture(event, this.me.id)) {
      this.client.forget(conversation);
    }
    if (this.timeline.get()?.conversation === conversation) {
      this.timeline.get()?.apply(event);
      this.lastEvent.set(event);
    }
    if (event.type === 'message.sent') {
      this.pendings.arrived(event.id);
      this.received(event);
    }
    this.inboxChanged();
  }

  /** Told where few enough are interested. */
  private received({ conversation, seq, actor }: ConversationEvent): void {
    const item = this.inbox.get().get(conversation);
    if (item !== undefined && actor !== this.me.id && hasReceipts(item)) {
      this.client.delivered(conversation, seq);
    }
  }

  /** Its messages have come in the snapshot, not as events. */
  private deliveredSo(item: InboxItem): void {
    const last = item.last_message;
    const isNew = last !== null && last.seq > Math.max(item.delivered_seq ?? 0, item.read_seq ?? 0);
    if (isNew && last.author !== this.me.id && item.role !== null && hasReceipts(item)) {
      this.client.delivered(item.conversation, last.seq);
    }
  }

  private renamed(user: Person): void {
    this.people.learn([user]);
    if (user.id === this.me.id) {
      this.identity.renamed(user);
      // Blocking is a change of one's own profile: this may be one, made in another window.
      void this.blocks.read();
    }
  }

  /** Events were skipped: what is on screen of this conversation may lack something. */
  private missed(conversation: Uuid): void {
    if (this.timeline.get()?.conversation === conversation) {
      void this.timeline.get()?.reload();
    }
    this.pendings.dropArrived();
  }

  private inboxChanged(): void {
    const open = this.timeline.get()?.conversation;
    const item = open === undefined ? undefined : this.inbox.get().get(open);
    if (item !== undefined && item.role !== null) {
      const isNew = this.opened.get()?.role == null;
      this.opened.set(item);
      if (isNew) {
        this.stopWatching();
        this.showLive();
      }
      if (this.timeline.get()?.state.get().phase === 'failed') {
        void this.timeline.get()?.show('end');
      }
    } else if (this.opened.get()?.role && this.loaded.get()) {
      this.opened.update((left) => left && { ...left, role: null });
    }
    this.markSeen();
  }

  private showLive(): void {
    const item = this.opened.get();
    if (item?.role && this.connection.get().at !== 'idle') {
      void this.live.show(item.conversation, hasReceipts(item));
    }
  }

  private watch(conversation: Uuid): void {
    if (this.watching !== conversation) {
      this.stopWatching();
      this.watching = conversation;
      this.unwatch = this.client.watch(conversation);
    }
  }

  private stopWatching(): void {
    this.unwatch?.();
    this.unwatch = undefined;
    this.watching = undefined;
  }

  /** A conversation that the inbox does not know: just joined, or a channel looked at. */
  private async lookUp(conversation: Uuid, attempt = 1): Promise<void> {
    try {
      const head = this.client.head(conversation);
      const item = await this.summary(conversation, head);
      if (item.role !== null && this.client.head(conversation) > 0) {
        // Two events before the first answer ask twice: the later one wins, in whatever order they come.
        this.inbox.update((inbox) =>
          (inbox.get(conversation)?.head_seq ?? 0) >= item.head_seq
            ? inbox
            : new Map(inbox).set(conversation, item),
        );
      }
      this.deliveredSo(item);
      const timeline = this.timeline.get();
      if (timeline?.conversation === conversation) {
        this.opened.update((opened) => opened ?? item);
        if (item.role === null && item.kind === 'channel') {
          this.watch(conversation);
        }
        if (timeline.state.get().phase === 'failed') {
          void timeline.show('end');
        }
      }
      this.inboxChanged();
    } catch (error) {
      const isDoubtful = error instanceof ParleyError && error.status === 404;
      const isTemporary = error instanceof ParleyError && error.temporary;
      if (isTemporary || (isDoubtful && attempt < DISBELIEF_MAX)) {
        setTimeout(() => void this.lookUp(conversation, attempt + 1), RETRY_MILLIS);
      }
    }
  }

  /** As an item of the inbox. */
  private async summary(conversation: Uuid, head: number): Promise<InboxItem> {
    const item = await this.rest.item(conversation, head);
    const last = (await this.rest.messages(conversation, {}, 1, head)).messages.at(-1);
    if (last === undefined) {
      return item;
    }
    // The two answers are not of one moment: a message may have come between them.
    return last.seq > item.head_seq
      ? {
          ...item,
          head_seq: last.seq,
          head_ordinal: last.ordinal,
          last_at: last.at,
          last_message: last,
        }
      : { ...item, last_message: last };
  }
}

export function hasReceipts(item: InboxItem): boolean {
  const isSmall = item.kind === 'group' && item.members_count <= RECEIPTS_MAX;
  return item.kind === 'direct' || isSmall;
}

function isMyDeparture(event: ConversationEvent, me: Uuid): boolean {
  const isDeparture = event.type === 'member.left' || event.type === 'member.removed';
  return isDeparture && event.data.user === me;
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString();
}
