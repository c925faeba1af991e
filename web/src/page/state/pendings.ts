import type { Draftable } from '../../client';
import {
  type ParleyClient,
  ParleyError,
  type Settled,
  type StoredCommand,
  type Uuid,
  uuid7,
} from '../../client';
import { explain } from '../text/explain';
import { Cell } from './cell';

/** A message of mine that is not in the log as far as this page knows. */
export interface Pending {
  id: Uuid;
  conversation: Uuid;
  text: string;
  content: Draftable;
  at: string;
  /** Set once it is answered; it stays until its event is here. */
  seq: number | undefined;
  failure: Failure | undefined;
}

/** Why it is not in the log. */
export interface Failure {
  says: string;
  /** A filter held it: it is sent if a moderator lets it through, and there is nothing to do. */
  isHeld: boolean;
  /** The same again may be taken. */
  isWorthRepeating: boolean;
}

/** Saying the same again to the same people cannot help. */
const FINAL = new Set(['blocked', 'rejected_by_filter', 'suspended', 'too_large', 'not_found']);

function failureOf(error: unknown): Failure {
  const code = error instanceof ParleyError ? error.code : '';
  const isHeld = code === 'held';
  return { says: explain(error), isHeld, isWorthRepeating: !isHeld && !FINAL.has(code) };
}

/** My messages on their way, those that an earlier page left behind included. */
export class Pendings {
  readonly all = new Cell<readonly Pending[]>([]);
  private readonly client: ParleyClient;

  constructor(client: ParleyClient) {
    this.client = client;
    client.on('restored', (commands) => this.restored(commands));
    client.on('settled', (end) => this.settled(end));
  }

  send(conversation: Uuid, content: Draftable): void {
    const id = uuid7();
    const at = new Date().toISOString();
    const { text } = content;
    const pending = { id, conversation, text, content, at, seq: undefined, failure: undefined };
    this.all.update((all) => [...all, pending]);
    void this.dispatch(pending);
  }

  retry(id: Uuid): void {
    const pending = this.all.get().find((each) => each.id === id);
    if (pending !== undefined) {
      this.change(id, { failure: undefined });
      void this.dispatch(pending);
    }
  }

  discard(id: Uuid): void {
    this.client.discard(id);
    this.arrived(id);
  }

  /** Its event is here. */
  arrived(id: Uuid): void {
    if (this.all.get().some((pending) => pending.id === id)) {
      this.all.update((all) => all.filter((pending) => pending.id !== id));
    }
  }

  /** Answered messages whose event has been applied, or skipped, are in the timeline. */
  dropArrived(): void {
    this.all.update((all) => {
      const left = all.filter(
        ({ seq, conversation }) => !(seq && seq <= this.client.head(conversation)),
      );
      return left.length === all.length ? all : left;
    });
  }

  private async dispatch({ id, conversation, content }: Pending): Promise<void> {
    try {
      const accepted = await this.client.send({ conversation, message_id: id, ...content });
      this.answered(id, accepted.seq);
    } catch (error) {
      this.change(id, { failure: failureOf(error) });
    }
  }

  private restored(commands: readonly StoredCommand[]): void {
    const mine = commands.flatMap((command): Pending[] => {
      if (command.type !== 'send') {
        return [];
      }
      const { conversation, message_id: id, ...content } = command.data;
      const at = new Date(command.order).toISOString();
      const { text } = content;
      return [{ id, conversation, text, content, at, seq: undefined, failure: undefined }];
    });
    this.all.update((all) => [...mine, ...all]);
  }

  private settled(end: Settled): void {
    if ('accepted' in end) {
      this.answered(end.command.id, end.accepted.seq);
    } else if (!(end.error instanceof ParleyError && end.error.code === 'signed_out')) {
      this.change(end.command.id, { failure: failureOf(end.error) });
    }
  }

  private answered(id: Uuid, seq: number): void {
    this.change(id, { seq });
    this.dropArrived();
  }

  private change(id: Uuid, change: Partial<Pending>): void {
    this.all.update((all) =>
      all.map((message) => (message.id === id ? { ...message, ...change } : message)),
    );
  }
}
