// What Tacto shows on a page: marks, card, gate; read out of its closed shadow root.
import { readFile } from 'node:fs/promises';
import { inClosedRoots } from './pierce.mjs';
import { until } from './wait.mjs';

/** What the tests know of the inside of the root; the extension's own names. */
const NAMES = {
  mark: '.mark',
  card: '.card',
  gate: '[role="alertdialog"]',
};

const locales = {};
for (const language of ['en', 'es']) {
  const file = new URL(`../../extension/locales/${language}.json`, import.meta.url);
  locales[language] = JSON.parse(await readFile(file, 'utf8'));
}

/** Whether a label is the locale's sentence of that key, in either language. */
function says(label, key) {
  return Object.values(locales).some((messages) => {
    const [before, after = ''] = messages[key].split(/\{[a-z]+\}/);
    return messages[key].includes('{')
      ? label.startsWith(before) && label.endsWith(after)
      : label === messages[key];
  });
}

/** Runs in the page, once for every closed root. */
const READ = `(root, names) => {
  const rect = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  /** What is left of a mark where the text is cut off. */
  const seen = (element) => {
    const { left, top, right, bottom } = rect(element);
    const inset = /^inset\\((.*)\\)$/.exec(getComputedStyle(element).clipPath)?.[1] ?? '0px';
    const sides = inset.split(' ').map((side) => Math.max(0, Number.parseFloat(side)));
    const [up, to = up, down = up, from = to] = sides;
    const scale = (right - left) / element.offsetWidth;
    return {
      left: left + from * scale,
      top: top + up * scale,
      right: right - to * scale,
      bottom: bottom - down * scale,
    };
  };
  /** What is read: the texts are in attributes, where no page can search for them. */
  const textOf = (element) =>
    [...element.querySelectorAll('[words]')].filter(shown).map((one) => one.getAttribute('words')).join('\\n');
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && element.getBoundingClientRect().width > 0;
  const box = (selector) => {
    const element = [...root.querySelectorAll(selector)].find(shown);
    if (!element) return null;
    return {
      rect: rect(element),
      text: textOf(element),
      moving: element.getAnimations({ subtree: true }).some((one) => one.playState === 'running'),
      buttons: [...element.querySelectorAll('button')].filter(shown).map((button) => ({
        label: textOf(button) || button.getAttribute('aria-label'),
        rect: rect(button),
        focused: root.activeElement === button,
      })),
      items: [...element.querySelectorAll('li')].map(textOf),
    };
  };
  return {
    marks: [...root.querySelectorAll(names.mark)].filter(shown).map((element) => ({
      severity: ['tip', 'note', 'warn', 'stop'].find((word) => element.classList.contains(word)),
      rect: seen(element),
    })),
    card: box(names.card),
    gate: box(names.gate),
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

/** Tacto on one page, or in the frame of it that is given. */
export class Tacto {
  constructor(page, kind, frame = page) {
    this.page = page;
    this.kind = kind;
    this.frame = frame;
  }

  /** Everything that it shows now. */
  async shown() {
    const roots = await inClosedRoots(this.frame, this.kind, READ, NAMES);
    return {
      marks: roots.flatMap(({ marks }) => marks),
      card: roots.find(({ card }) => card)?.card ?? null,
      gate: roots.find(({ gate }) => gate)?.gate ?? null,
    };
  }

  /** Runs a function of the page with Tacto's root, as a page could if the root were open. */
  evaluate(fn, argument = null) {
    return inClosedRoots(this.frame, this.kind, fn, argument);
  }

  /** Whether the keyboard is in our root. */
  async hasFocus() {
    return (await this.evaluate('(root) => root.activeElement !== null')).some(Boolean);
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
    return this.#settled('card');
  }

  /** The dialog that holds a post. */
  gate() {
    return this.#settled('gate');
  }

  #settled(name) {
    return until(`the ${name}`, async () => {
      const { [name]: box } = await this.shown();
      return box && !box.moving ? box : null;
    });
  }

  /** Waits until the gate is gone. */
  noGate() {
    return until('the gate to go', async () => (await this.shown()).gate === null);
  }

  /** Opens the card of a mark as a person does: by pointing at it. */
  async openCard(mark) {
    const { left, right, top, bottom } = mark.rect;
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    await this.page.mouse.move(x, bottom + 30);
    await this.page.mouse.move(x, y, { steps: 3 });
    return this.card();
  }

  /** Takes the pointer off the card, which closes it. */
  async leaveCard() {
    await this.page.mouse.move(5, 5, { steps: 3 });
    await until('the card to close', async () => (await this.shown()).card === null);
  }

  /** The button of a card or a gate that carries the locale's sentence of that key. */
  button(box, key) {
    const button = box.buttons.find(({ label }) => says(label, key));
    if (!button) {
      throw new Error(`no ${key} among ${JSON.stringify(box.buttons.map(({ label }) => label))}`);
    }
    return button;
  }

  /** A real click on it. */
  async press(box, key) {
    const { left, right, top, bottom } = this.button(box, key).rect;
    await this.page.mouse.click((left + right) / 2, (top + bottom) / 2);
  }
}
