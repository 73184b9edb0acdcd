/**
 * What a mark opens: what was found, why in the guide's own words, what to do. It never takes the
 * focus by itself; `CARD_KEY` brings the keyboard in, Escape takes it back to the draft.
 */
import type { Finding } from '#engine';
import { t } from '../shared/i18n';
import { CARD_KEY } from '../shared/keys';
import type { SectionQuote } from '../shared/messages';
import type { Composer } from './composer';
import { drawing, element, type Overlay } from './overlay';
import type { Box, PlacedMark } from './place';
import { severityLabel } from './severity';

const CROSS = 'M2.5 2.5L9.5 9.5M9.5 2.5L2.5 9.5';
const GAP = 7;
const EDGE = 8;

export interface CardActions {
  readonly fix: (composer: Composer, finding: Finding, value: string) => void;
  readonly dismiss: (composer: Composer, finding: Finding) => void;
  readonly openGuide: (section: string) => void;
  readonly next: () => void;
  /** The card was closed; with the keyboard in it, the focus goes back to the draft. */
  readonly closed: (composer: Composer, hadFocus: boolean) => void;
  readonly section: (id: string) => SectionQuote | undefined;
}

export class Card {
  readonly #element = element('div', 'card');
  #shown: { readonly composer: Composer; readonly finding: Finding } | null = null;
  #hint = '';
  #isRtl = false;

