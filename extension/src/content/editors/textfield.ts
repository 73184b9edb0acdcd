/**
 * A `<textarea>` or `<input>`. Its glyphs cannot be measured, so its text is laid out again in a
 * mirror with the same metrics, inside our own root.
 */
import { isTextField, rootOf, type TextField } from '../dom';
import { shared } from '../order';
import type { Editor, Measure, Snapshot } from './editor';
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

/** What of it Firefox zooms where it zooms text alone. */
const ZOOMED = new Set<string>(['font-size', 'line-height']);

interface Mirror {
  readonly mirror: HTMLElement;
  readonly text: Text;
  zoom: number;
}

const mirrors = new WeakMap<HTMLElement, Mirror>();

/**
 * The mirror of a scratch element, there once and for all: Chromium ends a step of undo in the field
 * whenever a node is taken out of the document, and Ctrl+Z would go back letter by letter.
 */
function mirrorIn(scratch: HTMLElement): Mirror {
  const known = mirrors.get(scratch);
  if (known?.mirror.parentNode === scratch) return known;
  const made = {
    mirror: document.createElement('div'),
    text: document.createTextNode(''),
    zoom: 1,
  };
  made.mirror.append(made.text);
  made.mirror.style.cssText = 'position:fixed;visibility:hidden;box-sizing:border-box;left:0;top:0';
  scratch.append(made.mirror);
  mirrors.set(scratch, made);
  return made;
}

/** Only what is new is laid out anew: a key in a long text changes little of it. */
function write(node: Text, text: string): void {
  if (node.data === text) return;
  const { before, after } = shared(node.data, text);
  node.replaceData(before, node.length - before - after, text.slice(before, text.length - after));
}

/** Sets what differs: even the same value again makes a browser lay out everything again. */
function setAll({ style }: HTMLElement, values: ReadonlyMap<string, string>): void {
  for (const [name, value] of values)
    if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
}

/**
 * Firefox can zoom text alone, by a factor that no page is told: what it has zoomed in the field it
 * would zoom in the mirror again. What it makes of the size tells.
 */
function fit(mirror: Mirror, field: CSSStyleDeclaration, values: Map<string, string>): void {
  const set = (): void => {
    for (const name of METRICS) {
      const value = field.getPropertyValue(name);
      const isZoomed = ZOOMED.has(name) && mirror.zoom !== 1 && value.endsWith('px');
      values.set(name, isZoomed ? `${Number.parseFloat(value) / mirror.zoom}px` : value);
    }
    setAll(mirror.mirror, values);
  };
  set();
  const { fontSize } = getComputedStyle(mirror.mirror);
  const off = Number.parseFloat(fontSize) / Number.parseFloat(field.fontSize);
  if (!(Math.abs(off - 1) > 0.001)) return;
  mirror.zoom *= off;
  set();
}

class FieldSnapshot implements Snapshot {
  readonly text: string;

  constructor(private readonly field: TextField) {
    this.text = field.value.replaceAll('\u00a0', ' ');
  }

  measure(scratch: HTMLElement): Measure {
    const { field } = this;
    const box = field.getBoundingClientRect();
    if (box.width === 0 || field.offsetWidth === 0) return () => [];
    const multiline = field instanceof HTMLTextAreaElement;
    const made = mirrorIn(scratch);
    const { mirror, text } = made;
    fit(
      made,
      getComputedStyle(field),
      new Map([
        ['width', multiline ? `${field.clientWidth}px` : 'max-content'],
        ['white-space', multiline ? 'pre-wrap' : 'pre'],
        ['overflow-wrap', multiline ? 'break-word' : 'normal'],
      ]),
    );
    write(text, `${this.text}\u200b`);
    const home = mirror.getBoundingClientRect();
    const scale = box.width / field.offsetWidth;
    const centred = multiline ? 0 : (field.clientHeight - home.height) / 2;
    const left = field.clientLeft - field.scrollLeft - home.left;
    const top = field.clientTop - field.scrollTop - home.top + centred;
    const range = document.createRange();
    return (start, end) => {
      range.setStart(text, Math.min(start, text.length));
      range.setEnd(text, Math.min(end, text.length));
      return byLine([...range.getClientRects()]).map(
        (rect) =>
          new DOMRect(
            box.left + (rect.left + left) * scale,
            box.top + (rect.top + top) * scale,
            rect.width * scale,
            rect.height * scale,
          ),
      );
    };
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
