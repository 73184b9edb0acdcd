/**
 * Puts a replacement into a draft: once, through the editor's own input path, verified after. An
 * editor that refuses is not asked twice: a second try is how drafts get doubled
 * (facts/composers.md, 0.5). The caret is where typing the same would have left it: after it.
 */
import type { Editor } from './editor';

/** Editors learn of a selection from an event that follows it, and commit their input later. */
const SETTLE_MS = 30;
const COMMITS_MS = [70, 100, 200];

export type Replaced =
  | { readonly kind: 'done' }
  /** Nothing was written: the draft is as it was. */
  | { readonly kind: 'refused' }
  /** The editor made something else of it: its author is to look, and can undo it. */
  | { readonly kind: 'spoilt' }
  /** The draft had changed since it was checked. */
  | { readonly kind: 'stale' };

export async function replace(
  editor: Editor,
  box: HTMLElement,
  expected: string,
  start: number,
  end: number,
  value: string,
): Promise<Replaced> {
  const before = editor.read(box);
  if (before.text !== expected) return { kind: 'stale' };
  if (!editor.select(box, start, end)) return { kind: 'refused' };
  await pause(SETTLE_MS);
  const now = editor.read(box);
  if (now.text !== expected) return { kind: 'stale' };
  const selected = now.selection();
  if (selected === null ? expected !== '' : selected.start !== start || selected.end !== end)
    return { kind: 'refused' };
  if (!editor.type(box, value)) return { kind: 'refused' };
  const wanted = expected.slice(0, start) + value + expected.slice(end);
  // Looked at early too: who types on at once changes what is then found.
  let found = expected;
  let wasRight = false;
  for (const wait of [0, SETTLE_MS, ...COMMITS_MS]) {
    await pause(wait);
    found = editor.read(box).text;
    if (found === wanted && wasRight) return { kind: 'done' };
    wasRight ||= found === wanted;
  }
  if (wasRight && found !== expected) return { kind: 'done' };
  return { kind: found === expected ? 'refused' : 'spoilt' };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
