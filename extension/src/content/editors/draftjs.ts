/** Draft.js (X): lines are `data-block` elements, an empty one holds a `<br>`. */
import { selectionOf } from '../dom';
import type { Editor } from './editor';
import { type Made, PLAIN } from './reading';
import { insertText, richEditor } from './rich';

/**
 * Draft.js takes what the browser has written into one of its spans, and no more: text that it
 * finds across spans, lines or in an empty box it doubles, loses or breaks on ("removeChild",
 * facebookarchive/draft-js#616; the same in both browsers with 0.11.7). Typed text it never lets
 * the browser write there: it hears of it first, by React's `beforeInput`, which is the browser's
 * `textInput` event, and changes its own model. So it is told in the same way, and where it leaves
 * the writing to the browser, the browser does it.
 */
function write(box: HTMLElement, value: string, { isOneText, isEmpty }: Made): boolean {
  const isHeard = value !== '' && hear(box, value);
  const isSafe = (isOneText || (isEmpty && value !== '')) && !value.includes('\n');
  if (!isHeard && isSafe) insertText(value);
  // Once it has drawn what is new.
  setTimeout(() => beginStep(box));
  return isHeard || isSafe;
}

/**
 * What is written where it wrote last Draft.js joins into one step of undo, however much time has
 * gone by. A caret that it has seen elsewhere begins another step: it is told so, as by the browser,
 * and the caret is back before any key can come.
 */
function beginStep(box: HTMLElement): void {
  const selection = selectionOf(box);
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = selection ?? {};
  if (!selection || !anchorNode || !focusNode || !box.contains(anchorNode)) return;
  const first = document.createTreeWalker(box, NodeFilter.SHOW_TEXT).nextNode() as Text | null;
  if (!first) return;
  const tell = (): boolean => document.dispatchEvent(new Event('selectionchange'));
  const isThere = selection.isCollapsed && focusNode === first && focusOffset === 0;
  selection.collapse(first, isThere ? first.length : 0);
  tell();
  selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  queueMicrotask(tell);
}

/** True where the editor has taken it. */
function hear(box: HTMLElement, value: string): boolean {
  try {
    const event = document.createEvent('TextEvent');
    event.initTextEvent('textInput', true, true, window, value);
    return !box.dispatchEvent(event);
  } catch {
    return false;
  }
}

const rich = richEditor(
  'draftjs',
  (box) =>
    box.matches('.public-DraftEditor-content') || box.querySelector('[data-block="true"]') !== null,
  {
    isBlock: (element) => element.getAttribute('data-block') === 'true',
    skip: PLAIN.skip,
  },
  write,
);

export const draftjs: Editor = {
  ...rich,
  select(box, start, end) {
    const isSelected = rich.select(box, start, end);
    if (isSelected) beginStep(box);
    return isSelected;
  },
};
