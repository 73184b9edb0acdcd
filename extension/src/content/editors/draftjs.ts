/** Draft.js (X): lines are `data-block` elements, an empty one holds a `<br>`. */
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
  if (value !== '' && hear(box, value)) return true;
  const isSafe = (isOneText || (isEmpty && value !== '')) && !value.includes('\n');
  if (isSafe) insertText(value);
  return isSafe;
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

export const draftjs = richEditor(
  'draftjs',
  (box) =>
    box.matches('.public-DraftEditor-content') || box.querySelector('[data-block="true"]') !== null,
  {
    isBlock: (element) => element.getAttribute('data-block') === 'true',
    skip: PLAIN.skip,
  },
  write,
);
