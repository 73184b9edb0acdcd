/**
 * Tacto in one frame of one page: finds the composers, keeps what is shown in step with what is
 * written, and takes itself away without a trace when it is over.
 *
 * Boxes are found by what people do in them (focus, typing, posting); one observer, throttled,
 * finds those that are filled in before that. Nothing runs while nothing happens.
 */
import type { Finding } from '#engine';
import { lang, t } from '../shared/i18n';
import { CARD_KEY } from '../shared/keys';
import type { FrameStatus, Trouble } from '../shared/messages';
import type { Adapter, ComposerKind } from './adapter';
import { Card } from './card';
import { Checks } from './checks';
import { Composer } from './composer';
import { type Context, readContext, signsIn } from './context';
import { editableAround, originOf, rootOf } from './dom';
import { replace } from './editors/replace';
import { Gate, type Held } from './gate';
import { GateDialog } from './gate-dialog';
import { Marks } from './marks';
import { element, Overlay } from './overlay';
import { type PlacedMark, placeMarks } from './place';
import { Site } from './site';
import { isDarkBehind } from './theme';

const SCAN_MS = 500;
const FOLLOW_MS = 250;
const HOVER_MS = 140;
const LEAVE_MS = 320;
const SAY_MS = 1200;
const TOAST_MS = 8000;

/** The mark of the same finding in a later report: its words have moved, or not even that. */
function counterpart(finding: Finding, marks: readonly PlacedMark[]): PlacedMark | null {
  const away = (mark: PlacedMark): number => Math.abs(mark.finding.start - finding.start);
  const same = marks.filter(
    (one) => one.finding.rule === finding.rule && one.finding.text === finding.text,
  );
  return same.reduce<PlacedMark | null>(
    (best, one) => (!best || away(one) < away(best) ? one : best),
    null,
  );
}

export interface SessionOptions {
  readonly adapter: Adapter;
  /** Where the page itself says what an adapter would have to find out. */
  readonly contextOf?: () => Context;
}

export class Session {
  readonly #over = new AbortController();
  readonly #site: Site;
  readonly #checks: Checks;
  readonly #composers = new Map<HTMLElement, Composer>();
  readonly #shadows = new Set<ShadowRoot>();
  /** What says who will read a draft, and in whose name. */
  readonly #signs = new Set<Element>();
  readonly #observer = new MutationObserver((records) => this.#onMutations(records));
  readonly #resizes = new ResizeObserver(() => this.#follow());
  readonly #contextOf: (kind: ComposerKind, root: Element) => Context;
  #overlay: Overlay | null = null;
  #marks: Marks | null = null;
  #card: Card | null = null;
  #dialog: GateDialog | null = null;
  readonly #carets = new WeakMap<Composer, { readonly start: number; readonly end: number }>();
  #paused = false;
  #scanTimer: ReturnType<typeof setTimeout> | null = null;
  #sayTimer: ReturnType<typeof setTimeout> | null = null;
  #hoverTimer: ReturnType<typeof setTimeout> | null = null;
  #hovered: Finding | null = null;
  #frame = 0;
  #followUntil = 0;
  #told = '';
  #saidCount = 0;

  constructor(options: SessionOptions) {
    this.#site = new Site(options.adapter);
    this.#checks = new Checks(
      (paused) => this.#setPaused(paused),
      () => this.end(),
    );
    const { contextOf } = options;
    this.#contextOf = contextOf
      ? () => contextOf()
      : (kind, root) => readContext(this.#site.adapter, kind, root);
    this.#listen();
  }

