/**
 * Holds a post that the guide asks not to make, once, in one dialog. Everything else goes through
 * untouched: a text that is known to be clean costs nothing, one that is still being checked is
 * held for as long as that takes and never longer than `HOLD_MS`, which keeps all of it, timers
 * of a busy page included, within the second that the design allows.
 *
 * Only a person's own events are looked at. What a script of the page dispatches was not decided
 * by anybody, and cannot answer for anybody either.
 */
import type { Finding } from '#engine';
import type { Composer } from './composer';
import { containsShown, originOf } from './dom';
import type { Site } from './site';

const HOLD_MS = 800;
/** How long a site may take to empty its box after it has posted. */
const POSTED_MS = 2500;
const SOON_MS = 300;

/** What was pressed, and how it is done again. */
interface Attempt {
  readonly composer: Composer;
  /** Every box that this posts: a thread has several. */
  readonly composers: readonly Composer[];
  readonly control: HTMLElement | null;
  readonly key: {
    readonly event: KeyboardEvent;
    readonly target: Element;
  } | null;
}

export interface Held {
  readonly composers: readonly Composer[];
  readonly findings: readonly { readonly composer: Composer; readonly finding: Finding }[];
  /** Those of them that hold the post. */
  readonly holding: readonly Finding[];
  /** One of them may not be posted at all: there is no other answer than to go back. */
  readonly isBlocked: boolean;
}

export interface GateActions {
  /** False where the extension was removed or updated: what is known is nobody's word any more. */
  readonly isAlive: () => boolean;
  /** All composers that are on the page now. */
  readonly composers: () => readonly Composer[];
  /** Reads the box again, and has it judged if it has changed. */
  readonly refresh: (composer: Composer) => void;
  /** The box an event is in, found now if it was not known before. */
  readonly discover: (origin: Element) => void;
  /** Shows what holds the post; settles with the person's answer. */
  readonly ask: (held: Held) => Promise<'back' | 'post'>;
  /** Shows the question again, where a page has taken it away. */
  readonly remind: () => void;
  /** The site did not take the released post: the person is to press again. */
  readonly again: (composer: Composer) => void;
  readonly troubled: (composer: Composer) => void;
}

export class Gate {
  /** Composers with an attempt under way: what is pressed meanwhile is part of it. */
  readonly #busy = new Set<Composer>();

