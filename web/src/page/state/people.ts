import { useEffect } from 'react';
import type { ParleyRest, Person, Uuid } from '../../client';
import { Cell, useCell } from './cell';

const IDS_PER_CALL = 100;
/** Who came on screen longer ago is learned again with the next opening of the page. */
const AGAIN_MAX = 300;

/** Who is who: asked for by id as people come on screen, a batch at a time, each only once. */
export class People {
  readonly known = new Cell<ReadonlyMap<Uuid, Person>>(new Map());
  private readonly rest: ParleyRest;
  private readonly asked = new Set<Uuid>();
  private wanted: Uuid[] = [];

  constructor(rest: ParleyRest) {
    this.rest = rest;
  }

  learn(people: readonly Person[]): void {
    this.known.update((known) => {
      const next = new Map(known);
      for (const person of people) {
        this.asked.add(person.id);
        next.set(person.id, named(person));
      }
      return next;
    });
  }

  /** Names may have changed while nobody was told. */
  again(): void {
    const known = [...this.known.get().keys()].slice(-AGAIN_MAX);
    for (const id of known) {
      this.asked.delete(id);
      this.want(id);
    }
  }

  want(id: Uuid): void {
    if (this.asked.has(id)) {
      return;
    }
    this.asked.add(id);
    if (this.wanted.push(id) === 1) {
      // Everything that one rendering asks for goes into one call.
      queueMicrotask(() => void this.ask());
    }
  }

  private async ask(): Promise<void> {
    const ids = this.wanted;
    this.wanted = [];
    for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
      await this.askFor(ids.slice(from, from + IDS_PER_CALL));
    }
  }

  private async askFor(ids: readonly Uuid[]): Promise<void> {
    try {
      const found = await this.rest.people(ids);
      this.learn([...ids.map(nobody), ...found]);
    } catch {
      for (const id of ids) {
        this.asked.delete(id);
      }
    }
  }
}

/** Of who was erased only the id is left; identity-service keeps a name that says so. */
const ERASED = /^erased-[0-9a-f]{8}$/;

export function isErased({ name }: Person): boolean {
  return ERASED.test(name);
}

function named(person: Person): Person {
  return isErased(person) ? { ...person, display_name: 'Deleted account' } : person;
}

/** Who is not found, or was forgotten, is called something all the same. */
function nobody(id: Uuid): Person {
  return { id, name: 'unknown', display_name: 'Somebody' };
}

export function usePerson(people: People, id: Uuid | null): Person | undefined {
  const known = useCell(people.known);
  useEffect(() => {
    if (id !== null) {
      people.want(id);
    }
  }, [people, id]);
  return id === null ? undefined : known.get(id);
}
