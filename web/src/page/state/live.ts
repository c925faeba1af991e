import { useEffect, useMemo } from 'react';
import type { Mark, ParleyClient, ParleyRest, Presence, Uuid } from '../../client';
import { Cell, useCell } from './cell';
import type { Chat } from './chat';

export interface Reach {
  delivered: number;
  read: number;
}

export interface OnScreen {
  people: number;
  guests: number;
}

/** What is true for the moment: who is there, who types, who has read how far. */
export class Live {
  readonly presence = new Cell<ReadonlyMap<Uuid, Presence>>(new Map());
  readonly counts = new Cell<ReadonlyMap<Uuid, OnScreen>>(new Map());
  readonly typing = new Cell<ReadonlyMap<string, readonly Uuid[]>>(new Map());
  /** Of the open conversation, by person. */
  readonly reach = new Cell<ReadonlyMap<Uuid, Reach>>(new Map());
  private readonly client: ParleyClient;
  private readonly rest: ParleyRest;
  private open: Uuid | undefined;

  constructor(client: ParleyClient, rest: ParleyRest) {
    this.client = client;
    this.rest = rest;
    client.on('presence', (presence) =>
      this.presence.update((all) => new Map(all).set(presence.user, presence)),
    );
    client.on('counts', ({ conversation, people, guests }) =>
      this.counts.update((all) => new Map(all).set(conversation, { people, guests })),
    );
    client.on('typing', ({ conversation, thread, users }) =>
      this.typing.update((all) => new Map(all).set(placeOf(conversation, thread), users)),
    );
    client.on('mark', (mark) => this.marked(mark));
  }

  /** Marks are told from now on; those from before are read once. */
  async show(conversation: Uuid, isSmall: boolean): Promise<void> {
    if (this.open === conversation) {
      return;
    }
    this.open = conversation;
    this.reach.set(new Map());
    if (!isSmall) {
      return;
    }
    const head = this.client.head(conversation);
    const { marks = [] } = await this.rest.marks(conversation, head).catch(() => ({ marks: [] }));
    if (this.open === conversation) {
      for (const { user, delivered, read } of marks) {
        this.marked({ conversation, user, delivered, read });
      }
    }
  }

  private marked({ conversation, user, delivered = 0, read = 0, thread }: Mark): void {
    if (conversation !== this.open || thread !== undefined) {
      return;
    }
    this.reach.update((all) => {
      const before = all.get(user) ?? { delivered: 0, read: 0 };
      return new Map(all).set(user, {
        delivered: Math.max(before.delivered, delivered, read),
        read: Math.max(before.read, read),
      });
    });
  }
}

function placeOf(conversation: Uuid, thread: Uuid | undefined): string {
  return `${conversation}/${thread ?? ''}`;
}

const NOBODY: readonly Uuid[] = [];

export function useTyping(chat: Chat, conversation: Uuid, thread?: Uuid): readonly Uuid[] {
  return useCell(chat.live.typing).get(placeOf(conversation, thread)) ?? NOBODY;
}

/** Presence is asked for only while it is on screen. */
export function usePresence(chat: Chat, user: Uuid | null): Presence | undefined {
  const all = useCell(chat.live.presence);
  useEffect(
    () => (user === null || chat.isGuest ? undefined : chat.client.subscribe({ users: [user] })),
    [chat, user],
  );
  return user === null ? undefined : all.get(user);
}

/** Being here is being counted here. */
export function useOnScreen(chat: Chat, conversation: Uuid): OnScreen | undefined {
  const all = useCell(chat.live.counts);
  const wanted = useMemo(() => ({ conversations: [conversation] }), [conversation]);
  useEffect(() => chat.client.subscribe(wanted), [chat, wanted]);
  return all.get(conversation);
}
