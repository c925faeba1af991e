import { useLayoutEffect, useRef } from 'react';

interface Props {
  id: string;
  name: string;
  sign?: string;
  /** An emoji, or an address. */
  picture?: string | null | undefined;
  online?: boolean;
}

/** A person's or conversation's picture, or initials on a colour of their own. */
export function Avatar({ id, name, sign, picture, online = false }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => place.current?.style.setProperty('--hue', String(hueOf(id))), [id]);
  return (
    <span ref={place} className="avatar" aria-hidden="true" data-online={online}>
      {isOurs(picture) ? (
        <img src={picture} alt="" />
      ) : (
        (emojiOf(picture) ?? sign ?? initials(name))
      )}
    </span>
  );
}

/** A picture from elsewhere would tell its server who reads here. */
function isOurs(picture: string | null | undefined): picture is string {
  return picture?.startsWith('/') === true || picture?.startsWith(`${location.origin}/`) === true;
}

function emojiOf(picture: string | null | undefined): string | undefined {
  return picture && picture.length <= 16 && !picture.includes('/') ? picture : undefined;
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
