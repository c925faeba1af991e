import type { Commands, CommandType } from './wire';

/** A command that has no answer yet. Its id makes a repeat harmless, so it may be kept twice. */
export type StoredCommand = {
  [T in CommandType]: { id: string; order: number; type: T; data: Commands[T] };
}[CommandType];

/** Where unanswered commands outlive the page. A store that fails costs only that. */
export interface OutboxStore {
  /** In the order in which they were given. */
  load(): Promise<StoredCommand[]>;
  put(command: StoredCommand): Promise<void>;
  remove(id: string): Promise<void>;
  /** Nothing of it is to be left on this device. */
  clear(): Promise<void>;
}

export class MemoryOutboxStore implements OutboxStore {
  private readonly commands = new Map<string, StoredCommand>();

  load(): Promise<StoredCommand[]> {
    return Promise.resolve(inOrder([...this.commands.values()]));
  }

  put(command: StoredCommand): Promise<void> {
    this.commands.set(command.id, command);
    return Promise.resolve();
  }

  remove(id: string): Promise<void> {
    this.commands.delete(id);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.commands.clear();
    return Promise.resolve();
  }
}

const STORE = 'commands';

/** One database of the browser per name: use the person's id, since people may share a browser. */
export class IndexedDbOutboxStore implements OutboxStore {
  private readonly name: string;
  private readonly factory: IDBFactory;
  private opened: Promise<IDBDatabase> | undefined;

  constructor(name: string, factory: IDBFactory = indexedDB) {
    this.name = `parley.outbox.${name}`;
    this.factory = factory;
  }

  async load(): Promise<StoredCommand[]> {
    const store = await this.store('readonly');
    return inOrder(await done<StoredCommand[]>(store.getAll()));
  }

  async put(command: StoredCommand): Promise<void> {
    await done((await this.store('readwrite')).put(command));
  }

  async remove(id: string): Promise<void> {
    await done((await this.store('readwrite')).delete(id));
  }

  async clear(): Promise<void> {
    await done((await this.store('readwrite')).clear());
  }

  private async store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.opened ??= this.open();
    return (await this.opened).transaction(STORE, mode).objectStore(STORE);
  }

  private open(): Promise<IDBDatabase> {
    const request = this.factory.open(this.name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    return done(request);
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function inOrder(commands: StoredCommand[]): StoredCommand[] {
  return commands.sort((a, b) => a.order - b.order);
}
