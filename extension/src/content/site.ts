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
  isHere,
  isSelector,
  isShown,
  matches,
  nameOf,
  plain,
  rootOf,
  selectAll,
} from './dom';

/** How far up a composer's root is looked for where no selector names it. */
const ROOT_LEVELS = 12;

/** Beyond these, a button that is called "Post" posts something else. */
const LANDMARKS = 'body, main, [role="main"], [role="feed"]';

/** A box that no kind of the adapter describes. */
const FALLBACK_ID = 'fallback';
/** Where such boxes are looked for before anybody clicks in them. */
const FALLBACK_BOXES = '[contenteditable="true"], [contenteditable=""], textarea';

/** On no site a draft: searches and filters, what is filled in for a machine, code. */
const NEVER = [
  '[role="search"] *, [role="searchbox"], input[role="combobox"]',
  '[enterkeyhint="search"], [inputmode="search"], input[aria-autocomplete][aria-controls]',
  '[autocomplete="one-time-code"], [autocomplete="username"], [autocomplete="email"]',
  '[autocomplete$="-password"], [autocomplete^="cc-"], [autocomplete^="tel"]',
  '[inputmode="numeric"], [inputmode="decimal"], [inputmode="tel"], [inputmode="email"]',
  'form:has(input[type="password"]) *',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((length) => `input[maxlength="${length}"]`),
  'input:is([name*="code" i], [name*="otp" i], [name="pin" i], [name*="captcha" i])',
  '.ql-clipboard, [aria-hidden="true"]',
  '.CodeMirror *, .cm-editor *, .monaco-editor *, .ace_editor *',
].join();
/** How searches and filters are called that do not say so otherwise. */
const SEARCHES =
  /^(search|find|filter|buscar|busca|encontrar|filtrar|filtro|pesquisar|pesquise|procurar|rechercher|recherche|filtrer)\b/;

export class Site {
  readonly #names = new WeakMap<Control, ReadonlySet<string>>();
  #adapter!: Adapter;
  #fallback!: ComposerKind;
  #boxes = '';

  constructor(adapter: Adapter) {
    this.use(adapter);
  }

  get adapter(): Adapter {
    return this.#adapter;
  }

  /** Goes by another adapter from now on. What was found by the last one is to be looked up again. */
  use(adapter: Adapter): void {
    this.#adapter = adapter;
    const boxes = adapter.composers.flatMap((kind) => kind.box);
    if (adapter.fallback.submit.length > 0) boxes.push(FALLBACK_BOXES);
    // One that the browser refuses would take the others with it.
    this.#boxes = boxes.filter(isSelector).join();
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
    if (matches(box, NEVER) || isSearch(box)) return null;
    for (const selector of this.adapter.ignore) if (matches(box, selector)) return null;
    for (const kind of this.adapter.composers) {
      if (kind.path && !isHere(kind.path)) continue;
      if (!kind.box.some((selector) => matches(box, selector))) continue;
      if (kind.inside && !kind.inside.some((selector) => closestShown(box, selector))) continue;
      return kind;
    }
    if (this.adapter.fallback.submit.length === 0 || !isShown(box)) return null;
    if (this.adapter.ignorePaths?.some(isHere)) return null;
    // A single-line field outside a dialog is a filter or a search, not a draft.
    if (box instanceof HTMLInputElement && !closestShown(box, '[role="dialog"], dialog'))
      return null;
    return this.#fallback;
  }

  isFallback(kind: ComposerKind): boolean {
    return kind.id === FALLBACK_ID;
  }

