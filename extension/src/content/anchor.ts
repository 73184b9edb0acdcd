/**
 * Tells when elements are no longer where they were, whatever has moved them: a script of the
 * page, a banner above, an animation that says nothing. The browser itself watches, so nothing
 * runs while they stand still.
 */

interface Watched {
  readonly place: string;
  observer: IntersectionObserver;
}

export class Anchors {
  readonly #watched = new Map<HTMLElement, Watched>();

  constructor(private readonly moved: () => void) {}

  /** Watches exactly these, where they are now. */
  set(elements: ReadonlySet<HTMLElement>): void {
    for (const [element, { observer }] of this.#watched) {
      if (elements.has(element)) continue;
      observer.disconnect();
      this.#watched.delete(element);
    }
    for (const element of elements) this.#watch(element);
  }

  #watch(element: HTMLElement): void {
    const { top, right, bottom, left } = element.getBoundingClientRect();
    // The observed part of the window is cut down to the element's own place, so that the least
    // move takes some of it out.
    const margin = [top, innerWidth - right, innerHeight - bottom, left]
      .map((side) => `${-Math.floor(side)}px`)
      .join(' ');
    const known = this.#watched.get(element);
    if (known?.place === margin) return;
    known?.observer.disconnect();
    this.#watched.set(element, { place: margin, observer: this.#observe(element, margin, 1) });
  }

  #observe(element: HTMLElement, rootMargin: string, threshold: number): IntersectionObserver {
    let first = true;
    const observer = new IntersectionObserver(
      (entries) => {
        const ratio = entries.at(-1)?.intersectionRatio ?? threshold;
        const watched = this.#watched.get(element);
        if (watched?.observer !== observer) return;
        if (first) {
          first = false;
          if (ratio >= threshold || ratio === 0) return;
          // Partly clipped from the start: its visible share is what must not change.
          observer.disconnect();
          watched.observer = this.#observe(element, rootMargin, ratio);
        }
        this.moved();
      },
      { root: document, rootMargin, threshold },
    );
    observer.observe(element);
    return observer;
  }
}
