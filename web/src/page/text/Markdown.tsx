import { marked, type Token, type Tokens } from 'marked';
import { Fragment, memo, type ReactNode } from 'react';

/** Deeper nesting is shown as it was typed: a message of thousands of ">" costs nothing. */
const DEPTH_MAX = 6;
const SAFE_LINK = /^(https?:|mailto:)/i;

/**
 * A message's Markdown as React elements. Safe by construction: the source is only ever split into
 * tokens, no HTML string is made, and HTML in the source is shown as the text it is.
 */
export const Markdown = memo(function Markdown({ text, me }: { text: string; me?: string }) {
  return (
    <div
      className="markdown"
      data-mentions={(me !== undefined && names(text).includes(me)) || undefined}
    >
      {blocks(tokensOf(text), 0)}
    </div>
  );
});

function tokensOf(text: string): Token[] {
  try {
    return marked.lexer(text, { gfm: true, breaks: true });
  } catch {
    return [{ type: 'text', raw: text, text }];
  }
}

function blocks(tokens: readonly Token[], depth: number): ReactNode {
  return tokens.map((token, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text have no other identity
    <Fragment key={place}>
      {depth > DEPTH_MAX ? token.raw : element(token as Known, depth)}
    </Fragment>
  ));
}

type Known =
  | Tokens.Code
  | Tokens.Heading
  | Tokens.Hr
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Paragraph
  | Tokens.Table
  | Tokens.Text
  | Tokens.Escape
  | Tokens.Link
  | Tokens.Image
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Br
  | Tokens.Space;

function element(token: Known, depth: number): ReactNode {
  switch (token.type) {
    case 'space':
      return null;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide block is scrolled by keyboard too
        <pre tabIndex={0}>
          <code>{token.text}</code>
        </pre>
      );
    case 'heading':
      return <p className="markdown-heading">{blocks(token.tokens, depth + 1)}</p>;
    case 'hr':
      return <hr />;
    case 'blockquote':
      return <blockquote>{blocks(token.tokens, depth + 1)}</blockquote>;
    case 'list':
      return list(token, depth);
    case 'paragraph':
      return <p>{blocks(token.tokens, depth + 1)}</p>;
    case 'table':
      return table(token, depth);
    case 'text':
      return 'tokens' in token && token.tokens
        ? blocks(token.tokens, depth + 1)
        : mentions(token.text);
    case 'escape':
      return token.text;
    case 'link':
      return link(token.href, blocks(token.tokens, depth + 1), token.raw);
    case 'image':
      // Shown as a link: a picture from elsewhere would tell its server who reads here.
      return link(token.href, token.text || token.href, token.raw);
    case 'strong':
      return <strong>{blocks(token.tokens, depth + 1)}</strong>;
    case 'em':
      return <em>{blocks(token.tokens, depth + 1)}</em>;
    case 'del':
      return <del>{blocks(token.tokens, depth + 1)}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'br':
      return <br />;
    default:
      return (token as Token).raw;
  }
}

const MENTION = /(?<![\p{L}\p{N}])@[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_-])?/gu;

function names(text: string): string[] {
  return (text.match(MENTION) ?? []).map((mention) => mention.slice(1));
}

/** Who is meant stands out. */
function mentions(text: string): ReactNode {
  const plain = text.split(MENTION);
  const found = text.match(MENTION) ?? [];
  return plain.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
    <Fragment key={place}>
      {part}
      {found[place] && <span className="mention-name">{found[place]}</span>}
    </Fragment>
  ));
}

function link(href: string, label: ReactNode, raw: string): ReactNode {
  return SAFE_LINK.test(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  ) : (
    raw
  );
}

function list(token: Tokens.List, depth: number): ReactNode {
  const items = token.items.map((item, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items of one list have no other identity
    <li key={place}>{blocks(item.tokens, depth + 1)}</li>
  ));
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function table(token: Tokens.Table, depth: number): ReactNode {
  const cells = (row: Tokens.TableCell[], Cell: 'th' | 'td') =>
    row.map((cell, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: cells of one row have no other identity
      <Cell key={place}>{blocks(cell.tokens, depth + 1)}</Cell>
    ));
  return (
    <div className="markdown-table">
      <table>
        <thead>
          <tr>{cells(token.header, 'th')}</tr>
        </thead>
        <tbody>
          {token.rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one table have no other identity
            <tr key={place}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
