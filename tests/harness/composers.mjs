// The compose boxes of the test pages, driven as a person drives them: real keys, real clicks.
import { until } from './wait.mjs';

/**
 * One kind of compose box.
 * @property url where it is
 * @property open what to press until it is there, if anything
 * @property editor the path to the editable: the selectors of a host with an open shadow root, then
 *   of the editable in it
 * @property button the path to the button that posts
 * @property key the key that posts, if it has one
 */
export const composers = {
  'x-home': {
    url: 'https://x.com/home',
    editor: ['[data-testid="primaryColumn"] [data-testid="tweetTextarea_0"]'],
    button: ['[data-testid="tweetButtonInline"]'],
    key: 'Control+Enter',
  },
  'x-dialog': {
    url: 'https://x.com/home',
    open: ['[data-testid="SideNav_NewTweet_Button"]'],
    editor: ['[role="dialog"] [data-testid="tweetTextarea_0"]'],
    button: ['[data-testid="tweetButton"]'],
    key: 'Control+Enter',
  },
  'facebook-post': {
    url: 'https://www.facebook.com/',
    open: ['.launcher'],
    editor: ['[role="dialog"] [role="textbox"]'],
    button: ['[role="dialog"] [aria-label="Post"]'],
    key: 'Control+Enter',
  },
  'facebook-comment': {
    url: 'https://www.facebook.com/',
    editor: ['[aria-label="Comment as Ana Ruiz"]'],
    button: ['[aria-label="Comment"]'],
    key: 'Enter',
  },
  'linkedin-share': {
    url: 'https://www.linkedin.com/feed/',
    open: ['#start-post'],
    editor: ['#interop-outlet', '.ql-editor'],
    button: ['#interop-outlet', '.share-actions__primary-action'],
    key: 'Control+Enter',
  },
  'linkedin-comment': {
    url: 'https://www.linkedin.com/feed/',
    editor: ['.tiptap'],
    button: ['.comment-form [type="submit"]'],
    key: null,
  },
};

/** In the page: the element at the end of a path through open shadow roots. */
const DEEP = `(path) => path.reduce(
  (found, selector, i) => (i === 0 ? document : found?.shadowRoot)?.querySelector(selector), null)`;

/**
 * In the page: an editable's text as a reader sees it, with a way from an offset in it to the DOM.
 * Written apart from the extension's own reader, so that the two can disagree.
 */
const LINES = `(editor) => {
  const blocks = [...editor.querySelectorAll('[data-block="true"]')];
  const lines = blocks.length ? blocks : [...editor.children].filter((child) => child.matches('p, div'));
  const pieces = [];
  let text = '';
  lines.forEach((line, i) => {
    if (i > 0) text += '\\n';
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    const breaks = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const data = node.data.replaceAll('\\u200b', '').replaceAll('\\ufeff', '');
        if (data === '') continue;
        pieces.push({ node, start: text.length, end: text.length + node.data.length });
        text += node.data;
      } else if (node.localName === 'br' && node !== line.lastElementChild) {
        text += '\\n';
      }
    }
  });
  return { text: text.replaceAll('\\u00a0', ' '), pieces };
}`;

/** A page with one compose box in it. */
export class Composer {
  constructor(session, page, name) {
    this.session = session;
    this.page = page;
    this.name = name;
    this.spec = composers[name];
    this.errors = [];
  }

