/**
 * Holds a post that the guide asks not to make, once, in one dialog. Everything else goes through
 * untouched: a text that is known to be clean costs nothing, one that is still being checked is
 * held for as long as that takes and never longer than `HOLD_MS`, which keeps all of it, timers
 * of a busy page included, within the second that the design allows.
 *
 * It holds what posts, whoever does it: a person's event, or a script's in the place of one (keyboard
 * navigation, voice control, macros, the site itself). A script's, only where the words are a
 * person's (`authorship.ts`); and nothing that a script does is an answer.
 */
import type { Finding } from '#engine';
import type { Composer } from './composer';
import { containsShown, editableAround, originOf } from './dom';
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

/** `gone`: the site has taken the draft away meanwhile. */
export type Answered = 'back' | 'post' | 'gone';

export interface Held {
  readonly composers: readonly Composer[];
  readonly findings: readonly { readonly composer: Composer; readonly finding: Finding }[];
  /** Those of them that hold the post. */
  readonly holding: readonly Finding[];
  /** One of them may not be posted at all: there is no other answer than to go back. */
  readonly isBlocked: boolean;
  /** Nothing is left to be posted: the site has emptied or removed the boxes. */
  readonly isGone: () => boolean;
}

export interface GateActions {
  /** False where the extension was removed or updated: what is known is nobody's word any more. */
  readonly isAlive: () => boolean;
  /** No person has written anything on this page. */
  readonly isUnwritten: () => boolean;
  /** All composers that are on the page now. */
  readonly composers: () => readonly Composer[];
  /** Reads the box again, and has it judged if it has changed. */
  readonly refresh: (composer: Composer) => void;
  /** The box an event is in, found now if it was not known before. */
  readonly discover: (origin: Element) => void;
  /** Shows what holds the post; settles with the person's answer, or when it is gone. */
  readonly ask: (held: Held) => Promise<Answered>;
  /** Shows the question again, where a page has taken it away. */
  readonly remind: () => void;
  /** The site did not take the released post: the person is to press again. */
  readonly again: (composer: Composer) => void;
  /** The site has taken away what was asked about. */
  readonly gone: (composer: Composer) => void;
  readonly troubled: (composer: Composer) => void;
}

