import {
  type Accepted,
  type Commands,
  type ConnectionState,
  type ConversationEvent,
  type ConversationSummary,
  type InboxItem,
  ParleyClient,
  ParleyError,
  ParleyRest,
  type Person,
  type Ready,
  type Session,
  type Uuid,
  uuid7,
} from '../../client';
import { Cell } from './cell';
import { folded, type Inbox, inboxOf } from './inbox';
import { People } from './people';
import { Timeline } from './timeline';
import { Unread } from './unread';

/** A message of mine that is not in the log as far as this page knows. */
export interface Pending {
  id: Uuid;
  conversation: Uuid;
  text: string;
  context: MessageContext;
  at: string;
  /** Set once it is answered; it stays until its event is here. */
  seq: number | undefined;
  failure: string | undefined;
}

export interface MessageContext {
  reply_to?: Uuid;
  thread?: Uuid;
}

/** Everything that a signed-in person's page knows and does. The components only show it. */
export class Chat {
  readonly me: Person;
  readonly rest: ParleyRest;
  readonly people: People;
  readonly unread: Unread;
  readonly connection = new Cell<ConnectionState>({ at: 'idle' });
  readonly inbox = new Cell<Inbox>(new Map());
  /** False until the first inbox is here. */
  readonly loaded = new Cell(false);
  readonly timeline = new Cell<Timeline | undefined>(undefined);
  /** The open conversation, also if it is a channel that this person has not joined. */
  readonly opened = new Cell<InboxItem | undefined>(undefined);
  readonly pending = new Cell<readonly Pending[]>([]);
  readonly drafts = new Map<Uuid, string>();
  private readonly client: ParleyClient;
  /** What was started here, and the seq it began with: its events may still be on their way. */
  private readonly created = new Map<Uuid, number>();

  constructor(session: Session, origin: string, store: Storage) {
    this.me = session.user;
    this.rest = new ParleyRest(origin, session);
    this.people = new People(this.rest);
    this.people.learn([this.me]);
    this.unread = new Unread(this.me.id, store);
    this.client = new ParleyClient({
      url: `${origin.replace(/^http/, 'ws')}/ws`,
      tokens: session,
      fetchEvents: (conversation, after, through) => this.rest.events(conversation, after, through),
    });
    this.client.on('state', (state) => this.connection.set(state));
    this.client.on('ready', (ready) => this.ready(ready));
    this.client.on('event', (event) => this.apply(event));
    this.client.on('gap', (gap) => this.missed(gap.conversation));
  }

  start(): void {
    this.client.start();
  }

  stop(): void {
    this.client.stop();
  }

  wake(): void {
    this.client.wake();
    this.markSeen();
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
    const timeline = new Timeline(conversation, this.rest, {
      head: () => Math.max(this.client.head(conversation), this.created.get(conversation) ?? 0),
      isMine: () => this.created.has(conversation) || this.inbox.get().has(conversation),
    });
    this.timeline.set(timeline);
    this.opened.set(this.inbox.get().get(conversation));
    void timeline.show(seq);
    if (this.opened.get() === undefined) {
      void this.lookUp(conversation);
    }
    this.markSeen();
  }

  close(): void {
    this.timeline.set(undefined);
    this.opened.set(undefined);
  }

  send(conversation: Uuid, text: string, context: MessageContext): void {
    const message = { id: uuid7(), conversation, text, context, at: new Date().toISOString() };
    this.pending.update((all) => [...all, { ...message, seq: undefined, failure: undefined }]);
    void this.dispatch(message.id);
    if (this.timeline.get()?.state.get().window.hasAfter) {
      void this.timeline.get()?.show('end');
    }
  }

  retry(id: Uuid): void {
    this.changePending(id, { failure: undefined });
    void this.dispatch(id);
  }

  discard(id: Uuid): void {
    this.pending.update((all) => all.filter((message) => message.id !== id));
  }

  edit(conversation: Uuid, message: Uuid, text: string): Promise<Accepted> {
    return this.client.command('edit', { conversation, message_id: message, text });
  }

  delete(conversation: Uuid, message: Uuid): Promise<Accepted> {
    return this.client.command('delete', { conversation, message_id: message });
  }

  async startDirect(other: Person): Promise<Uuid> {
    this.people.learn([other]);
    if (other.id === this.me.id) {
      return this.create({ kind: 'self' });
    }
    const there = [...this.inbox.get().values()].find(
      (item) => item.kind === 'direct' && item.peer === other.id,
    );
    if (there !== undefined) {
      return there.conversation;
    }
    return this.create({ kind: 'direct', members: [other.id] });
  }

  createGroup(title: string, members: readonly Person[]): Promise<Uuid> {
    this.people.learn(members);
    const ids = members.map((person) => person.id);
    return this.create({ kind: 'group', conversation: uuid7(), title, members: ids });
  }

  createChannel(title: string, topic: string): Promise<Uuid> {
    return this.create({ kind: 'channel', conversation: uuid7(), title, topic });
  }

