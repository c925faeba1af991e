export interface Piece {
  /** Where the piece begins in the fragment: its identity in a list. */
  at: number;
  text: string;
  hit: boolean;
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&#x2F;': '/',
  '&#47;': '/',
  '&amp;': '&',
};

/**
 * A search fragment in pieces. The server escapes it as HTML but for `<em>`; taken apart here it
 * never has to be HTML in the page.
 */
export function pieces(fragment: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const part of fragment.split(/(<em>.*?<\/em>)/s)) {
    const hit = part.startsWith('<em>') && part.endsWith('</em>');
    const text = unescaped(hit ? part.slice(4, -5) : part);
    if (text !== '') {
      found.push({ at, text, hit });
    }
    at += part.length;
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(
    /&(lt|gt|quot|amp|#39|#x27|#x2F|#47);/g,
    (entity) => ENTITIES[entity] ?? entity,
  );
}
