/**
 * What is shown on a page: marks that stay on their words, the card that one opens, sentences for
 * screen readers. It draws when something has moved, follows while it moves, and then rests.
 */
import type { Finding } from '#engine';
import { t } from '../shared/i18n';
import { CARD_KEY } from '../shared/keys';
import { Anchors } from './anchor';
import { Card, type CardActions } from './card';
import type { Composer } from './composer';
import { rootOf } from './dom';
import { GateDialog } from './gate-dialog';
import { Marks } from './marks';
import { element, Overlay } from './overlay';
import { type PlacedMark, placeMarks } from './place';
import { isDarkBehind } from './theme';

const FOLLOW_MS = 250;
const HOVER_MS = 140;
/** After a click, for as long as it may be the first half of a double click. */
const CLICK_MS = 500;
const LEAVE_MS = 320;
const SAY_MS = 1200;
const TOAST_MS = 8000;

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.text === b.text;
}

/** The mark of the same finding in a later report: its words have moved, or not even that. */
function counterpart(finding: Finding, marks: readonly PlacedMark[]): PlacedMark | null {
  const away = (mark: PlacedMark): number => Math.abs(mark.finding.start - finding.start);
  const same = marks.filter((one) => isSame(one.finding, finding));
  return same.reduce<PlacedMark | null>(
    (best, one) => (!best || away(one) < away(best) ? one : best),
    null,
  );
}

export interface ViewActions extends Pick<CardActions, 'fix' | 'openGuide' | 'section'> {
  /** All composers of the page; none while Tacto is paused. */
  readonly composers: () => readonly Composer[];
}

export class View {
  readonly overlay: Overlay;
  readonly dialog: GateDialog;
  #marks: Marks | null = null;
  #card: Card | null = null;
  readonly #anchors = new Anchors(() => this.follow(false));
  readonly #carets = new WeakMap<Composer, { readonly start: number; readonly end: number }>();
  #sayTimer: ReturnType<typeof setTimeout> | null = null;
  #hoverTimer: ReturnType<typeof setTimeout> | null = null;
  #hovered: Finding | null = null;
  /** Was pressed, or selected over: silent until the pointer has been elsewhere. */
  #pressed: Finding | null = null;
  #frame = 0;
  #followUntil = 0;
  /** What has been written since the last frame has moved marks, and need not be followed. */
  #isEdited = false;
  #saidCount = 0;