export class Gate {
  /** Composers with an attempt under way: what is pressed meanwhile is part of it. */
  readonly #busy = new Set<Composer>();
  /** What was let go, and when: the same once more, by a script, is the site's way of posting it. */
  readonly #released = new WeakMap<Composer, { readonly text: string; readonly at: number }>();
  /** What we are clicking or pressing at this very moment. */
  #pressing: EventTarget | null = null;
  /** The question that stands. */
  #question: Promise<unknown> | null = null;

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
    if (this.#isPassed(event) || (event.isTrusted && event.button !== 0)) return;
    const path = event.composedPath();
    const found =
      this.#controlled(path) ?? (this.#lookAround(path) ? this.#controlled(path) : null);
    if (found) this.#attempt(event, { ...found, key: null });
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#isPassed(event) || event.isComposing || event.keyCode === 229) return;
    const name = keyOf(event);
    if (name !== 'Enter' && name !== ' ') return;
    const origin = originOf(event);
    if (!origin) return;
    // Where a person presses a key is the focus, which has made it known.
    if (!event.isTrusted) this.actions.discover(origin);
    const composer = this.#writtenIn(origin, event);
    if (composer) {
      const key = name === 'Enter' && this.site.postKey(composer.kind, event);
      if (!key) return;
      if (key === 'enter' && this.site.pickerIsOpen(composer.box)) return;
      // On the button itself, where the browser would make a click of it.
      const pressed = this.#controlled(event.composedPath());
      const composers = this.#together(composer);
      this.#attempt(
        event,
        pressed
          ? { ...pressed, key: null }
          : { composer, composers, control: null, key: { event, target: origin } },
      );
      return;
    }
    // A control that is no button of the browser's turns its own keys into clicks.
    if (origin instanceof HTMLButtonElement) return;
    const found = this.#controlled(event.composedPath());
    if (found && found.control === origin) this.#attempt(event, { ...found, key: null });
  }

  /** The composer that a key is for: sites hear Ctrl+Enter in all of its dialog. */
  #writtenIn(origin: Element, { ctrlKey, metaKey }: KeyboardEvent): Composer | undefined {
    const all = this.actions.composers();
    const own = all.find((one) => containsShown(one.box, origin));
    if (own || !(ctrlKey || metaKey) || editableAround(origin)) return own;
    return all.find((one) => one.isShown && containsShown(one.root, origin));
  }

  /**
   * Whether nothing is to be held here: our own click or key, or a script's where nobody has
   * written anything.
   */
  #isPassed(event: Event): boolean {
    if (event.isTrusted) return false;
    if (this.#pressing && originOf(event) === this.#pressing) {
      // One event and no more: what a page does in answer to it is not ours.
      this.#pressing = null;
      return true;
    }
    return this.actions.isUnwritten();
  }

  /** Whether a script's click or key may be held for what is in this box. */
  #isHeeded(composer: Composer): boolean {
    return composer.text.trim() !== '' && composer.authorship.isPersons;
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

  #attempt(event: Event, { composers: all, ...how }: Attempt): void {
    if (!this.actions.isAlive()) return;
    if (all.some((one) => this.#busy.has(one))) {
      stop(event);
      this.actions.remind();
      return;
    }
    for (const one of all) this.actions.refresh(one);
    const composers = event.isTrusted
      ? all
      : all.filter((one) => this.#isHeeded(one) && !this.#wasReleased(one));
    const attempt = { ...how, composers };
    const unknown = composers.filter(
      (one) => one.text.trim() !== '' && !one.judged && one.trouble !== 'unreadable',
    );
    const holding = composers.some((one) => one.holding.length > 0);
    if (unknown.length === 0 && !holding) {
      this.#lookAfter(all, () => {});
      return;
    }
    stop(event);
    for (const one of composers) this.#busy.add(one);
    // Should anything of ours fail here, the post goes out as if we were not there.
    const decided = this.#decide(composers, unknown).catch(() => true);
    void decided.then((goes) => {
      for (const one of composers) this.#busy.delete(one);
      if (goes) this.#release(attempt);
    });
  }

  #wasReleased(composer: Composer): boolean {
    const released = this.#released.get(composer);
    return (
      released !== undefined &&
      released.text === composer.text &&
      performance.now() - released.at < POSTED_MS
    );
  }

  /** Whether what was held is to go out. */
  async #decide(composers: readonly Composer[], unknown: readonly Composer[]): Promise<boolean> {
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
    // A script may press the button of one box while another one is asked about.
    while (this.#question) await this.#question;
    if (!(await this.#isAnswered(composers))) return false;
    // The answer was for this text. If it has changed meanwhile, the person presses again.
    for (const one of composers) this.actions.refresh(one);
    return composers.every((one, index) => one.text === texts[index]);
  }

  /** Asks where something holds the post. False where it is not to go out. */
  async #isAnswered(composers: readonly Composer[]): Promise<boolean> {
    // The answer is for what was shown, whatever the page makes of the text meanwhile.
    const asked = composers.flatMap((composer) => {
      const { text, holding } = composer;
      return holding.length > 0 ? [{ composer, text, holding }] : [];
    });
    const [first] = asked;
    if (!first) return true;
    const isGone = (): boolean => asked.every((one) => this.#isGone(one.composer, one.text));
    const question = this.actions.ask({
      composers: asked.map(({ composer }) => composer),
      findings: composers.flatMap((composer) =>
        composer.findings.map((finding) => ({ composer, finding })),
      ),
      holding: asked.flatMap(({ holding }) => holding),
      isBlocked: asked.some(({ composer, holding }) =>
        holding.some((one) => composer.isBlocked(one)),
      ),
      isGone,
    });
    this.#question = question.catch(() => {});
    const answer = await question.finally(() => {
      this.#question = null;
    });
    if (answer === 'back') return false;
    if (isGone()) {
      this.actions.gone(first.composer);
      return false;
    }
    for (const { composer, text, holding } of asked) composer.accept(holding, text);
    return true;
  }

  /** What was asked about is in no box any more, not even in one that was made anew. */
  #isGone(composer: Composer, text: string): boolean {
    this.actions.refresh(composer);
    if (composer.box.isConnected && composer.text.trim() !== '') return false;
    this.actions.discover(document.documentElement);
    return !this.actions.composers().some((one) => one.text === text);
  }

  /** Does again what was held, no more: the same control, the same key. */
  #release(attempt: Attempt): void {
    const { composer, composers, key } = attempt;
    const { text } = composer;
    for (const one of composers) this.#released.set(one, { text: one.text, at: performance.now() });
    if (key) {
      const target = key.target.isConnected ? key.target : composer.box;
      this.#press(target, () => press(target, key.event));
      this.#lookAfter(composers, () => {
        // Not clicked instead: a site that is slow to empty its box would post twice.
        const isStill = composer.box.isConnected && composer.isShown && composer.text === text;
        if (isStill) this.actions.again(composer);
      });
      return;
    }
    const control = attempt.control?.isConnected ? attempt.control : this.#controlFor(composer);
    if (control) this.#press(control, () => control.click());
    else if (composer.box.isConnected) this.actions.again(composer);
    this.#lookAfter(composers, () => {});
  }

  /**
   * Clicks or presses past ourselves. The browser hands us the event before `act` is over, and
   * before any script of the page has heard of it: what marks it as ours is in our memory alone.
   */
  #press(target: Element, act: () => void): void {
    this.#pressing = target;
    act();
    this.#pressing = null;
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

/** Scripts may say which key it is by its number alone. */
function keyOf({ key, keyCode }: KeyboardEvent): string {
  return key === '' && keyCode === 13 ? 'Enter' : key;
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
