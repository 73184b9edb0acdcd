/** What the editors in an editable element share: how they are read, selected and typed into. */
import { rootOf, selectionOf } from '../dom';
import type { Editor, Measure, Snapshot } from './editor';
import { byLine } from './lines';
import { type Layout, type Made, Reading } from './reading';

export class RichSnapshot implements Snapshot {
  readonly #reading: Reading;

  constructor(box: HTMLElement, layout: Layout) {
    this.#reading = new Reading(box, layout);
  }

  get text(): string {
    return this.#reading.text;
  }

  measure(): Measure {
    return (start, end) =>
      byLine(this.#reading.ranges(start, end).flatMap((range) => [...range.getClientRects()]));
  }

  selection(): { start: number; end: number } | null {
    const { box } = this.#reading;
    const selection = selectionOf(box);
    const { anchorNode, focusNode } = selection ?? {};
    if (
      !selection ||
      !anchorNode ||
      !focusNode ||
      !box.contains(anchorNode) ||
      !box.contains(focusNode)
    )
      return null;
    const anchor = this.#reading.offsetOf(anchorNode, selection.anchorOffset);
    const focus = this.#reading.offsetOf(focusNode, selection.focusOffset);
    if (anchor === null || focus === null) return null;
    return { start: Math.min(anchor, focus), end: Math.max(anchor, focus) };
  }

  point(
    offset: number,
    side: 'start' | 'end',
  ): { readonly node: Node; readonly offset: number } | null {
    return this.#reading.point(offset, side);
  }

  made(start: number, end: number): Made {
    return this.#reading.made(start, end);
  }
}

/**
 * The one way of writing that every engine takes in both browsers (facts: browsers.md, "Writing
 * into real editors"). What it returns tells nothing; who calls it reads the box afterwards.
 */
export function insertText(value: string): void {
  if (value === '') document.execCommand('delete');
  else document.execCommand('insertText', false, value);
}

/**
 * Puts `value` in the place of the selection. False, with nothing written, where the engine was
 * seen to spoil such an edit in one of the browsers (tests/e2e/editors.test.mjs tries them all).
 */
export type Write = (box: HTMLElement, value: string, selected: Made) => boolean;

/** Writes what the engine is not known to spoil. */
export function unless(
  isSpoilt: (value: string, selected: Made, box: HTMLElement) => boolean,
): Write {
  return (box, value, selected) => {
    if (isSpoilt(value, selected, box)) return false;
    insertText(value);
    return true;
  };
}

/** An editor in an editable element: how it lays out its lines, and what it takes as input. */
export function richEditor(
  name: string,
  matches: (box: HTMLElement) => boolean,
  layout: Layout,
  write: Write,
): Editor {
  return {
    name,
    matches,
    read: (box) => new RichSnapshot(box, layout),
    select(box, start, end) {
      const snapshot = new RichSnapshot(box, layout);
      const empty = start === end;
      const from = snapshot.point(start, empty ? 'end' : 'start');
      const to = snapshot.point(end, 'end');
      const selection = selectionOf(box);
      if (!selection) return false;
      if (rootOf(box).activeElement !== box) box.focus({ preventScroll: true });
      if (from && to) selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
      else if (snapshot.text === '' && empty) selection.selectAllChildren(box);
      else return false;
      const now = snapshot.selection();
      return now === null ? snapshot.text === '' : now.start === start && now.end === end;
    },
    type(box, value) {
      const snapshot = new RichSnapshot(box, layout);
      const { start, end } = snapshot.selection() ?? { start: 0, end: 0 };
      return write(box, value, snapshot.made(start, end));
    },
  };
}
