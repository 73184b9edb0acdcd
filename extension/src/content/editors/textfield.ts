/**
 * A `<textarea>` or `<input>`. Its glyphs cannot be measured, so its text is laid out again in a
 * mirror with the same metrics, inside our own root.
 */
import { isTextField, rootOf, type TextField } from '../dom';
import type { Editor, Snapshot } from './editor';
import { byLine } from './lines';
import { insertText } from './rich';

/** What decides where a glyph stands. */
const METRICS = [
  'direction',
  'font-family',
  'font-feature-settings',
  'font-kerning',
  'font-size',
  'font-stretch',
  'font-style',
  'font-variant',
  'font-weight',
  'letter-spacing',
  'line-height',
  'padding-bottom',
  'padding-left',
  'padding-right',
  'padding-top',
  'tab-size',
  'text-align',
  'text-indent',
  'text-rendering',
  'text-transform',
  'word-break',
  'word-spacing',
] as const;

interface Mirror {
  readonly mirror: HTMLElement;
  readonly text: Text;
}

const mirrors = new WeakMap<HTMLElement, Mirror>();

/**
 * The mirror of a scratch element, there once and for all: Chromium ends a step of undo in the field
 * whenever a node is taken out of the document, and Ctrl+Z would go back letter by letter.
 */
function mirrorIn(scratch: HTMLElement): Mirror {
  const known = mirrors.get(scratch);
  if (known?.mirror.parentNode === scratch) return known;
  const made = { mirror: document.createElement('div'), text: document.createTextNode('') };
  made.mirror.append(made.text);
  scratch.append(made.mirror);
  mirrors.set(scratch, made);
  return made;
}

class FieldSnapshot implements Snapshot {
  readonly text: string;

  constructor(private readonly field: TextField) {
    this.text = field.value.replaceAll('\u00a0', ' ');
  }

  rects(start: number, end: number, scratch: HTMLElement): DOMRect[] {
    const { field } = this;
    const box = field.getBoundingClientRect();
    if (box.width === 0 || field.offsetWidth === 0) return [];
    const multiline = field instanceof HTMLTextAreaElement;
    const computed = getComputedStyle(field);
    const { mirror, text } = mirrorIn(scratch);
    const { style } = mirror;
    for (const name of METRICS) style.setProperty(name, computed.getPropertyValue(name));
    style.setProperty('position', 'fixed');
    style.setProperty('visibility', 'hidden');
    style.setProperty('box-sizing', 'border-box');
    style.setProperty('width', multiline ? `${field.clientWidth}px` : 'max-content');
    style.setProperty('white-space', multiline ? 'pre-wrap' : 'pre');
    style.setProperty('overflow-wrap', multiline ? 'break-word' : 'normal');
    style.setProperty('left', '0');
    style.setProperty('top', '0');
    text.data = `${this.text}\u200b`;
    const home = mirror.getBoundingClientRect();
    const range = document.createRange();
    range.setStart(text, Math.min(start, text.length));
    range.setEnd(text, Math.min(end, text.length));
    const scale = box.width / field.offsetWidth;
    const centred = multiline ? 0 : (field.clientHeight - home.height) / 2;
    const left = field.clientLeft - field.scrollLeft - home.left;
    const top = field.clientTop - field.scrollTop - home.top + centred;
    const rects = byLine([...range.getClientRects()]).map(
      (rect) =>
        new DOMRect(
          box.left + (rect.left + left) * scale,
          box.top + (rect.top + top) * scale,
          rect.width * scale,
          rect.height * scale,
        ),
    );
    text.data = '';
    return rects;
  }

  selection(): { start: number; end: number } | null {
    const { field } = this;
    if (
      rootOf(field).activeElement !== field ||
      field.selectionStart === null ||
      field.selectionEnd === null
    )
      return null;
    return { start: field.selectionStart, end: field.selectionEnd };
  }
}

export const textfield: Editor = {
  name: 'textfield',
  matches: isTextField,
  read: (box) => new FieldSnapshot(box as TextField),
  select(box, start, end) {
    const field = box as TextField;
    if (rootOf(field).activeElement !== field) field.focus({ preventScroll: true });
    field.setSelectionRange(start, end);
    return field.selectionStart === start && field.selectionEnd === end;
  },
  type(box, value) {
    // A single line would turn the break into a space.
    if (box instanceof HTMLInputElement && value.includes('\n')) return false;
    insertText(value);
    return true;
  },
};