  /** Opens the page and the box, and puts the caret in it. */
  static async open(session, name, { query = '', prepare } = {}) {
    const page = await session.browser.newPage();
    await prepare?.(page);
    const composer = new Composer(session, page, name);
    page.on('pageerror', (error) => composer.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') composer.errors.push(message.text());
    });
    await page.goto(composer.spec.url + query);
    if (composer.spec.open) {
      await composer.click(composer.spec.open);
      await until(`the box of ${name}`, () => composer.rectOf(composer.spec.editor));
    }
    await composer.click(composer.spec.editor);
    await until(`the caret in the box of ${name}`, async () => (await composer.caret()) !== null);
    return composer;
  }

  close() {
    return this.page.close();
  }

  /** Where the element at a path is, in CSS pixels of the viewport. */
  rectOf(path) {
    return this.page.evaluate(
      `(() => {
        const element = (${DEEP})(${JSON.stringify(path)});
        if (!element) return null;
        const { x, y, width, height } = element.getBoundingClientRect();
        return width && height ? { x, y, width, height } : null;
      })()`,
    );
  }

  /** A real click in the middle of the element at a path, once it stands still. */
  async click(path) {
    let last = null;
    const still = async () => {
      const before = JSON.stringify(last);
      last = await this.rectOf(path);
      return last && JSON.stringify(last) === before;
    };
    await until(`${path.join(' >> ')} to stand still`, still);
    await this.page.mouse.click(last.x + last.width / 2, last.y + last.height / 2);
  }

  /** Types with real keys, character by character. */
  async type(text) {
    await this.page.keyboard.type(text);
    await until(`${this.name} to hold what was typed`, async () =>
      (await this.model())?.includes(text),
    );
  }

  /** Presses keys written as `Control+Shift+A`. */
  async press(keys) {
    const all = keys.split('+');
    const last = all.pop();
    for (const key of all) await this.page.keyboard.down(key);
    await this.page.keyboard.press(last);
    for (const key of all.reverse()) await this.page.keyboard.up(key);
    if (/Home|End|Arrow/.test(last)) await this.settle();
  }

  /** A frame and a task later: editors learn only then where a key or a click put the caret. */
  settle() {
    return this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
    );
  }

  /** What the editor's own model holds: what would be posted. */
  model() {
    return this.page.evaluate(`testbed.text(${JSON.stringify(this.name)})`);
  }

  /** What the page has posted so far. */
  async posted() {
    const all = await this.page.evaluate('testbed.posted');
    return all.map(({ text }) => text);
  }

  /** Presses the site's own button with the mouse. */
  pressButton() {
    return this.click(this.spec.button);
  }

  /** What is seen in the box. */
  seen() {
    return this.page.evaluate(`(${LINES})((${DEEP})(${JSON.stringify(this.spec.editor)})).text`);
  }

  /** Where the characters from `start` to `end` are drawn: one rectangle a line. */
  drawn(start, end) {
    return this.page.evaluate(
      `((start, end) => {
        const { pieces } = (${LINES})((${DEEP})(${JSON.stringify(this.spec.editor)}));
        const rects = [];
        for (const piece of pieces) {
          const from = Math.max(start, piece.start);
          const to = Math.min(end, piece.end);
          if (from >= to) continue;
          const range = document.createRange();
          range.setStart(piece.node, from - piece.start);
          range.setEnd(piece.node, to - piece.start);
          for (const { left, top, right, bottom } of range.getClientRects()) {
            if (right > left) rects.push({ left, top, right, bottom });
          }
        }
        return rects;
      })(${start}, ${end})`,
    );
  }

  /** The caret's place in the seen text, or null where nothing is focused there. */
  caret() {
    return this.page.evaluate(
      `(() => {
        const editor = (${DEEP})(${JSON.stringify(this.spec.editor)});
        const root = editor.getRootNode();
        if (!editor.contains(root.activeElement) && root.activeElement !== editor) return null;
        const selection = root.getSelection?.() ?? document.getSelection();
        const range = root !== document && selection.getComposedRanges
          ? selection.getComposedRanges({ shadowRoots: [root] })[0]
          : selection.rangeCount ? selection.getRangeAt(0) : null;
        if (!range || !editor.contains(range.endContainer)) return null;
        const { pieces } = (${LINES})(editor);
        const piece = pieces.find(({ node }) => node === range.endContainer);
        if (piece) return piece.start + range.endOffset;
        const before = pieces.filter(({ node }) => {
          const probe = document.createRange();
          probe.setStart(range.endContainer, range.endOffset);
          return probe.comparePoint(node, 0) < 0;
        });
        return before.length ? before.at(-1).end : 0;
      })()`,
    );
  }
}
