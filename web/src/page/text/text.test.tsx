import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { excerpt } from './excerpt';
import { pieces } from './highlight';
import { Markdown } from './Markdown';
import { brief, dayName } from './moment';

function html(text: string): string {
  return renderToStaticMarkup(<Markdown text={text} />);
}

describe('Markdown', () => {
  it('renders what people write', () => {
    expect(html('**b** _i_ ~~d~~ `c`')).toBe(
      '<div class="markdown"><p><strong>b</strong> <em>i</em> <del>d</del> <code>c</code></p></div>',
    );
    expect(html('```sh\nls -l <dir>\n```')).toContain('<code>ls -l &lt;dir&gt;</code>');
    expect(html('- one\n- two')).toContain('<ul><li>one</li><li>two</li></ul>');
    expect(html('one\ntwo')).toContain('one<br/>two');
  });

  it('links to the web in a new tab, and to nothing else', () => {
    expect(html('[a](https://parley.example/x?y=1&z=2)')).toContain(
      '<a href="https://parley.example/x?y=1&amp;z=2" target="_blank" rel="noopener noreferrer nofollow">a</a>',
    );
    for (const text of [
      '[a](javascript:alert(1))',
      '[a](JaVaScRiPt:alert(1))',
      '[a](data:text/html,x)',
      '[a](vbscript:x)',
      '<javascript:alert(1)>',
      '![a](javascript:alert(1))',
    ]) {
      expect(html(text)).not.toContain('href');
    }
  });

  it('shows HTML as the text that it is', () => {
    for (const text of [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'a <b onclick="x">b</b>',
      '<!-- c -->',
      '<svg/onload=alert(1)>',
    ]) {
      expect(html(text).replace(/<\/?(div|p)( class="markdown")?>/g, '')).not.toMatch(/<[a-z!]/i);
    }
  });

  it('loads no picture from elsewhere', () => {
    expect(html('![alt](https://elsewhere.example/x.png)')).not.toContain('<img');
  });

  it('survives nesting without end', () => {
    expect(html('>'.repeat(5_000))).toContain('markdown');
    expect(html(`${'['.repeat(5_000)}x`)).toContain('markdown');
    expect(html('*'.repeat(20_000))).toContain('markdown');
  });
});

describe('a search fragment', () => {
  it('comes apart into hits and plain text, without its escapes', () => {
    expect(pieces('a &lt;b&gt; <em>c &amp;amp; d</em> e')).toEqual([
      { at: 0, text: 'a <b> ', hit: false },
      { at: 12, text: 'c &amp; d', hit: true },
      { at: 34, text: ' e', hit: false },
    ]);
  });
});

describe('an excerpt', () => {
  it('is one line without marks, cut at its limit', () => {
    expect(excerpt('# Hi\n\n**you** [there](https://x.example) `now`')).toBe('Hi you there now');
    expect(excerpt('x'.repeat(500), 10)).toBe('xxxxxxxxxx…');
    expect(excerpt('snake_case * 2')).toBe('snake_case * 2');
  });
});

describe('moments', () => {
  const now = new Date('2026-11-20T12:00:00');

  it('are as short as tells them', () => {
    expect(dayName('2026-11-20T09:30:00', now)).toBe('Today');
    expect(dayName('2026-11-19T23:59:00', now)).toBe('Yesterday');
    expect(brief('2026-11-20T09:30:00', now)).toMatch(/9:30|09:30/);
    expect(brief('2018-03-01T09:30:00', now)).toContain('2018');
    expect(brief('2031-03-01T09:30:00', now)).toContain('2031');
  });
});
