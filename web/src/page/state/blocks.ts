import type { ParleyRest, Uuid } from '../../client';
import { Cell } from './cell';

/** Whom this person blocked: they may not write to them, and what they write in groups is folded. */
export class Blocks {
  readonly users = new Cell<ReadonlySet<Uuid>>(new Set());
  private readonly rest: ParleyRest;
  /** Goes up with each change made here: what was read before it is old. */
  private changes = 0;

  constructor(rest: ParleyRest) {
    this.rest = rest;
  }

  async read(): Promise<void> {
    const { changes } = this;
    const users = await this.rest.blocks().catch(() => undefined);
    if (users !== undefined && changes === this.changes) {
      this.users.set(new Set(users));
    }
  }

  async block(user: Uuid): Promise<void> {
    await this.rest.block(user);
    this.change((all) => all.add(user));
  }

  async unblock(user: Uuid): Promise<void> {
    await this.rest.unblock(user);
    this.change((all) => {
      all.delete(user);
      return all;
    });
  }

  private change(change: (all: Set<Uuid>) => Set<Uuid>): void {
    this.changes += 1;
    this.users.set(change(new Set(this.users.get())));
  }
}