  join(conversation: Uuid): Promise<Accepted> {
    return this.client.command('join', { conversation });
  }

  leave(conversation: Uuid): Promise<Accepted> {
    return this.client.command('leave', { conversation });
  }

  invite(conversation: Uuid, person: Person): Promise<Accepted> {
    this.people.learn([person]);
    return this.client.command('invite', { conversation, user: person.id });
  }

  remove(conversation: Uuid, user: Uuid): Promise<Accepted> {
    return this.client.command('remove', { conversation, user });
  }

  /** The newest message of the open conversation is on a visible screen. */
  markSeen(): void {
    const timeline = this.timeline.get();
    const item = timeline && this.inbox.get().get(timeline.conversation);
    if (item !== undefined && timeline?.reading === 'end' && !document.hidden) {
      this.unread.mark(item.conversation, item.head_ordinal);
    }
  }

  private async create(command: Commands['create']): Promise<Uuid> {
    const { conversation, seq } = await this.client.command('create', command);
    this.created.set(conversation, seq);
    return conversation;
  }

  private ready(ready: Ready): void {
    this.inbox.set(inboxOf(ready.conversations));
    this.unread.start(this.inbox.get());
    this.loaded.set(true);
    this.inboxChanged();
    const open = this.timeline.get()?.conversation;
    if (!ready.resumed && open !== undefined) {
      this.missed(open);
    }
    this.dropArrived();
  }

  private apply(event: ConversationEvent): void {
    const known = this.inbox.get().has(event.conversation);
    this.inbox.update((inbox) => folded(inbox, event, this.me.id));
    if (!known && event.type !== 'conversation.created' && !this.isMyDeparture(event)) {
      void this.lookUp(event.conversation);
    }
    if (this.isMyDeparture(event)) {
      this.client.forget(event.conversation);
    }
    if (this.timeline.get()?.conversation === event.conversation) {
      this.timeline.get()?.apply(event);
    }
    if (event.type === 'message.sent') {
      this.arrived(event.conversation, event.id, event.actor, event.ordinal);
    }
    this.inboxChanged();
  }

  private arrived(conversation: Uuid, id: Uuid, author: Uuid, ordinal: number): void {
    this.discard(id);
    if (author === this.me.id) {
      this.unread.mark(conversation, ordinal);
    }
  }

  private isMyDeparture(event: ConversationEvent): boolean {
    return (
      (event.type === 'member.left' || event.type === 'member.removed') &&
      event.data.user === this.me.id
    );
  }

  /** Events were skipped: what is on screen of this conversation may lack something. */
  private missed(conversation: Uuid): void {
    if (this.timeline.get()?.conversation === conversation) {
      void this.timeline.get()?.reload();
    }
    this.dropArrived();
  }

  private inboxChanged(): void {
    const open = this.timeline.get()?.conversation;
    const item = open === undefined ? undefined : this.inbox.get().get(open);
    if (item !== undefined && item.role !== null) {
      this.opened.set(item);
      if (this.timeline.get()?.state.get().phase === 'failed') {
        void this.timeline.get()?.show('end');
      }
    } else if (this.opened.get()?.role && this.loaded.get()) {
      this.opened.update((left) => left && { ...left, role: null });
    }
    this.markSeen();
  }

  /** A conversation that the inbox does not know: just joined, or a channel looked at. */
  private async lookUp(conversation: Uuid): Promise<void> {
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
      if (this.timeline.get()?.conversation === conversation) {
        this.opened.update((opened) => opened ?? item);
      }
      this.inboxChanged();
    } catch (error) {
      if (error instanceof ParleyError && error.temporary) {
        setTimeout(() => void this.lookUp(conversation), 1_500);
      }
    }
  }

  /** As an item of the inbox. */
  private async summary(conversation: Uuid, head: number): Promise<InboxItem> {
    const item = itemOf(await this.rest.conversation(conversation, head));
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

  private async dispatch(id: Uuid): Promise<void> {
    const message = this.pending.get().find((pending) => pending.id === id);
    if (message === undefined) {
      return;
    }
    const { conversation, text, context } = message;
    try {
      const accepted = await this.client.send({ conversation, message_id: id, text, ...context });
      this.changePending(id, { seq: accepted.seq });
      this.dropArrived();
    } catch (error) {
      this.changePending(id, { failure: error instanceof Error ? error.message : 'Not sent.' });
    }
  }

  private changePending(id: Uuid, change: Partial<Pending>): void {
    this.pending.update((all) =>
      all.map((message) => (message.id === id ? { ...message, ...change } : message)),
    );
  }

  /** Answered messages whose event has been applied, or skipped, are in the timeline. */
  private dropArrived(): void {
    this.pending.update((all) =>
      all.filter(({ seq, conversation }) => !(seq && seq <= this.client.head(conversation))),
    );
  }
}

function itemOf(summary: ConversationSummary): InboxItem {
  return {
    role: null,
    head_seq: 0,
    head_ordinal: 0,
    last_at: null,
    last_message: null,
    peer: null,
    joined_seq: 0,
    ...summary,
  };
}
