/** What every editor engine can do. One file an engine; which one it is, the box itself tells. */

/** Where a stretch is shown, in client coordinates, one rectangle a line. */
export type Measure = (start: number, end: number) => DOMRect[];

/** What can be asked of a text that was read. */
export interface Snapshot {
  readonly text: string;
  /**
   * Tells where stretches are shown now. `scratch` is an element of ours, out of the page's reach,
   * in which something may be laid out to measure it.
   */
  measure(scratch: HTMLElement): Measure;
  /** Where caret and selection are, or null where they are elsewhere. */
  selection(): { readonly start: number; readonly end: number } | null;
}

export interface Editor {
  readonly name: string;
  matches(box: HTMLElement): boolean;
  read(box: HTMLElement): Snapshot;
  /** Focus and selection on this stretch. False where the box does not take it. */
  select(box: HTMLElement, start: number, end: number): boolean;
  /**
   * Puts `value` in the place of the selection, through the editor's own input path. False where
   * this engine is known to spoil that very edit: then nothing was written.
   */
  type(box: HTMLElement, value: string): boolean;
}
