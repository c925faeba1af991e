import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import grammar from '../../../../docs/markdown.md?raw';
import { Markdown } from './Markdown';

const EXAMPLE = /^`{8} example\n([\s\S]*?)\n\.\n([\s\S]*?)\n`{8}$/gm;

const examples = [...grammar.matchAll(EXAMPLE)].map((found) => ({
  source: String(found[1]),
  html: String(found[2]),
}));

/** Without what only a page needs: the wrapping, classes, where links open. */
function meaning(source: string): string {
  return renderToStaticMarkup(<Markdown text={source} />)
    .replaceAll(/ (class|target|rel|tabindex|data-mentions)="[^"]*"/gi, '')
    .replaceAll(/<\/?div>/g, '')
    .replaceAll('<br/>', '<br>')
    .replaceAll('&#x27;', "'");
}

describe('the published grammar', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(12);
  });

  it.each(examples)('$source', ({ source, html }) => {
    expect(meaning(source)).toBe(html);
  });
});
