import { useLayoutEffect, useRef } from 'react';

/** A person's or conversation's initials on a colour of their own. */
export function Avatar({ id, name, sign }: { id: string; name: string; sign?: string }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => place.current?.style.setProperty('--hue', String(hueOf(id))), [id]);
  return (
    <span ref={place} className="avatar" aria-hidden="true">
      {sign ?? initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

function hueOf(id: string): number {
  let hash = 7;
  for (const character of id) {
    hash = (hash * 31 + character.charCodeAt(0)) % 100_003;
  }
  return hash % 360;
}
