/** One line of a message for a list: without line breaks and the marks of Markdown. */
export function excerpt(text: string, charsMax = 140): string {
  const line = text
    .slice(0, charsMax * 4)
    .replace(/```\w*/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/^\s*(#{1,6}|>)\s+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > charsMax ? `${line.slice(0, charsMax).trimEnd()}…` : line;
}