  constructor(
    private readonly site: Site,
    private readonly actions: GateActions,
    signal: AbortSignal,
  ) {
    const options = { capture: true, signal };
    window.addEventListener('click', (event) => this.#onClick(event), options);
    window.addEventListener('keydown', (event) => this.#onKey(event), options);
  }

  #onClick(event: MouseEvent): void {
    if (!event.isTrusted || event.button !== 0) return;
    const path = event.composedPath();
    const found =
      this.#controlled(path) ?? (this.#lookAround(path) ? this.#controlled(path) : null);
    if (found) this.#attempt(event, { ...found, key: null });
  }

  #onKey(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing || event.keyCode === 229) return;
    if (event.key !== 'Enter' && event.key !== ' ') return;
    const origin = originOf(event);
    if (!origin) return;
    const composer = this.actions.composers().find((one) => containsShown(one.box, origin));
    if (composer) {
      const key = this.site.postKey(composer.kind, event);
      if (!key) return;
      if (key === 'enter' && this.site.pickerIsOpen(composer.box)) return;
      this.#attempt(event, {
        composer,
        composers: this.#together(composer),
        control: null,
        key: { event, target: origin },
      });
      return;
    }
    // A control that is no button of the browser's turns its own keys into clicks.
    if (origin instanceof HTMLButtonElement) return;
    const found = this.#controlled(event.composedPath());
    if (found && found.control === origin) this.#attempt(event, { ...found, key: null });
  }

  /**
   * The composer, and all that post with it, whose control is on this path. One that is out of
   * sight is meant only where no other is: sites keep hidden copies of their boxes, and hide a box
   * in the second of two steps.
   */
  #controlled(
    path: readonly EventTarget[],
  ): { composer: Composer; composers: Composer[]; control: HTMLElement } | null {
    const all = this.actions.composers();
    for (const isShown of [true, false]) {
      for (const composer of all) {
        if (composer.isShown !== isShown || path.includes(composer.box)) continue;
        const control = this.site.controlIn(composer.kind, composer.root, path);
        if (control) return { composer, composers: this.#together(composer), control };
      }
    }
    return null;
  }

  /** A box may be filled in that nobody has clicked in yet: a restored draft, a share link. */
  #lookAround(path: readonly EventTarget[]): boolean {
    const origin = path[0];
    if (!(origin instanceof Element)) return false;
    const before = this.actions.composers().length;
    this.actions.discover(origin);
    return this.actions.composers().length !== before;
  }

  #together(composer: Composer): Composer[] {
    const { root } = composer;
    return this.actions
      .composers()
      .filter((one) => one === composer || (one.isShown && one.root === root));
  }

  #attempt(event: Event, attempt: Attempt): void {
    const { composers } = attempt;
    if (!this.actions.isAlive()) return;
    if (composers.some((one) => this.#busy.has(one))) {
      stop(event);
      this.actions.remind();
      return;
    }
    for (const one of composers) this.actions.refresh(one);
    const unknown = composers.filter(
      (one) => one.text.trim() !== '' && !one.judged && one.trouble !== 'unreadable',
    );
    const holding = composers.some((one) => one.holding.length > 0);
    if (unknown.length === 0 && !holding) {
      this.#lookAfter(composers, () => {});
      return;
    }
    stop(event);
    for (const one of composers) this.#busy.add(one);
    // Should anything of ours fail here, the post goes out as if we were not there.
    const decided = this.#decide(attempt, unknown).catch(() => true);
    void decided.then((goes) => {
      for (const one of composers) this.#busy.delete(one);
      if (goes) this.#release(attempt);
    });
  }

  /** Whether what was held is to go out. */
  async #decide(attempt: Attempt, unknown: readonly Composer[]): Promise<boolean> {
    const { composers } = attempt;
    const texts = composers.map((one) => one.text);
    if (unknown.length > 0) {
      const late = await Promise.race([
        Promise.all(unknown.map((one) => one.judge())).then(() => false),
        new Promise<boolean>((resolve) => setTimeout(resolve, HOLD_MS, true)),
      ]);
      for (const one of unknown) {
        if (late && !one.judged) one.trouble = 'silent';
        if (one.trouble) this.actions.troubled(one);
      }
    }
    const held = composers.filter((one) => one.holding.length > 0);
    if (held.length > 0) {
      const findings = composers.flatMap((composer) =>
        composer.findings.map((finding) => ({ composer, finding })),
      );
      // The answer is for what was shown, whatever the page makes of the text meanwhile.
      const asked = held.map((one) => ({ composer: one, text: one.text, holding: one.holding }));
      const answer = await this.actions.ask({
        composers: held,
        findings,
        holding: asked.flatMap(({ holding }) => holding),
        isBlocked: asked.some(({ composer, holding }) =>
          holding.some((one) => composer.isBlocked(one)),
        ),
      });
      if (answer === 'back') return false;
      for (const { composer, text, holding } of asked) composer.accept(holding, text);
    }
    // The answer was for this text. If it has changed meanwhile, the person presses again.
    for (const one of composers) this.actions.refresh(one);
    return composers.every((one, index) => one.text === texts[index]);
  }

  /** Does again what was held, no more: the same control, the same key. */
  #release(attempt: Attempt): void {
    const { composer, key } = attempt;
    const { text } = composer;
    if (key) {
      press(key.target.isConnected ? key.target : composer.box, key.event);
      this.#lookAfter(attempt.composers, () => {
        // Not clicked instead: a site that is slow to empty its box would post twice.
        const isStill = composer.box.isConnected && composer.isShown && composer.text === text;
        if (isStill) this.actions.again(composer);
      });
      return;
    }
    const control = attempt.control?.isConnected ? attempt.control : this.#controlFor(composer);
    if (control) control.click();
    else this.actions.again(composer);
    this.#lookAfter(attempt.composers, () => {});
  }

  /** Sites empty their boxes when they have posted; a text field does so without an event. */
  #lookAfter(composers: readonly Composer[], last: () => void): void {
    const refresh = (): void => {
      for (const one of composers) this.actions.refresh(one);
    };
    setTimeout(refresh, SOON_MS);
    setTimeout(() => {
      refresh();
      last();
    }, POSTED_MS);
  }

  #controlFor(composer: Composer): HTMLElement | null {
    const [control] = this.site.controls(composer.kind, composer.root);
    return control &&
      control.getClientRects().length > 0 &&
      control.getAttribute('aria-disabled') !== 'true' &&
      !control.hasAttribute('disabled')
      ? control
      : null;
  }
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** The same key again. Sites that look only at what was pressed cannot tell the difference. */
function press(target: Element, original: KeyboardEvent): void {
  const { key, code, keyCode, ctrlKey, metaKey, location } = original;
  const init = {
    key,
    code,
    keyCode,
    which: keyCode,
    ctrlKey,
    metaKey,
    location,
    bubbles: true,
    cancelable: true,
    composed: true,
  };
  const goesOn = target.dispatchEvent(new KeyboardEvent('keydown', init));
  if (goesOn) target.dispatchEvent(new KeyboardEvent('keypress', init));
  target.dispatchEvent(new KeyboardEvent('keyup', init));
}