  /** Boxes that are in the page before anybody has clicked in them. */
  boxesIn(root: ParentNode): HTMLElement[] {
    return selectAll(root, this.#boxes).filter((box) => box instanceof HTMLElement);
  }

  /** The element that holds the box and the controls that post it. */
  rootOf(kind: ComposerKind, box: HTMLElement): Element {
    let named: Element | null = null;
    for (const selector of kind.root) {
      const root = closestShown(box, selector);
      if (root && this.#has(kind.submit, root)) return root;
      named ??= root;
    }
    if (named) return named;
    return (
      this.#nearest(kind.submit, box, 'body') ??
      this.#nearest(this.adapter.fallback.submit, box, LANDMARKS) ??
      box.parentElement ??
      box
    );
  }

  /** The controls that post what is written in this root, those in sight first. */
  controls(kind: ComposerKind, root: Element): HTMLElement[] {
    const found = new Set<HTMLElement>();
    for (const control of this.#submitsOf(kind, root)) {
      for (const element of selectAll(root, control.select)) {
        if (element instanceof HTMLElement && this.#isNamed(control, element)) found.add(element);
      }
    }
    return [...found].sort((a, b) => Number(isShown(b)) - Number(isShown(a)));
  }

  /** The control that posts this composer and on which an event with this path happened. */
  controlIn(kind: ComposerKind, root: Element, path: readonly EventTarget[]): HTMLElement | null {
    const submits = this.#submitsOf(kind, root);
    for (const step of path) {
      if (!(step instanceof HTMLElement)) continue;
      if (step === root) return null;
      for (const control of submits) {
        if (matches(step, control.select) && this.#isNamed(control, step)) {
          return containsShown(root, step) && !isDisabled(step) ? step : null;
        }
      }
    }
    return null;
  }

  /** Whether an Enter now would choose from a list (a mention, an emoji) and not post. */
  pickerIsOpen(box: HTMLElement): boolean {
    const root = rootOf(box);
    const named = ['aria-activedescendant', 'aria-controls', 'aria-owns'].some((attribute) => {
      const list = root.getElementById(box.getAttribute(attribute) ?? '');
      return list !== null && isShown(list) && list.matches('[role="listbox"], [role="option"]');
    });
    if (named) return true;
    // A list elsewhere in the page (of conversations, of results) takes no Enter from this box.
    const place = box.getBoundingClientRect();
    return this.adapter.pickers.some((selector) =>
      [root, document].some((where) =>
        selectAll(where, selector).some((option) => {
          const list = option.closest('[role="listbox"]') ?? option;
          return isShown(option) && isNear(list.getBoundingClientRect(), place);
        }),
      ),
    );
  }

  /** Which of the composer's posting keys this Enter is. */
  postKey(kind: ComposerKind, event: KeyboardEvent): PostKey | null {
    if (event.shiftKey || event.altKey) return null;
    const key: PostKey = event.ctrlKey || event.metaKey ? 'mod+enter' : 'enter';
    return kind.keys.includes(key) ? key : null;
  }

  /** What posts here: the kind's own controls or, where the site has changed them, the generic. */
  #submitsOf(kind: ComposerKind, root: Element): readonly Control[] {
    return this.#has(kind.submit, root) ? kind.submit : this.adapter.fallback.submit;
  }

  /** The nearest element around the box with such a control in it, below the `end`. */
  #nearest(submit: readonly Control[], box: HTMLElement, end: string): Element | null {
    let level = 0;
    for (const ancestor of ancestors(box)) {
      if (level++ === ROOT_LEVELS || matches(ancestor, end)) return null;
      if (this.#has(submit, ancestor)) return ancestor;
    }
    return null;
  }

  #has(submit: readonly Control[], root: Element): boolean {
    return submit.some((control) =>
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

function isSearch(box: HTMLElement): boolean {
  if (box instanceof HTMLTextAreaElement) return false;
  return ['aria-label', 'placeholder'].some((name) =>
    SEARCHES.test(plain(box.getAttribute(name) ?? '')),
  );
}

/** How far from its box a list of mentions or emoji may stand, in CSS pixels. */
const NEAR = 160;

function isNear(one: DOMRect, other: DOMRect): boolean {
  return (
    one.left < other.right + NEAR &&
    one.right > other.left - NEAR &&
    one.top < other.bottom + NEAR &&
    one.bottom > other.top - NEAR
  );
}