  constructor(
    private readonly overlay: Overlay,
    private readonly actions: CardActions,
  ) {
    this.#element.setAttribute('role', 'dialog');
    this.#element.setAttribute('aria-modal', 'false');
    this.#element.tabIndex = -1;
    this.#element.hidden = true;
    overlay.surface.append(this.#element);
  }

  get finding(): Finding | null {
    return this.#shown?.finding ?? null;
  }

  get composer(): Composer | null {
    return this.#shown?.composer ?? null;
  }

  get hasFocus(): boolean {
    const { activeElement } = this.overlay.root;
    return activeElement !== null && this.#element.contains(activeElement);
  }

  /** Whether a point of the window is on the card, or in the gap between it and its mark. */
  isAt(x: number, y: number): boolean {
    if (!this.#shown) return false;
    const box = this.#element.getBoundingClientRect();
    return (
      x >= box.left - GAP && x <= box.right + GAP && y >= box.top - GAP && y <= box.bottom + GAP
    );
  }

  open(
    mark: PlacedMark,
    near: Box,
    position: { readonly index: number; readonly count: number },
  ): void {
    const same = this.#shown?.finding === mark.finding;
    this.#shown = { composer: mark.composer, finding: mark.finding };
    if (!same) {
      this.#hint = '';
      this.#fill(mark.composer, mark.finding, position);
    }
    this.#element.hidden = false;
    this.#isRtl = getComputedStyle(mark.composer.box).direction === 'rtl';
    this.overlay.show(mark.composer.box);
    this.#place(near);
  }

  /** The same finding in a later report, where its words are now. */
  follow(finding: Finding, near: Box): void {
    if (this.#shown) this.#shown = { ...this.#shown, finding };
    this.#place(near);
  }

  /** Beside its mark, inside the window. */
  #place(near: Box): void {
    const { left: originX, top: originY, scale } = this.overlay.frame();
    const width = this.#element.offsetWidth * scale;
    const height = this.#element.offsetHeight * scale;
    const below = near.bottom + GAP;
    const above = near.top - GAP - height;
    const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
    const fit = Math.max(EDGE, Math.min(top, innerHeight - EDGE - height));
    // In a text that runs from right to left, the card's right edge is the mark's.
    const start = this.#isRtl ? near.right - width : near.left;
    const left = Math.max(EDGE, Math.min(start, innerWidth - EDGE - width));
    this.#element.style.transform = `translate(${(left - originX) / scale}px, ${(fit - originY) / scale}px)`;
  }

  focus(): void {
    this.#element.focus({ preventScroll: true });
  }

  /** A sentence about what became of a fix. */
  hint(text: string): void {
    this.#hint = text;
    this.#element.querySelector('.hint.result')?.remove();
    const row = this.#element.querySelector('.row');
    row?.before(element('p', 'hint result', text));
    this.overlay.say(text);
  }

  get hasHint(): boolean {
    return this.#hint !== '';
  }

  close(): void {
    const shown = this.#shown;
    if (!shown) return;
    const hadFocus = this.hasFocus;
    this.#shown = null;
    this.#hint = '';
    this.#element.hidden = true;
    this.#element.replaceChildren();
    this.actions.closed(shown.composer, hadFocus);
  }

  /** True where the key was for the card. */
  onKey(event: KeyboardEvent): boolean {
    if (!this.#shown || !this.hasFocus) return false;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (event.key === CARD_KEY) {
      event.preventDefault();
      this.actions.next();
    } else if (event.key === 'Tab') {
      this.#tab(event);
    }
    return true;
  }

  /** The page's focus must not be lost behind a card: Tab goes round inside it. */
  #tab(event: KeyboardEvent): void {
    const stops = [...this.#element.querySelectorAll('button')];
    const at = stops.indexOf(this.overlay.root.activeElement as HTMLButtonElement);
    const next = event.shiftKey ? (at <= 0 ? stops.length - 1 : at - 1) : (at + 1) % stops.length;
    event.preventDefault();
    stops[next]?.focus();
  }

  #fill(
    composer: Composer,
    finding: Finding,
    position: { readonly index: number; readonly count: number },
  ): void {
    const { fix } = finding;
    const section = this.actions.section(finding.section);
    this.#element.className = `card ${finding.severity}`;
    this.#element.setAttribute('aria-label', t('card.label', { text: finding.text }));

    const close = element('button', 'icon', drawing(CROSS));
    close.type = 'button';
    close.setAttribute('aria-label', t('card.close'));
    this.overlay.onActivate(close, () => this.close());
    const head = element('div', 'head', severityLabel(finding.severity), element('span', 'grow'));
    if (position.count > 1) {
      head.append(element('span', 'place', t('card.position', position)));
      head.append(this.#button('plain', t('card.next'), () => this.actions.next()));
    }
    head.append(close);

    const title = element('p', 'title', finding.title);
    const message = element('p', 'message', finding.message);
    title.id = 'card-title';
    message.id = 'card-message';
    this.#element.setAttribute('aria-describedby', `${title.id} ${message.id}`);
    const parts: HTMLElement[] = [head, title, message];
    if (composer.most) parts.push(element('p', 'hint', t('card.most', { count: composer.most })));
    if (composer.isBlocked(finding)) parts.push(element('p', 'hint', t('card.blocked')));
    if (fix?.kind === 'audience') {
      parts.push(
        element('p', 'hint', t('card.audience', { audience: t(`audience.${fix.value}`) })),
      );
    }
    const row = element('div', 'row');
    if (fix?.kind === 'replace' || fix?.kind === 'insert') {
      const label = t(fix.kind === 'replace' ? 'card.replace' : 'card.insert', {
        value: fix.value,
      });
      row.append(
        this.#button('main', label, () =>
          this.actions.fix(composer, this.finding ?? finding, fix.value),
        ),
      );
    }
    const look = row.childElementCount > 0 ? 'plain' : '';
    // What is blocked cannot be waved away: it would hold the post all the same.
    if (!composer.isBlocked(finding))
      row.append(
        this.#button(look, t('card.dismiss'), () =>
          this.actions.dismiss(composer, this.finding ?? finding),
        ),
      );
    parts.push(row);
    if (section) {
      const why = element(
        'div',
        'why',
        element('b', '', t('card.guide')),
        element('blockquote', '', section.quote),
      );
      const read = t('card.readSection', { title: section.title });
      why.append(this.#button('link', read, () => this.actions.openGuide(finding.section)));
      parts.splice(parts.length - 1, 0, why);
    }
    this.#element.replaceChildren(...parts);
  }

  #button(look: string, label: string, action: () => void): HTMLButtonElement {
    const button = element('button', look, label);
    button.type = 'button';
    this.overlay.onActivate(button, action);
    return button;
  }
}
