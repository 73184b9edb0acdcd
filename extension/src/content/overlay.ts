/**
 * The one element of ours in a page: without id, class or attribute, holding a closed shadow root
 * that the page cannot look into. It is there only while there is something to show, last in the
 * body: a framework that takes over a page that its server has drawn leaves alone what it finds
 * there, and there only (React 18 throws all of the page away for an element behind the body).
 *
 * Events on it stop at the window, before any listener of the page: sites close their dialogs on
 * clicks "outside" and pull the focus back into them, and a page has no business knowing what its
 * author does in our card.
 */
import { lang } from '../shared/i18n';
import { closestShown } from './dom';

const SWALLOWED = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
  'touchstart',
  'touchend',
  'keydown',
  'keypress',
  'keyup',
  'beforeinput',
  'input',
  'pointercancel',
  'gotpointercapture',
  'lostpointercapture',
  'copy',
  'cut',
  'paste',
  'dragstart',
  'drop',
  'selectstart',
] as const;

const MOVES = [
  'pointerover',
  'pointerout',
  'touchmove',
  'touchcancel',
  'dragenter',
  'dragover',
  'dragleave',
  'pointermove',
  'pointerrawupdate',
  'pointerenter',
  'pointerleave',
  'mouseenter',
  'mouseleave',
  'mouseover',
  'mouseout',
  'mousemove',
  'wheel',
] as const;

/** After so many sentences for screen readers, the old ones are taken out. */
const MOST_SAID = 50;

type Action = (event: Event) => void;

/** A page may zoom or transform its root element, which moves and scales even what is fixed. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** The side of the element that our own coordinates are measured by, in CSS pixels. */
const RULER = 100;

/** What a person may set: the least size, the zoom of text alone, the font of each kind. */
const FONTS = ['1px sans-serif', '99px sans-serif', '99px serif', '99px monospace'];

function sample(font: string): HTMLElement {
  const made = element('div', '', 'mi');
  made.style.font = font;
  return made;
}

function topLayerAround(element: Element): Element | null {
  return closestShown(element, ':modal, :popover-open');
}

function modalAround(element: Element): Element | null {
  return closestShown(element, ':modal');
}

/**
 * Firefox stops the script of an extension that is updated in the middle of everything, and gives
 * the open page a new one: what the old one has drawn is taken away by its successor.
 */
function sweep(): void {
  for (const host of [...(document.body?.children ?? [])]) {
    // Firefox's own, for extensions alone.
    const { openOrClosedShadowRoot: root } = host as { openOrClosedShadowRoot?: ShadowRoot | null };
    if (root?.mode === 'closed' && root.querySelector('.surface > .scratch + .ruler'))
      host.remove();
  }
}

