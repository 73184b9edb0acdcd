/**
 * One site as its adapter describes it: which boxes are compose boxes, where their root is, which
 * controls post them. Answers are looked up when they are asked for and never kept: sites rebuild
 * their dialogs at any time.
 */
import type { Adapter, ComposerKind, Control, PostKey } from './adapter';
import {
  ancestors,
  closestShown,
  containsShown,
  isDisabled,
  isShown,
  isTextField,
  matches,
  nameOf,
  plain,
  selectAll,
} from './dom';

/** How far up a composer's root is looked for where no selector names it. */
const ROOT_LEVELS = 12;

/** A box that no kind of the adapter describes. */
const FALLBACK_ID = 'fallback';

export class Site {
  readonly #names = new WeakMap<Control, ReadonlySet<string>>();
  #adapter!: Adapter;
  #fallback!: ComposerKind;

  constructor(adapter: Adapter) {
    this.use(adapter);
  }

  get adapter(): Adapter {
    return this.#adapter;
  }

  /** Goes by another adapter from now on. What was found by the last one is to be looked up again. */
  use(adapter: Adapter): void {
    this.#adapter = adapter;
    this.#fallback = {
      id: FALLBACK_ID,
      surface: 'post',
      box: [],
      root: ['[role="dialog"]', 'form'],
      ...adapter.fallback,
    };
  }

  /** What kind of composer this box is, or null where it is none. */
  kindOf(box: HTMLElement): ComposerKind | null {
    for (const selector of this.adapter.ignore) if (matches(box, selector)) return null;
    for (const kind of this.adapter.composers) {
      if (kind.path && !new RegExp(kind.path).test(location.pathname)) continue;
      if (!kind.box.some((selector) => matches(box, selector))) continue;
      if (kind.inside && !kind.inside.some((selector) => closestShown(box, selector))) continue;
      return kind;
    }
    // A single-line field outside a dialog or form is a filter or a search, not a draft.
    if (
      isTextField(box) &&
      box instanceof HTMLInputElement &&
      !closestShown(box, '[role="dialog"]')
    )
      return null;
    if (this.adapter.fallback.submit.length === 0) return null;
    return this.#fallback;
  }

  isFallback(kind: ComposerKind): boolean {
    return kind.id === FALLBACK_ID;
  }

  /** Boxes that are in the page before anybody has clicked in them. */
  boxesIn(root: ParentNode): HTMLElement[] {
    const boxes = new Set<HTMLElement>();
    for (const kind of this.adapter.composers) {
      for (const selector of kind.box) {
        for (const box of selectAll(root, selector)) if (box instanceof HTMLElement) boxes.add(box);
      }
    }
    return [...boxes];
  }

  /** The element that holds the box and the controls that post it. */
  rootOf(kind: ComposerKind, box: HTMLElement): Element {
    let named: Element | null = null;
    for (const selector of kind.root) {
      const root = closestShown(box, selector);
      if (root && this.#hasControl(kind, root)) return root;
      named ??= root;
    }
    if (named) return named;
    let level = 0;
    for (const ancestor of ancestors(box)) {
      if (level++ === ROOT_LEVELS) break;
      if (this.#hasControl(kind, ancestor)) return ancestor;
    }
    return box.parentElement ?? box;
  }

  /** The controls that post what is written in this root, those in sight first. */
  controls(kind: ComposerKind, root: Element): HTMLElement[] {
    const found = new Set<HTMLElement>();
    for (const control of kind.submit) {
      for (const element of selectAll(root, control.select)) {
        if (element instanceof HTMLElement && this.#isNamed(control, element)) found.add(element);
      }
    }
    return [...found].sort((a, b) => Number(isShown(b)) - Number(isShown(a)));
  }

  /** The control that posts this composer and on which an event with this path happened. */
  controlIn(kind: ComposerKind, root: Element, path: readonly EventTarget[]): HTMLElement | null {
    for (const step of path) {
      if (!(step instanceof HTMLElement)) continue;
      if (step === root) return null;
      for (const control of kind.submit) {
        if (matches(step, control.select) && this.#isNamed(control, step)) {
          return containsShown(root, step) && !isDisabled(step) ? step : null;
        }
      }
    }
    return null;
  }

  /** Whether an Enter now would choose from a list (a mention, an emoji) and not post. */
  pickerIsOpen(box: HTMLElement): boolean {
    const active = box.getAttribute('aria-activedescendant');
    if (active && box.getAttribute('aria-expanded') === 'true') return true;
    const root = box.getRootNode() as Document | ShadowRoot;
    return this.adapter.pickers.some((selector) =>
      [root, document].some((where) => selectAll(where, selector).some(isShown)),
    );
  }

  /** Which of the composer's posting keys this is. */
  postKey(kind: ComposerKind, event: KeyboardEvent): PostKey | null {
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return null;
    if (event.shiftKey || event.altKey) return null;
    const key: PostKey = event.ctrlKey || event.metaKey ? 'mod+enter' : 'enter';
    return kind.keys.includes(key) ? key : null;
  }

  #hasControl(kind: ComposerKind, root: Element): boolean {
    return kind.submit.some((control) =>
      selectAll(root, control.select).some((element) => this.#isNamed(control, element)),
    );
  }

  #isNamed(control: Control, element: Element): boolean {
    if (!control.named) return true;
    let names = this.#names.get(control);
    if (!names) {
      names = new Set(control.named.map(plain));
      this.#names.set(control, names);
    }
    return names.has(nameOf(element));
  }
}
