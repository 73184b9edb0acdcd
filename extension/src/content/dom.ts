/** Small readings of a page's tree, open shadow roots included. Nothing here writes. */

/** The element that an event really happened on, inside open shadow roots too. */
export function originOf(event: Event): Element | null {
  const first = event.composedPath()[0];
  if (first instanceof Element) return first;
  return first instanceof Node ? first.parentElement : null;
}

/** The parent in the tree that is shown: a shadow root's host is the parent of its children. */
export function shownParent(node: Node): Element | null {
  if (node instanceof Element && node.assignedSlot) return node.assignedSlot;
  const parent = node.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

export function* ancestors(node: Node): Generator<Element> {
  for (let at = shownParent(node); at; at = shownParent(at)) yield at;
}

/** `inner` is `outer` or stands inside it, across open shadow roots. */
export function containsShown(outer: Node, inner: Node): boolean {
  for (let at: Node | null = inner; at; at = shownParent(at)) if (at === outer) return true;
  return false;
}

/** `closest`, across open shadow roots. A selector that the browser refuses matches nothing. */
export function closestShown(from: Element, selector: string): Element | null {
  for (let at: Element | null = from; at; at = shownParent(at))
    if (matches(at, selector)) return at;
  return null;
}

export function matches(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch {
    return false;
  }
}

/** Whether the browser takes it. */
export function isSelector(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

export function selectAll(root: ParentNode, selector: string): Element[] {
  try {
    return [...root.querySelectorAll(selector)];
  } catch {
    return [];
  }
}

/** Whether the page's path and query match this regular expression. */
export function isHere(path: string): boolean {
  return new RegExp(path).test(location.pathname + location.search);
}

/** Whether anything of it is laid out. Sites keep hidden copies of their boxes. */
export function isShown(element: Element): boolean {
  return element.isConnected && element.getClientRects().length > 0;
}

/** The root in which an element's focus, selection and hits are to be asked for. */
export function rootOf(node: Node): Document | ShadowRoot {
  const root = node.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root : document;
}

/** The selection as the element's own root sees it. Firefox has none per shadow root. */
export function selectionOf(node: Node): Selection | null {
  const root = rootOf(node) as (Document | ShadowRoot) & { getSelection?: () => Selection | null };
  return root.getSelection?.() ?? document.getSelection();
}

const TEXT_TYPES = new Set(['text', 'url']);

export type TextField = HTMLTextAreaElement | HTMLInputElement;

export function isTextField(element: Element): element is TextField {
  if (element instanceof HTMLTextAreaElement) return !element.readOnly && !element.disabled;
  if (!(element instanceof HTMLInputElement)) return false;
  return TEXT_TYPES.has(element.type) && !element.readOnly && !element.disabled;
}

/** The whole editable box around an element: a text field, or the outermost editable element. */
export function editableAround(element: Element): HTMLElement | null {
  if (isTextField(element)) return element;
  let host: HTMLElement | null = null;
  for (
    let at: Element | null = element;
    at instanceof HTMLElement && at.isContentEditable;
    at = at.parentElement
  ) {
    host = at;
  }
  // A page in design mode is no compose box.
  return host && host !== document.body && host !== document.documentElement ? host : null;
}

/** What a control is called: its label, else its visible words. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label') ?? '';
  return plain(label || (element.textContent ?? '').slice(0, 80));
}

/** For comparing labels: one space, lower case, composed, no final dots. */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069]+/g, ' ')
    .replace(/[.…]+\s*$/u, '')
    .trim()
    .toLowerCase();
}

export function isDisabled(control: Element): boolean {
  return control.hasAttribute('disabled') || control.getAttribute('aria-disabled') === 'true';
}
