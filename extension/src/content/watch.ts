/**
 * Sees what a page does to its compose boxes: one observer for everything, throttled, and nothing
 * that runs while nothing happens. A search through the page takes its time off afterwards, so
 * that it stays under half a percent of the main thread however large the page is and however
 * often its feed changes.
 */
import { ancestors, rootOf } from './dom';

const SCAN_MS = 500;
/** The pause after a search, in multiples of what the search took. */
const REST = 200;

/** Attributes by which a page moves, hides or restyles what it shows. */
const LOOKS = ['class', 'style', 'dir', 'hidden', 'open'];

export interface WatchActions {
  /** Nodes or texts have changed, somewhere on the page. */
  readonly changed: (records: readonly MutationRecord[]) => void;
  /** Something has moved, or may go on moving for a while. */
  readonly moved: (forAWhile: boolean) => void;
  /** Look for boxes in all of it. */
  readonly scan: () => void;
}

export class Watch {
  readonly #shadows = new Set<ShadowRoot>();
  readonly #observer = new MutationObserver((records) => this.#onRecords(records));
  readonly #sizes = new ResizeObserver(() => this.actions.moved(true));
  #timer: ReturnType<typeof setTimeout> | null = null;
  #rest = SCAN_MS;

  constructor(
    private readonly actions: WatchActions,
    private readonly signal: AbortSignal,
  ) {
    this.#observer.observe(document, { childList: true, subtree: true });
    signal.addEventListener('abort', () => {
      this.#observer.disconnect();
      this.#sizes.disconnect();
      if (this.#timer) clearTimeout(this.#timer);
    });
    this.scanSoon();
  }

  /** The document and the open shadow roots that have been entered and are still there. */
  roots(): readonly ParentNode[] {
    for (const root of this.#shadows) if (!root.host.isConnected) this.#shadows.delete(root);
    return [document, ...this.#shadows];
  }

  box(box: HTMLElement): void {
    this.#observer.observe(box, {
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: LOOKS,
      subtree: true,
    });
    this.#sizes.observe(box);
    for (const ancestor of ancestors(box))
      this.#observer.observe(ancestor, { attributes: true, attributeFilter: LOOKS });
    const root = rootOf(box);
    if (root instanceof ShadowRoot) this.enter(root);
  }

  /** Something that says who will read a draft: by its label, or by its words. */
  sign(sign: Element): void {
    this.#observer.observe(sign, {
      attributes: true,
      attributeFilter: ['aria-label'],
      characterData: true,
      childList: true,
      subtree: true,
    });
  }

  forget(box: HTMLElement): void {
    this.#sizes.unobserve(box);
  }

  /** What happens inside a shadow root does not always come out of it. */
  enter(root: ShadowRoot): void {
    if (this.#shadows.has(root)) return;
    this.#shadows.add(root);
    this.#observer.observe(root, { childList: true, subtree: true });
    const options = { capture: true, passive: true, signal: this.signal };
    for (const type of ['scroll', 'load'])
      root.addEventListener(type, () => this.actions.moved(true), options);
    const outer = root.host.getRootNode();
    if (outer instanceof ShadowRoot) this.enter(outer);
  }

  scanSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const start = performance.now();
      this.actions.scan();
      this.#rest = Math.max(SCAN_MS, (performance.now() - start) * REST);
    }, this.#rest);
  }

  #onRecords(records: readonly MutationRecord[]): void {
    const changes = records.filter(({ attributeName }) => !LOOKS.includes(attributeName ?? ''));
    if (changes.length > 0) {
      this.actions.changed(changes);
      this.scanSoon();
    }
    // What a change of nodes moves, it moves at once; a new class may start an animation.
    this.actions.moved(changes.length < records.length);
  }
}
