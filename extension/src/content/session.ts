/**
 * Tacto in one frame of one page: finds the composers, keeps what is known of them in step with
 * what is written, holds what is posted, and takes itself away without a trace when it is over.
 *
 * Boxes are found by what people do in them (focus, typing, posting); a throttled search finds
 * those that are filled in before that (`watch.ts`). What is seen of it all is in `view.ts`.
 */
import type { Finding } from '#engine';
import { lang, learn, t } from '../shared/i18n';
import type { FrameStatus, Trouble } from '../shared/messages';
import { DEFAULTS, followSettings, type PageSettings } from '../shared/settings';
import type { Adapter, ComposerKind } from './adapter';
import { Written } from './authorship';
import { Checks } from './checks';
import { Composer } from './composer';
import { type Context, readContext, signsIn } from './context';
import { closestShown, editableAround, isShown, isTextField, originOf, rootOf } from './dom';
import { replace } from './editors/replace';
import { type Answered, Gate, type Held } from './gate';
import { Site } from './site';
import { isDarkBehind } from './theme';
import { View } from './view';
import { Watch } from './watch';

/** How often is looked, while a question stands, whether what it is about is still there. */
const LOOK_MS = 250;

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
  readonly #written = new Written();
  /** What says who will read a draft, and in whose name. */
  readonly #signs = new Set<Element>();
  readonly #contextOf: (kind: ComposerKind, root: Element) => Context;
  readonly #view: View;
  readonly #watch: Watch;
  #settings: PageSettings = DEFAULTS;
  /** Where somebody has typed and nothing can be read. */
  readonly #unseen = new Set<Element>();
  /** The person has paused this tab. */
  #pauseAsked = false;
  #told = '';

  constructor(options: SessionOptions) {
    const { signal } = this.#over;
    this.#site = new Site(options.adapter);
    this.#checks = new Checks(
      (paused) => this.#change(() => (this.#pauseAsked = paused)),
      ({ texts, style }) => {
        learn(texts);
        this.#view.overlay.dress(style);
      },
      () => this.end(),
    );
    const { contextOf } = options;
    this.#contextOf = contextOf
      ? () => contextOf()
      : (kind, root) => readContext(this.#site.adapter, kind, root);
    const composers = (): readonly Composer[] =>
      this.#isPaused ? [] : [...this.#composers.values()].filter((one) => one.box.isConnected);
    // First of all, so that nothing of the page is told of what happens in our root.
    this.#view = new View(
      {
        composers,
        fix: (composer, finding, value) => void this.#fix(composer, finding, value),
        openGuide: (section) => this.#checks.openGuide(section),
        section: (id) => this.#checks.sections.get(id),
      },
      signal,
    );
    new Gate(
      this.#site,
      {
        isAlive: () => this.#checks.isAlive(),
        isUnwritten: () => this.#written.isEmpty,
        composers,
        refresh: (composer) => this.#update(composer),
        discover: (origin) => this.#discoverAround(origin),
        ask: (held) => this.#ask(held),
        remind: () => this.#view.dialog.remind(),
        again: (composer) => this.#view.toast(composer, t('gate.again')),
        gone: (composer) => !signal.aborted && this.#view.toast(composer, t('gate.gone')),
        troubled: () => this.#tell(),
      },
      signal,
    );
    for (const type of ['focusin', 'input', 'compositionend', 'change'])
      window.addEventListener(type, (event) => this.#onEdit(event), {
        capture: true,
        passive: true,
        signal,
      });
    // Before the page: what it makes of a key is then what a person has done.
    for (const type of ['keydown', 'beforeinput', 'paste', 'cut', 'drop'])
      window.addEventListener(type, (event) => this.#onWriting(event), {
        capture: true,
        passive: true,
        signal,
      });
    this.#watch = new Watch(
      {
        changed: (records) => this.#onChanged(records),
        moved: (forAWhile) => this.#view.follow(forAWhile),
        scan: () => this.#scan(),
      },
      signal,
    );
    window.addEventListener('pagehide', (event) => event.isTrusted && this.#onHidden(), {
      signal,
    });
    window.addEventListener('pageshow', (event) => this.#onShown(event), { signal });
    const heed = (settings: PageSettings): void =>
      this.#change(() => {
        const isNewGuide = settings.revision !== this.#settings.revision;
        this.#settings = settings;
        if (isNewGuide) for (const composer of this.#composers.values()) composer.forget();
      });
    signal.addEventListener('abort', followSettings(heed));
  }

  /** Leaves nothing behind. */
  end(): void {
    if (this.#over.signal.aborted) return;
    // First of all: where the extension is gone, telling ends here again.
    this.#over.abort();
    if (this.#told !== '') this.#checks.tell({ boxes: 0, troubles: [] });
    this.#composers.clear();
    this.#checks.close();
  }

  /** Goes by another adapter from now on, and finds everything again by it. */
  use(adapter: Adapter): void {
    if (adapter === this.#site.adapter || this.#over.signal.aborted) return;
    this.#site.use(adapter);
    for (const box of this.#composers.keys()) this.#forget(box);
    this.#scan();
    this.#view.reset();
  }

  /** Looks at everything again: the page says that what it knows of the drafts has changed. */
  refresh(): void {
    for (const composer of this.#composers.values()) this.#update(composer);
  }

  /** Says everything anew: the language is another. */
  retell(): void {
    this.#view.overlay.surface.lang = lang;
    this.#change(() => {
      for (const composer of this.#composers.values()) composer.forget();
    });
  }

  // --- what is in force ------------------------------------------------------------------------

  get #isPaused(): boolean {
    return this.#pauseAsked && this.#settings.mayPause;
  }

  /** Sets something that all of it depends on, and lets it take effect at once. */
  #change(set: () => void): void {
    if (this.#over.signal.aborted) return;
    set();
    for (const composer of this.#composers.values()) {
      composer.reconsider();
      composer.read();
      if (!this.#isPaused) void composer.judge();
    }
    this.#view.reset();
  }

  // --- composers -------------------------------------------------------------------------------

  /**
   * Perhaps into the browser's cache, where Firefox would leave what is drawn behind if the extension
   * were updated meanwhile.
   */
  #onHidden(): void {
    this.#checks.rest();
    this.#view.overlay.leave();
  }

  /** Back from the browser's cache: the background has forgotten this frame. */
  #onShown(event: PageTransitionEvent): void {
    if (!event.isTrusted || !event.persisted || !this.#checks.isAlive()) return;
    this.#told = '';
    this.#change(() => {});
    this.#tell();
  }

  #onEdit(event: Event): void {
    const origin = originOf(event);
    if (!origin || this.#view.overlay.isOurs(event)) return;
    const known = this.#composers.size;
    const composer = this.#adopt(origin);
    if (!composer) {
      if (event instanceof InputEvent && event.isTrusted) this.#noticeUnseen(origin);
      return;
    }
    if (event.type === 'focusin' && event.isTrusted) this.#checks.wake();
    // What is written into a known rich box changes nodes: it is read once, when that is told.
    const isTold = event.type === 'input' && this.#composers.size === known;
    if (!isTold || isTextField(composer.box)) this.#update(composer);
  }

  /** Somebody is about to change what is written. */
  #onWriting(event: Event): void {
    const origin = originOf(event);
    const box = origin && editableAround(origin);
    if (!box || !event.isTrusted) return;
    let composer = this.#composers.get(box);
    if (!composer) {
      composer = this.#adopt(origin) ?? undefined;
      composer?.read();
    }
    composer?.authorship.heard(event);
  }

  /** The composer around an element, made now if it was not known. */
  #adopt(origin: Element): Composer | null {
    const box = editableAround(origin);
    if (!box) return null;
    const kind = this.#site.kindOf(box);
    const known = this.#composers.get(box);
    if (known && kind === known.kind) return known;
    if (known) this.#forget(box);
    if (!kind) return null;
    const composer = new Composer(
      box,
      kind,
      this.#site,
      this.#checks,
      this.#contextOf,
      () => this.#settings,
      this.#written,
      (one) => this.#onJudged(one),
    );
    this.#composers.set(box, composer);
    this.#watch.box(box);
    this.#watchSigns(composer);
    return composer;
  }

  /** Somebody types where nothing can be read: behind a closed root, or in a page in design mode. */
  #noticeUnseen(origin: Element): void {
    const isField = origin instanceof HTMLInputElement || origin instanceof HTMLTextAreaElement;
    if (isField || editableAround(origin) || closestShown(origin, '[role="search"]')) return;
    this.#unseen.add(origin);
    this.#tell();
  }

  /** Another audience is picked without the box changing: by a label, or by the words of a button. */
  #watchSigns(composer: Composer): void {
    for (const sign of signsIn(this.#site.adapter, composer.root)) {
      if (this.#signs.has(sign)) continue;
      this.#signs.add(sign);
      this.#watch.sign(sign);
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

  #forget(box: HTMLElement): void {
    this.#composers.delete(box);
    this.#watch.forget(box);
  }

  #discoverAround(origin: Element): void {
    const roots = new Set<ParentNode>([rootOf(origin), ...this.#watch.roots()]);
    for (const root of roots) this.#adoptAll(root);
  }

  #adoptAll(root: ParentNode): void {
    for (const box of this.#site.boxesIn(root)) {
      if (this.#composers.has(box)) continue;
      const composer = this.#adopt(box);
      if (composer) this.#update(composer);
    }
  }

  #onChanged(records: readonly MutationRecord[]): void {
    const composers = [...this.#composers.values()];
    const signsChanged = this.#signsChanged(records);
    if (signsChanged) for (const one of composers) this.#watchSigns(one);
    const touched =
      signsChanged || records.length > 100
        ? composers
        : composers.filter((one) => records.some((record) => one.box.contains(record.target)));
    for (const composer of touched) this.#update(composer);
  }

  #scan(): void {
    for (const selector of this.#site.adapter.shadowHosts) {
      for (const host of document.querySelectorAll(selector))
        if (host.shadowRoot) this.#watch.enter(host.shadowRoot);
    }
    for (const [box] of this.#composers) if (!box.isConnected) this.#forget(box);
    for (const root of this.#watch.roots()) this.#adoptAll(root);
    for (const [box, composer] of this.#composers) {
      if (this.#site.kindOf(box) !== composer.kind) this.#adopt(box);
      // What is written into a rich box is seen when it is; a field that a script fills in is not.
      else if (composer.text !== '' || isTextField(box)) {
        this.#watchSigns(composer);
        this.#update(composer);
      }
    }
    this.#tell();
  }

  #update(composer: Composer): void {
    if (!composer.read()) return;
    if (!this.#isPaused) void composer.judge();
    this.#view.changed(composer);
  }

  #onJudged(composer: Composer): void {
    if (this.#over.signal.aborted || this.#isPaused) return;
    this.#view.judged(composer);
    this.#tell();
  }

  /** Tells the toolbar, when there is something new to tell. */
  #tell(): void {
    const shown = [...this.#composers.values()].filter((one) => one.isShown);
    const unseen = [...this.#unseen].filter(isShown);
    const troubles = new Set<Trouble>(unseen.length > 0 ? ['unreadable'] : []);
    for (const composer of shown) {
      if (composer.trouble) troubles.add(composer.trouble);
      else if (composer.text.trim() !== '' && !this.#canHold(composer)) troubles.add('submit');
    }
    const boxes = shown.length + unseen.length;
    const status: FrameStatus = { boxes, troubles: [...troubles] };
    // Where a site changes its page without loading one, the browser forgets the tab's icon.
    const told = JSON.stringify([status, location.pathname]);
    if (told === this.#told || (this.#told === '' && boxes === 0)) return;
    this.#told = told;
    this.#checks.tell(status);
  }

  #canHold(composer: Composer): boolean {
    const { kind } = composer;
    return kind.keys.includes('enter') || this.#site.controls(kind, composer.root).length > 0;
  }

  // --- what a person asks for ------------------------------------------------------------------

  async #fix(composer: Composer, finding: Finding, value: string): Promise<void> {
    const { editor, judged } = composer;
    if (!editor || !judged) return;
    const { text } = judged;
    const atEnd = finding.fix?.kind === 'insert';
    const start = atEnd ? text.length : finding.start;
    const end = atEnd ? text.length : finding.end;
    const written = atEnd && text !== '' && !/\s$/.test(text) ? ` ${value}` : value;
    composer.authorship.put(written);
    const result = await replace(editor, composer.box, text, start, end, written);
    this.#update(composer);
    if (result.kind === 'done') {
      this.#view.fixed(finding, value);
      return;
    }
    const copied = await navigator.clipboard.writeText(value).then(
      () => true,
      () => false,
    );
    const hint = copied ? t('card.copied') : t('card.notCopied', { value });
    this.#view.hint(result.kind === 'spoilt' ? `${t('card.spoilt')} ${hint}` : hint);
  }

  async #ask(held: Held): Promise<Answered> {
    const [composer] = held.composers;
    if (!composer) return 'post';
    const { overlay, dialog } = this.#view;
    this.#view.closeCard();
    overlay.setDark(isDarkBehind(composer.box));
    this.#view.keepCaret();
    const focused = this.#view.focused() ?? composer;
    overlay.returnTo = focused.box;
    // A field that a script empties tells nobody.
    const look = setInterval(() => {
      if (this.#over.signal.aborted || held.isGone()) dialog.close('gone');
    }, LOOK_MS);
    try {
      return await dialog.ask(held, this.#checks.contact);
    } finally {
      clearInterval(look);
      this.#view.returnTo(focused);
    }
  }
}
