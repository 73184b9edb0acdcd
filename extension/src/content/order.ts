/** Small readings of lists and texts that are in order, for drafts that are long. */

/** The first place from which on something holds; the length of the list where it never does. */
export function firstWhere<Item>(list: readonly Item[], holds: (item: Item) => boolean): number {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(list[middle] as Item)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** How much two texts share from their start on, and then from their end back. */
export function shared(a: string, b: string): { readonly before: number; readonly after: number } {
  const shortest = Math.min(a.length, b.length);
  let before = 0;
  while (before < shortest && a.charCodeAt(before) === b.charCodeAt(before)) before++;
  let after = 0;
  while (
    after < shortest - before &&
    a.charCodeAt(a.length - 1 - after) === b.charCodeAt(b.length - 1 - after)
  )
    after++;
  return { before, after };
}