  /** Leaves nothing behind. */
  end(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#observer.disconnect();
    this.#resizes.disconnect();
    cancelAnimationFrame(this.#frame);
    for (const timer of [this.#scanTimer, this.#sayTimer, this.#hoverTimer])
      if (timer) clearTimeout(timer);
    this.#composers.clear();
    this.#overlay?.remove();
    this.#checks.close();
  }

  /** Goes by another adapter from now on, and finds everything again by it. */
  use(adapter: Adapter): void {
    if (adapter === this.#site.adapter || this.#over.signal.aborted) return;
    this.#site.use(adapter);
    this.#card?.close();
    this.#composers.clear();
    this.#scan();
    this.#follow();
  }

  /** Looks at everything again: the page says that what it knows of the drafts has changed. */
  refresh(): void {
    for (const composer of this.#composers.values()) this.#update(composer);
  }

  /** Says everything anew: the language is another. */
  retell(): void {
    this.#card?.close();
    if (this.#overlay) this.#overlay.surface.lang = lang;
    for (const composer of this.#composers.values()) {
      composer.forget();
      if (!this.#paused) void composer.judge();
    }
    this.#follow();
  }

  #listen(): void {
    const { signal } = this.#over;
    const options = { capture: true, signal };
    const quiet = { capture: true, passive: true, signal };
    // First of all, so that nothing of the page is told of what happens in our root, and so that
    // the pointer is seen over it.
    window.addEventListener('pointermove', (event) => this.#onPointer(event), quiet);
    window.addEventListener('pointerdown', () => this.#keepCaret(), quiet);
    window.addEventListener('keydown', (event) => event.key === 'Tab' && this.#keepCaret(), quiet);
    this.#overlay = new Overlay();
    this.#overlay.onKey = (event) => void (this.#dialog?.onKey(event) || this.#card?.onKey(event));
    window.addEventListener('keydown', (event) => this.#onKey(event), options);
    new Gate(
      this.#site,
      {
        isAlive: () => this.#checks.isAlive(),
        composers: () =>
          this.#paused ? [] : [...this.#composers.values()].filter((one) => one.box.isConnected),
        refresh: (composer) => this.#update(composer),
        discover: (origin) => this.#discoverAround(origin),
        ask: (held) => this.#ask(held),
        remind: () => this.#dialog?.remind(),
        again: (composer) => this.#toast(composer, t('gate.again')),
        troubled: () => this.#tell(),
      },
      signal,
    );
    for (const type of ['focusin', 'input', 'compositionend', 'change']) {
      window.addEventListener(type, (event) => this.#onEdit(event), quiet);
    }
    for (const type of [
      'scroll',
      'load',
      'transitionrun',
      'transitionend',
      'animationend',
      'toggle',
      'keyup',
      'pointerup',
    ]) {
      window.addEventListener(type, () => this.#follow(), quiet);
    }
    window.addEventListener('resize', () => this.#follow(), { passive: true, signal });
    window.visualViewport?.addEventListener('resize', () => this.#follow(), {
      passive: true,
      signal,
    });
    document.fonts?.addEventListener('loadingdone', () => this.#follow(), { signal });
    this.#observer.observe(document, { childList: true, subtree: true });
    this.#scanSoon();
  }

  // --- composers -------------------------------------------------------------------------------

  #onEdit(event: Event): void {
    const origin = originOf(event);
    if (!origin || this.#overlay?.isOurs(event)) return;
    const composer = this.#adopt(origin);
    if (!composer) return;
    if (event.type === 'focusin' && event.isTrusted) this.#checks.wake();
    this.#update(composer);
  }

  /** The composer around an element, made now if it was not known. */
  #adopt(origin: Element): Composer | null {
    const box = editableAround(origin);
    if (!box) return null;
    const kind = this.#site.kindOf(box);
    const known = this.#composers.get(box);
    if (known && kind === known.kind) return known;
    if (known) this.#composers.delete(box);
    if (!kind) return null;
    const composer = new Composer(box, kind, this.#site, this.#checks, this.#contextOf, (one) =>
      this.#onJudged(one),
    );
    this.#composers.set(box, composer);
    this.#watch(box);
    this.#watchSigns(composer);
    return composer;
  }

  /** Another audience is picked without the box changing: by a label, or by the words of a button. */
  #watchSigns(composer: Composer): void {
    for (const sign of signsIn(this.#site.adapter, composer.root)) {
      if (this.#signs.has(sign)) continue;
      this.#signs.add(sign);
      this.#observer.observe(sign, {
        attributes: true,
        attributeFilter: ['aria-label'],
        characterData: true,
        childList: true,
        subtree: true,
      });
    }
  }

  /** Whether what the signs say may have changed. */
  #signsChanged(records: readonly MutationRecord[]): boolean {
    let changed = false;
    for (const sign of this.#signs) {
      if (!sign.isConnected) this.#signs.delete(sign);
      else if (!records.some(({ target }) => sign.contains(target))) continue;
      changed = true;
    }
    return changed;
  }

  #watch(box: HTMLElement): void {
    this.#observer.observe(box, { childList: true, characterData: true, subtree: true });
    this.#resizes.observe(box);
    const root = rootOf(box);
    if (root instanceof ShadowRoot) this.#enter(root);
  }

  /** What happens inside a shadow root does not always come out of it. */
  #enter(root: ShadowRoot): void {
    if (this.#shadows.has(root)) return;
    this.#shadows.add(root);
    this.#observer.observe(root, { childList: true, subtree: true });
    root.addEventListener('scroll', () => this.#follow(), {
      capture: true,
      passive: true,
      signal: this.#over.signal,
    });
    const outer = root.host.getRootNode();
    if (outer instanceof ShadowRoot) this.#enter(outer);
  }

  #discoverAround(origin: Element): void {
    const roots = new Set<ParentNode>([rootOf(origin), document]);
    for (const root of roots) this.#adoptAll(root);
  }

  #adoptAll(root: ParentNode): void {
    for (const box of this.#site.boxesIn(root)) {
      if (this.#composers.has(box)) continue;
      const composer = this.#adopt(box);
      if (composer) this.#update(composer);
    }
  }

  #onMutations(records: readonly MutationRecord[]): void {
    const composers = [...this.#composers.values()];
    const signsChanged = this.#signsChanged(records);
    if (signsChanged) for (const one of composers) this.#watchSigns(one);
    const touched =
      signsChanged || records.length > 100
        ? composers
        : composers.filter((one) => records.some((record) => one.box.contains(record.target)));
    for (const composer of touched) this.#update(composer);
    this.#scanSoon();
    // What a change of the page moves, it moves at once: one look is enough.
    this.#follow(0);
  }

  #scanSoon(): void {
    this.#scanTimer ??= setTimeout(() => {
      this.#scanTimer = null;
      if (!this.#over.signal.aborted) this.#scan();
    }, SCAN_MS);
  }

  #scan(): void {
    for (const selector of this.#site.adapter.shadowHosts) {
      for (const host of document.querySelectorAll(selector))
        if (host.shadowRoot) this.#enter(host.shadowRoot);
    }
    for (const [box] of this.#composers) if (!box.isConnected) this.#composers.delete(box);
    this.#adoptAll(document);
    for (const root of this.#shadows) {
      if (root.host.isConnected) this.#adoptAll(root);
      else this.#shadows.delete(root);
    }
    for (const [box, composer] of this.#composers) {
      if (this.#site.kindOf(box) === composer.kind) {
        this.#watchSigns(composer);
        this.#update(composer);
      } else {
        this.#adopt(box);
      }
    }
    this.#tell();
  }

  #update(composer: Composer): void {
    if (!composer.read()) return;
    if (!this.#paused) void composer.judge();
    if (this.#card?.composer === composer && this.#card.hasHint) this.#card.close();
    this.#follow();
  }

  #onJudged(composer: Composer): void {
    if (this.#over.signal.aborted || this.#paused) return;
    this.#overlay?.setDark(isDarkBehind(composer.box));
    this.#draw();
    this.#saySoon();
    this.#tell();
  }

  #setPaused(paused: boolean): void {
    if (paused === this.#paused || this.#over.signal.aborted) return;
    this.#paused = paused;
    if (paused) {
      this.#card?.close();
      this.#marks?.draw([], null);
    } else {
      for (const composer of this.#composers.values()) {
        composer.read();
        void composer.judge();
      }
      this.#draw();
    }
  }

  /** Tells the toolbar, when there is something new to tell. */
  #tell(): void {
    const shown = [...this.#composers.values()].filter((one) => one.isShown);
    const troubles = new Set<Trouble>();
    for (const composer of shown) {
      if (composer.trouble) troubles.add(composer.trouble);
      else if (composer.text.trim() !== '' && !this.#canHold(composer)) troubles.add('submit');
    }
    const status: FrameStatus = { boxes: shown.length, troubles: [...troubles] };
    // Where a site changes its page without loading one, the browser forgets the tab's icon.
    const told = JSON.stringify([status, location.pathname]);
    if (told === this.#told || (this.#told === '' && shown.length === 0)) return;
    this.#told = told;
    this.#checks.tell(status);
  }

  #canHold(composer: Composer): boolean {
    const { kind } = composer;
    return kind.keys.includes('enter') || this.#site.controls(kind, composer.root).length > 0;
  }

  // --- what is shown ---------------------------------------------------------------------------

  /** True where something has moved since it was last drawn. */
  #draw(): boolean {
    const overlay = this.#overlay;
    if (!overlay) return false;
    this.#dialog?.remind();
    const composers = [...this.#composers.values()];
    // The scratch element measures only while it is laid out.
    if (composers.some((one) => one.findings.length > 0)) overlay.show();
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

  /** Keeps marks on their words while the page moves, and stops when it no longer does. */
  #follow(forMs = FOLLOW_MS): void {
    if (!this.#marks && ![...this.#composers.values()].some((one) => one.findings.length > 0))
      return;
    this.#followUntil = Math.max(this.#followUntil, performance.now() + forMs);
    if (this.#frame !== 0) return;
    const step = (): void => {
      this.#frame = 0;
      if (this.#over.signal.aborted || this.#paused) return;
      if (this.#draw())
        this.#followUntil = Math.max(this.#followUntil, performance.now() + FOLLOW_MS);
      const more = (this.#marks?.placed.length ?? 0) > 0 && performance.now() < this.#followUntil;
      if (more) this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  #saySoon(): void {
    if (this.#sayTimer) clearTimeout(this.#sayTimer);
    this.#sayTimer = setTimeout(() => {
      this.#sayTimer = null;
      const composer = this.#focused();
      const count = composer?.findings.filter((one) => one.severity !== 'tip').length ?? 0;
      if (count === this.#saidCount) return;
      this.#saidCount = count;
      const key = count === 0 ? 'live.none' : count === 1 ? 'live.one' : 'live.many';
      this.#overlay?.say(t(key, { count, key: CARD_KEY }));
    }, SAY_MS);
  }

  #toast(composer: Composer, text: string): void {
    const overlay = this.#overlay;
    if (!overlay) return;
    overlay.setDark(isDarkBehind(composer.box));
    const toast = element('div', 'toast', text);
    toast.setAttribute('role', 'status');
    overlay.surface.append(toast);
    overlay.show();
    setTimeout(() => toast.remove(), TOAST_MS);
  }

  #focused(): Composer | null {
    for (const composer of this.#composers.values()) {
      const { activeElement } = rootOf(composer.box);
      if (activeElement && (activeElement === composer.box || composer.box.contains(activeElement)))
        return composer;
    }
    return null;
  }

  // --- the card --------------------------------------------------------------------------------

  #cardOf(overlay: Overlay): Card {
    this.#card ??= new Card(overlay, {
      fix: (composer, finding, value) => void this.#fix(composer, finding, value),
      dismiss: (composer, finding) => {
        const hadFocus = this.#card?.hasFocus ?? false;
        composer.dismiss(finding);
        this.#card?.close();
        if (hadFocus) this.#returnTo(composer);
      },
      openGuide: (section) => this.#checks.openGuide(section),
      next: () => this.#openNext(),
      closed: (composer, hadFocus) => {
        if (hadFocus) this.#returnTo(composer);
        this.#draw();
      },
      section: (id) => this.#checks.sections.get(id),
    });
    return this.#card;
  }

  #open(mark: PlacedMark): void {
    const overlay = this.#overlay;
    const [box] = mark.boxes;
    if (!overlay || !box || this.#dialog?.isOpen) return;
    overlay.setDark(isDarkBehind(mark.composer.box));
    const { findings } = mark.composer;
    const position = { index: findings.indexOf(mark.finding) + 1, count: findings.length };
    this.#cardOf(overlay).open(mark, box, position);
    this.#draw();
  }

  /** The mark at the caret or the first after it; from an open card, the one that follows. */
  #openNext(): void {
    const composer = this.#card?.composer ?? this.#focused();
    const marks = this.#marks?.placed.filter((one) => one.composer === composer) ?? [];
    if (!composer || marks.length === 0 || !this.#overlay) return;
    const shown = marks.findIndex((one) => one.finding === this.#card?.finding);
    this.#keepCaret();
    const caret = this.#carets.get(composer)?.start ?? 0;
    const first = marks.findIndex((one) => one.finding.end >= caret);
    const next = marks[shown >= 0 ? (shown + 1) % marks.length : Math.max(first, 0)];
    if (!next) return;
    this.#overlay.returnTo = composer.box;
    this.#open(next);
    this.#card?.focus();
  }

  /** Remembers where the caret is while the box still has the focus: pressing a button moves it. */
  #keepCaret(): void {
    const composer = this.#focused();
    const selection = composer?.snapshot?.selection();
    if (composer && selection) this.#carets.set(composer, selection);
  }

  /** The focus and the caret go back to the draft, where they were. */
  #returnTo(composer: Composer): void {
    if (!composer.box.isConnected) return;
    const caret = this.#carets.get(composer);
    composer.box.focus({ preventScroll: true });
    if (caret && caret.end <= composer.text.length)
      composer.editor?.select(composer.box, caret.start, caret.end);
  }

  #onKey(event: KeyboardEvent): void {
    if (!event.isTrusted || this.#paused || event.isComposing) return;
    if (
      event.key === CARD_KEY &&
      !event.ctrlKey &&
      !event.altKey &&
      !event.metaKey &&
      !event.shiftKey
    ) {
      const composer = this.#focused();
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

  #onPointer(event: PointerEvent): void {
    if (!this.#marks || this.#marks.placed.length === 0 || this.#dialog?.isOpen || !event.isTrusted)
      return;
    const { clientX: x, clientY: y } = event;
    const onCard = this.#card?.isAt(x, y) ?? false;
    const mark = onCard ? null : this.#marks.at(x, y);
    const over = mark?.finding ?? null;
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

  async #fix(composer: Composer, finding: Finding, value: string): Promise<void> {
    const { editor, judged } = composer;
    if (!editor || !judged) return;
    const { text } = judged;
    const atEnd = finding.fix?.kind === 'insert';
    const start = atEnd ? text.length : finding.start;
    const end = atEnd ? text.length : finding.end;
    const written = atEnd && text !== '' && !/\s$/.test(text) ? ` ${value}` : value;
    const result = await replace(editor, composer.box, text, start, end, written);
    this.#update(composer);
    if (result.kind === 'done') {
      this.#card?.close();
      this.#overlay?.say(t('live.replaced', { value }));
      return;
    }
    const copied = await navigator.clipboard.writeText(value).then(
      () => true,
      () => false,
    );
    const hint = copied ? t('card.copied') : t('card.notCopied', { value });
    this.#card?.hint(result.kind === 'spoilt' ? `${t('card.spoilt')} ${hint}` : hint);
  }

  // --- the gate --------------------------------------------------------------------------------

  async #ask(held: Held): Promise<'back' | 'post'> {
    const overlay = this.#overlay;
    const [composer] = held.composers;
    if (!overlay || !composer) return 'post';
    this.#card?.close();
    this.#later(null);
    this.#dialog ??= new GateDialog(overlay);
    overlay.setDark(isDarkBehind(composer.box));
    this.#keepCaret();
    const focused = this.#focused() ?? composer;
    overlay.returnTo = focused.box;
    const answer = await this.#dialog.ask(held, this.#checks.contact);
    this.#returnTo(focused);
    return answer;
  }
}