export class Overlay {
  readonly host = document.createElement('div');
  readonly root: ShadowRoot;
  readonly surface = element('div', 'surface');
  /** Where something may be laid out to be measured. */
  readonly scratch = element('div', 'scratch');
  readonly #ruler = element('div', 'ruler');
  readonly #fonts = element('div', 'fonts', ...FONTS.map(sample));
  readonly #fontsChange = new ResizeObserver(() => this.onFonts());
  readonly #said = element('div', 'said');
  /** The dialog or popover of the page that the marks have to be above. */
  #layer: Element | null = null;
  readonly #actions = new WeakMap<Element, Action>();
  readonly #stop = new AbortController();
  /**
   * What opens a dialog in the page may make everything beside it inert, or hide it from screen
   * readers: the dialog is what we are there for.
   */
  readonly #attributes = new MutationObserver(() => {
    for (const name of this.host.getAttributeNames()) this.host.removeAttribute(name);
  });
  /** Keys pressed while the focus is in our root. */
  onKey: (event: KeyboardEvent) => void = () => {};
  /** The person has set other fonts or sizes in the browser, which tells no page of it. */
  onFonts: () => void = () => {};
  /** The element that the focus came from and goes back to: it need not know. */
  returnTo: Element | null = null;

  constructor() {
    sweep();
    this.surface.lang = lang;
    this.root = this.host.attachShadow({ mode: 'closed' });
    this.#said.setAttribute('role', 'status');
    this.#said.setAttribute('aria-live', 'polite');
    this.surface.popover = 'manual';
    this.surface.append(this.scratch, this.#ruler, this.#fonts, this.#said);
    this.root.append(this.surface);
    this.#attributes.observe(this.host, { attributes: true });
    this.#fontsChange.observe(this.#fonts);
    const options = { capture: true, signal: this.#stop.signal };
    for (const type of SWALLOWED)
      window.addEventListener(type, (event) => this.#swallow(event), options);
    for (const type of MOVES)
      window.addEventListener(type, (event) => this.#hide(event), { ...options, passive: true });
    for (const type of ['focus', 'blur', 'focusin', 'focusout']) {
      window.addEventListener(type, (event) => this.#hideFocus(event as FocusEvent), options);
    }
  }

  /**
   * Puts the host into the page, and what it shows into the browser's top layer, above everything
   * that the page has there. Only where a box is in a modal dialog does the host have to be in it
   * too: all else is inert then.
   */
  show(...near: readonly Element[]): void {
    const layers = near.map(topLayerAround).filter((one) => one !== null);
    const layer = near.length > 0 ? (layers[0] ?? null) : this.#layer;
    const home = (layer && modalAround(layer)) ?? document.body ?? document.documentElement;
    const stays = this.host.parentNode === home && layer === this.#layer;
    if (this.host.parentNode !== home) home.append(this.host);
    this.#layer = layer;
    const { surface } = this;
    try {
      const isOpen = surface.matches(':popover-open');
      if (isOpen && stays) return;
      if (isOpen) surface.hidePopover();
      surface.showPopover();
    } catch {
      // Without a top layer, an element over the page like any other.
      surface.popover = null;
    }
  }

  /** Gives everything its looks. Until then, nothing is shown. */
  dress(style: string): void {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(BASE + style);
      this.root.adoptedStyleSheets = [sheet];
      if (this.root.adoptedStyleSheets.length > 0) return;
    } catch {
      // Some Firefox versions keep constructed sheets from content scripts.
    }
    this.root.querySelector('style')?.remove();
    const made = document.createElement('style');
    made.textContent = BASE + style;
    this.root.append(made);
  }

  /** Where our root's own coordinates start in the window, and how large they are there. */
  frame(): Frame {
    const { left, top, width } = this.#ruler.getBoundingClientRect();
    return { left, top, scale: width / RULER || 1 };
  }

  /** Out of the page, until there is something to show. */
  leave(): void {
    this.host.remove();
  }

  remove(): void {
    this.#stop.abort();
    this.#attributes.disconnect();
    this.#fontsChange.disconnect();
    this.leave();
  }

  isOurs(event: Event): boolean {
    return event.target === this.host;
  }

  /** Runs `action` when a person, and no script, activates the element. */
  onActivate(target: Element, action: Action): void {
    this.#actions.set(target, action);
  }

  /** For screen readers, without taking the focus. */
  say(text: string): void {
    this.show();
    const picture = element('span');
    // Not a text, for the same reason as all the others; screen readers say a picture's name.
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', text);
    // What was said before is not taken out while somebody types: see `Marks.draw`.
    this.#said.lastElementChild?.setAttribute('hidden', '');
    if (this.#said.childElementCount >= MOST_SAID) this.#said.replaceChildren();
    this.#said.append(picture);
  }

  setDark(dark: boolean): void {
    this.surface.classList.toggle('dark', dark);
  }

  #swallow(event: Event): void {
    if (!this.isOurs(event)) return;
    event.stopImmediatePropagation();
    if (!event.isTrusted) {
      event.preventDefault();
      return;
    }
    if (event.type === 'click') this.#activate(event as MouseEvent);
    // The focus stays in the draft, and nothing is selected that a page could read.
    else if (event.type === 'mousedown') event.preventDefault();
    else if (event.type === 'keydown') this.onKey(event as KeyboardEvent);
  }

  #activate(event: MouseEvent): void {
    // From outside a closed root the path ends at its host, for us too.
    const byKey = event.detail === 0;
    const hit = byKey
      ? this.root.activeElement
      : this.root.elementFromPoint(event.clientX, event.clientY);
    for (let at = hit; at; at = at.parentElement) {
      const action = this.#actions.get(at);
      if (action) {
        action(event);
        return;
      }
    }
  }

  #hide(event: Event): void {
    if (this.isOurs(event)) event.stopImmediatePropagation();
  }

  #hideFocus(event: FocusEvent): void {
    const leaves = event.type === 'blur' || event.type === 'focusout';
    if (this.isOurs(event)) event.stopImmediatePropagation();
    else if (
      event.relatedTarget === this.host &&
      (leaves || event.composedPath()[0] === this.returnTo)
    ) {
      event.stopImmediatePropagation();
    }
  }
}

/** An element of ours with a class, its text and its children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.map((child) => (typeof child === 'string' ? words(child) : child)));
  // Not everything that works out names looks at what a style sheet puts in.
  if (/^(button|h\d)$/.test(name)) {
    const label = children.filter((child) => typeof child === 'string').join('');
    if (label) made.setAttribute('aria-label', label);
  }
  return made;
}

/**
 * What the root itself hangs on, before the looks: a popover is nothing but a place in the top
 * layer, nothing in it can be selected (a page could read it), words come out of their attributes.
 */
const BASE =
  '[words]::before{content:attr(words)}' +
  '.surface{all:initial;position:fixed;inset:0 auto auto 0;width:0;height:0;overflow:visible;' +
  'pointer-events:none;-webkit-user-select:none;user-select:none}';

/**
 * A text that is seen and read aloud, and that no page can search for: `window.find` looks into
 * closed roots, but only at text nodes.
 */
function words(text: string): HTMLElement {
  const shown = document.createElement('span');
  shown.setAttribute('words', text);
  return shown;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A small drawing in the colour of its text. */
export function drawing(path: string, box = '0 0 12 12'): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', box);
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  shape.setAttribute('fill', 'none');
  shape.setAttribute('stroke', 'currentColor');
  shape.setAttribute('stroke-width', '1.6');
  shape.setAttribute('stroke-linecap', 'round');
  shape.setAttribute('stroke-linejoin', 'round');
  svg.append(shape);
  return svg;
}
