/**
 * As much Markdown as a guide's prose uses: paragraphs, lists, sub-headings, emphasis, code and
 * links. Built from elements and texts, never from HTML; a link that is no http(s) or mailto
 * address stays a text.
 */
import { make } from './dom';

export function markdown(source: string, under: 'h2' | 'h3' = 'h3'): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  for (const block of source.split(/\n\s*\n/)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    const [first] = lines;
    if (first === undefined) continue;
    const heading = /^(#{2,6})\s+(.*)$/.exec(first);
    if (heading) {
      blocks.push(make(under, {}, ...inline(heading[2] ?? '')));
      lines.shift();
    }
    if (lines.length > 0) blocks.push(...paragraphs(lines));
  }
  return blocks;
}

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

/** A paragraph, a list, or a paragraph that a list follows at once. */
function paragraphs(lines: readonly string[]): HTMLElement[] {
  const made: HTMLElement[] = [];
  let texts: string[] = [];
  let items: { ordered: boolean; text: string }[] = [];
  const flush = (): void => {
    if (texts.length > 0) made.push(make('p', {}, ...inline(texts.join(' '))));
    if (items.length > 0) {
      made.push(
        make(
          items[0]?.ordered ? 'ol' : 'ul',
          {},
          ...items.map((item) => make('li', {}, ...inline(item.text))),
        ),
      );
    }
    texts = [];
    items = [];
  };
  for (const line of lines) {
    const item = ITEM.exec(line);
    const last = items.at(-1);
    if (item) {
      if (texts.length > 0) flush();
      items.push({ ordered: item[1] !== undefined, text: item[2] ?? '' });
    } else if (last && /^\s+/.test(line)) {
      last.text += ` ${line.trim()}`;
    } else {
      if (items.length > 0) flush();
      texts.push(line.replace(/^>\s?/, '').trim());
    }
  }
  flush();
  return made;
}

const INLINE =
  /\*\*(.+?)\*\*|\*(\S(?:.*?\S)?)\*|_(\S(?:.*?\S)?)_|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;

function inline(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, strong, star, underscore, code, label, address] = match;
    parts.push(text.slice(at, match.index));
    at = match.index + whole.length;
    if (strong) parts.push(make('strong', {}, ...inline(strong)));
    else if (star ?? underscore) parts.push(make('em', {}, ...inline(star ?? underscore ?? '')));
    else if (code) parts.push(make('code', {}, code));
    else if (label && address) parts.push(link(label, address));
  }
  parts.push(text.slice(at));
  return parts;
}

function link(label: string, address: string): Node | string {
  if (!/^(https?:|mailto:|#)/i.test(address)) return label;
  return make('a', { href: address, rel: 'noreferrer noopener' }, label);
}