  constructor(
    private readonly actions: ViewActions,
    private readonly signal: AbortSignal,
  ) {
    const quiet = { capture: true, passive: true, signal };
    // Before the overlay, which takes its own events out of everybody's sight.
    for (const type of ['pointermove', 'pointerdown', 'pointerup'])
      window.addEventListener(type, (event) => this.#onPointer(event as PointerEvent), quiet);
    window.addEventListener('click', (event) => this.#onClick(event), quiet);
    window.addEventListener('pointerdown', () => this.keepCaret(), quiet);
    window.addEventListener('keydown', (event) => event.key === 'Tab' && this.keepCaret(), quiet);
    this.overlay = new Overlay();
    this.overlay.onFonts = () => this.follow();
    this.dialog = new GateDialog(this.overlay);
    this.overlay.onKey = (event) => void (this.dialog.onKey(event) || this.#onCardKey(event));
    window.addEventListener('keydown', (event) => this.#onKey(event), { capture: true, signal });
    for (const type of [
      'scroll',
      'transitionrun',
      'transitionend',
      'animationstart',
      'animationend',
      'toggle',
      'pointerup',
    ]) {
      window.addEventListener(type, () => this.follow(), quiet);
    }
    // What a letter moves the box itself tells; a key that moves the caret may scroll a field.
    window.addEventListener('keyup', ({ key }) => key?.length > 1 && this.follow(false), quiet);
    // Not at the window: an element's own "load" does not come that far.
    document.addEventListener('load', () => this.follow(), quiet);
    window.addEventListener('resize', () => this.follow(), { passive: true, signal });
    window.visualViewport?.addEventListener('resize', () => this.follow(), {
      passive: true,
      signal,
    });
    document.addEventListener('DOMContentLoaded', () => this.#onWhole(), { signal });
    document.fonts?.addEventListener('loadingdone', () => this.follow(), { signal });
    signal.addEventListener('abort', () => this.#end());
  }

  #end(): void {
    cancelAnimationFrame(this.#frame);
    for (const timer of [this.#sayTimer, this.#hoverTimer]) if (timer) clearTimeout(timer);
    this.#anchors.set(new Set());
    this.overlay.remove();
  }

  /** The page is there: what was found while it was arriving is shown and said. */
  #onWhole(): void {
    this.follow();
    this.#saySoon();
  }

  // --- marks -----------------------------------------------------------------------------------

  /** What is known of a draft has changed. */
  judged(composer: Composer): void {
    this.overlay.setDark(isDarkBehind(composer.box));
    this.#draw();
    if (this.#frame === 0) this.#rest();
    this.#saySoon();
  }

  /** What was read of a draft has changed: what became of a fix in it is no longer news. */
  changed(composer: Composer): void {
    if (this.#card?.composer === composer && this.#card.hasHint) this.#card.close();
    this.#isEdited = true;
    this.follow(false);
  }

  /** Draws what there is now, and nothing that was. */
  reset(): void {
    this.#card?.close();
    this.#draw();
    this.follow(false);
  }

  #marked(): Composer[] {
    return this.actions.composers().filter((one) => one.findings.length > 0);
  }

  /** True where something has moved since it was last drawn. */
  #draw(): boolean {
    const { overlay } = this;
    this.dialog.remind();
    // What is still arriving would come to stand behind our element, where a framework looks for it.
    if (document.readyState === 'loading') return false;
    // Whether a box is laid out costs a layout: asked once a frame, and only where it matters.
    const composers = this.#marked().filter((one) => one.isShown);
    if (composers.length === 0 && !this.#marks) return false;
    // The scratch element measures only while it is laid out.
    if (composers.length > 0) overlay.show(...composers.map((one) => one.box));
    const marks = composers.flatMap((one) => placeMarks(one, overlay.scratch));
    if (marks.length === 0 && !this.#marks) return false;
    this.#marks ??= new Marks(overlay);
    const card = this.#card;
    const shown = card?.finding ?? null;
    const own =
      shown &&
      counterpart(
        shown,
        marks.filter((one) => one.composer === card?.composer),
      );
    const moved = this.#marks.draw(marks, own?.finding ?? null);
    if (!card || !shown || card.hasHint) return moved;
    const [box] = own?.boxes ?? [];
    if (own && box) card.follow(own.finding, box);
    else if (!card.hasFocus || !card.composer?.findings.some((one) => one.rule === shown.rule))
      card.close();
    return moved;
  }

  /** Keeps marks on their words while the page moves, and rests when it no longer does. */
  follow(forAWhile = true): void {
    if (!this.#marks?.placed.length && this.#marked().length === 0) return;
    if (forAWhile) this.#followUntil = performance.now() + FOLLOW_MS;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#step());
  }

  #step(): void {
    this.#frame = 0;
    if (this.signal.aborted) return;
    // What is written moves words at once, and no further.
    if (this.#draw() && !this.#isEdited) this.#followUntil = performance.now() + FOLLOW_MS;
    this.#isEdited = false;
    if (this.#marks?.placed.length && performance.now() < this.#followUntil)
      this.#frame = requestAnimationFrame(() => this.#step());
    else this.#rest();
  }

  /** From now on the browser tells where something moves. */
  #rest(): void {
    this.#anchors.set(new Set(this.#marks?.placed.map(({ composer }) => composer.box)));
  }

  // --- what is said ----------------------------------------------------------------------------

  #saySoon(): void {
    if (this.#sayTimer) clearTimeout(this.#sayTimer);
    this.#sayTimer = setTimeout(() => {
      this.#sayTimer = null;
      if (document.readyState === 'loading') return;
      const composer = this.focused();
      const count = composer?.findings.filter((one) => one.severity !== 'tip').length ?? 0;
      if (count === this.#saidCount) return;
      this.#saidCount = count;
      const key = count === 0 ? 'live.none' : count === 1 ? 'live.one' : 'live.many';
      const said = t(key, { count, key: CARD_KEY });
      const most = composer?.most;
      this.overlay.say(most ? `${said} ${t('card.most', { count: most })}` : said);
    }, SAY_MS);
  }

  toast(composer: Composer, text: string): void {
    const { overlay } = this;
    if (text === '') return;
    overlay.setDark(isDarkBehind(composer.box));
    const toast = element('div', 'toast', text);
    toast.setAttribute('role', 'status');
    overlay.show(composer.box);
    overlay.surface.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }

  /** A fix is in the draft. Its author may have gone on to the next card meanwhile. */
  fixed(finding: Finding, value: string): void {
    const shown = this.#card?.finding;
    if (shown && isSame(shown, finding)) this.#card?.close();
    this.overlay.say(t('live.replaced', { value }));
  }

  /** A fix is not in the draft: what to do instead. */
  hint(text: string): void {
    this.#card?.hint(text);
  }

  // --- focus and caret -------------------------------------------------------------------------

  focused(): Composer | null {
    for (const composer of this.actions.composers()) {
      const { activeElement } = rootOf(composer.box);
      if (activeElement && (activeElement === composer.box || composer.box.contains(activeElement)))
        return composer;
    }
    return null;
  }

  /** Remembers where the caret is while the box still has the focus: pressing a button moves it. */
  keepCaret(): void {
    const composer = this.focused();
    const selection = composer?.snapshot?.selection();
    if (composer && selection) this.#carets.set(composer, selection);
  }

  /** The focus and the caret go back to the draft, where they were. */
  returnTo(composer: Composer): void {
    if (!composer.box.isConnected) return;
    const caret = this.#carets.get(composer);
    composer.box.focus({ preventScroll: true });
    if (caret && caret.end <= composer.text.length)
      composer.editor?.select(composer.box, caret.start, caret.end);
  }

  // --- the card --------------------------------------------------------------------------------

  closeCard(): void {
    this.#card?.close();
    this.#later(null);
  }

  #cardOf(): Card {
    this.#card ??= new Card(this.overlay, {
      ...this.actions,
      dismiss: (composer, finding) => {
        const hadFocus = this.#card?.hasFocus ?? false;
        composer.dismiss(finding);
        this.#card?.close();
        if (hadFocus) this.returnTo(composer);
      },
      next: () => this.#openNext(),
      closed: (composer, hadFocus) => {
        if (hadFocus) this.returnTo(composer);
        this.#draw();
      },
    });
    return this.#card;
  }

  #open(mark: PlacedMark): void {
    const [box] = mark.boxes;
    if (!box || this.dialog.isOpen) return;
    this.overlay.setDark(isDarkBehind(mark.composer.box));
    const { findings } = mark.composer;
    const position = { index: findings.indexOf(mark.finding) + 1, count: findings.length };
    this.#cardOf().open(mark, box, position);
    this.#draw();
  }

  /** The mark at the caret or the first after it; from an open card, the one that follows. */
  #openNext(): void {
    const composer = this.#card?.composer ?? this.focused();
    const marks = this.#marks?.placed.filter((one) => one.composer === composer) ?? [];
    if (!composer || marks.length === 0) return;
    const shown = marks.findIndex((one) => one.finding === this.#card?.finding);
    this.keepCaret();
    const caret = this.#carets.get(composer)?.start ?? 0;
    const first = marks.findIndex((one) => one.finding.end >= caret);
    const next = marks[shown >= 0 ? (shown + 1) % marks.length : Math.max(first, 0)];
    if (!next) return;
    this.overlay.returnTo = composer.box;
    this.#open(next);
    this.#card?.focus();
  }

  #onCardKey(event: KeyboardEvent): boolean {
    const composer = this.#card?.composer;
    if (!composer || !this.#card?.hasFocus) return false;
    if (isTyping(event, this.overlay.root.activeElement)) {
      // Whoever goes on writing goes on in the draft: the key is put in there.
      this.#card.close();
      return true;
    }
    return this.#card.onKey(event);
  }

  #onKey(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing) return;
    if (
      event.key === CARD_KEY &&
      !event.ctrlKey &&
      !event.altKey &&
      !event.metaKey &&
      !event.shiftKey
    ) {
      const composer = this.focused();
      if (!composer || composer.findings.length === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#card?.close();
      this.#openNext();
    } else if (event.key === 'Escape' && this.#card?.finding && !this.#card.hasFocus) {
      // The site gets its Escape too: it is the editor's key.
      this.#card.close();
    }
  }

  /**
   * A pointer that rests on a mark opens its card. While a button is held, or a finger or pen is
   * down, somebody selects, drags or is given the browser's menu: nothing of ours gets in the way.
   */
  #onPointer(event: PointerEvent): void {
    if (!this.#marks || this.#marks.placed.length === 0 || this.dialog.isOpen || !event.isTrusted)
      return;
    // A style sheet that a script rewrites tells nobody; whoever looks at the page moves the pointer.
    this.follow(false);
    const { clientX: x, clientY: y } = event;
    if (event.type !== 'pointermove' || event.buttons !== 0) {
      if (this.overlay.isOurs(event)) return;
      this.#pressed = this.#marks.at(x, y)?.finding ?? null;
      this.closeCard();
      return;
    }
    const onCard = this.#card?.isAt(x, y) ?? false;
    const mark = onCard ? null : this.#marks.at(x, y);
    const over = mark?.finding ?? null;
    if (over && this.#pressed && isSame(over, this.#pressed)) return;
    this.#pressed = null;
    if (onCard || (over !== null && over === this.#card?.finding)) {
      this.#later(null);
      return;
    }
    if (over) {
      if (over !== this.#hovered) this.#later(() => mark && this.#open(mark), HOVER_MS, over);
    } else if (this.#card?.finding && !this.#card.hasFocus) {
      if (this.#hovered !== null || !this.#hoverTimer)
        this.#later(() => this.#card?.close(), LEAVE_MS);
    } else {
      this.#later(null);
    }
  }

  /** A click or tap on a mark opens its card too, where it was no more than that. */
  #onClick(event: MouseEvent): void {
    if (!event.isTrusted || event.detail !== 1 || this.overlay.isOurs(event)) return;
    const mark = this.#marks?.at(event.clientX, event.clientY);
    if (!mark) return;
    this.#later(() => {
      const selection = mark.composer.snapshot?.selection();
      if (!selection || selection.start === selection.end) this.#open(mark);
    }, CLICK_MS);
  }

  #later(action: (() => void) | null, delay = 0, hovered: Finding | null = null): void {
    if (this.#hoverTimer) clearTimeout(this.#hoverTimer);
    this.#hovered = hovered;
    this.#hoverTimer = action
      ? setTimeout(() => {
          this.#hoverTimer = null;
          this.#hovered = null;
          action();
        }, delay)
      : null;
  }
}

/** A key that writes something, and is not the one that presses the button with the focus. */
function isTyping(event: KeyboardEvent, focused: Element | null): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || [...event.key].length !== 1) return false;
  return event.key !== ' ' || !(focused instanceof HTMLButtonElement);
}
