import type { Everyone, Person, Uuid } from '../../client';

/** The name that is being typed at the caret, without its @; undefined if none is. */
export function typedName(text: string, caret: number): string | undefined {
  return /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N}._-]*)$/u.exec(text.slice(0, caret))?.[1];
}

/** The text with that name completed, and where the caret is then. */
export function completed(text: string, caret: number, name: string): [string, number] {
  const start = text.slice(0, caret).lastIndexOf('@') + 1;
  const before = `${text.slice(0, start)}${name} `;
  return [before + text.slice(caret).replace(/^ /, ''), before.length];
}

/** Who is meant by a text: those people whose names stand in it, and here or all. */
export function meant(
  text: string,
  people: Iterable<Person>,
): { mentions?: Uuid[]; everyone?: Everyone } {
  const names = new Set(
    [...text.matchAll(/(?<![\p{L}\p{N}])@([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu)].flatMap((match) => {
      const name = match[1] ?? '';
      return [name, name.replace(/[._-]+$/, '')];
    }),
  );
  const mentions = [...people].filter(({ name }) => names.has(name)).map(({ id }) => id);
  return {
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(names.has('all') ? { everyone: 'all' } : names.has('here') ? { everyone: 'here' } : {}),
  };
}
