// What Tacto shows on a page: marks, card, gate; read out of its closed shadow root.
import { inClosedRoots } from './pierce.mjs';
import { until } from './wait.mjs';

/** What the tests know of the inside of the root; the extension's own names. */
const NAMES = {
  mark: '.mark',
  card: '.card',
  gate: '[role="alertdialog"]',
  status: '.status',
};

/** Runs in the page, once for every closed root. */
const READ = `(root, names) => {
  const rect = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && element.getBoundingClientRect().width > 0;
  const box = (selector) => {
    const element = [...root.querySelectorAll(selector)].find(shown);
    if (!element) return null;
    return {
      rect: rect(element),
      text: element.innerText,
      role: element.getAttribute('role'),
      buttons: [...element.querySelectorAll('button')].filter(shown).map((button) => ({
        does: button.dataset.do ?? null,
        label: button.innerText.trim() || button.getAttribute('aria-label'),
        rect: rect(button),
        focused: root.activeElement === button,
      })),
      items: [...element.querySelectorAll('li')].map((item) => item.innerText),
    };
  };
  return {
    marks: [...root.querySelectorAll(names.mark)].filter(shown).map((element) => ({
      severity: ['tip', 'note', 'warn', 'stop'].find((word) => element.classList.contains(word)),
      rect: rect(element),
    })),
    card: box(names.card),
    gate: box(names.gate),
    status: box(names.status),
  };
}`;

/**
 * Rectangles that touch on one line, joined: a finding may be drawn in pieces where the editor
 * splits its text, and two findings never touch.
 */
export function joined(rects) {
  const lines = [];
  for (const rect of [...rects].sort((a, b) => a.top - b.top || a.left - b.left)) {
    const middle = (rect.top + rect.bottom) / 2;
    const line = lines.find(
      ({ top, bottom, left, right }) =>
        middle > top && middle < bottom && rect.left <= right + 1.5 && rect.right >= left - 1.5,
    );
    if (!line) {
      lines.push({ ...rect });
      continue;
    }
    line.left = Math.min(line.left, rect.left);
    line.right = Math.max(line.right, rect.right);
    line.top = Math.min(line.top, rect.top);
    line.bottom = Math.max(line.bottom, rect.bottom);
  }
  return lines.sort((a, b) => a.top - b.top || a.left - b.left);
}

/** Tacto on one page. */
export class Tacto {
  constructor(page, kind) {
    this.page = page;
    this.kind = kind;
  }

  /** Everything that it shows now. */
  async shown() {
    const roots = await inClosedRoots(this.page, this.kind, READ, NAMES);
    return {
      marks: roots.flatMap(({ marks }) => marks),
      card: roots.find(({ card }) => card)?.card ?? null,
      gate: roots.find(({ gate }) => gate)?.gate ?? null,
      status: roots.find(({ status }) => status)?.status ?? null,
    };
  }

  /** The painted marks, once there are `count` places marked (0: once there are none). */
  marks(count) {
    return until(`${count} marked places`, async () => {
      const { marks } = await this.shown();
      return joined(marks.map(({ rect }) => rect)).length === count ? marks : null;
    });
  }

  /** The open card. */
  card() {
    return until('the card', async () => (await this.shown()).card);
  }

  /** The dialog that holds a post. */
  gate() {
    return until('the gate', async () => (await this.shown()).gate);
  }

  /** Waits until the gate is gone. */
  noGate() {
    return until('the gate to go', async () => (await this.shown()).gate === null);
  }

  /** Opens the card of a mark with the mouse, as a person does. */
  async openCard(mark) {
    const { left, right, top, bottom } = mark.rect;
    await this.page.mouse.move((left + right) / 2, (top + bottom) / 2, { steps: 3 });
    await this.page.mouse.click((left + right) / 2, (top + bottom) / 2);
    return this.card();
  }

  /** A real click on a button of the card or the gate, by what it does. */
  async press(box, does) {
    const button = box.buttons.find((candidate) => candidate.does === does);
    if (!button) {
      throw new Error(
        `no button '${does}' among ${JSON.stringify(box.buttons.map((b) => b.does ?? b.label))}`,
      );
    }
    const { left, right, top, bottom } = button.rect;
    await this.page.mouse.click((left + right) / 2, (top + bottom) / 2);
  }
}
