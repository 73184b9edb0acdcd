// The compose boxes of the test pages, driven as a person drives them: real keys, real clicks.
import { press } from './keys.mjs';
import { until } from './wait.mjs';

/**
 * One kind of compose box.
 * @property url where it is
 * @property open what to press until it is there, one after the other, if anything
 * @property editor the path to the editable: the selectors of a host with an open shadow root, then
 *   of the editable in it
 * @property button the path to the button that posts
 * @property next the path to the button that posts after that one, where there are two steps
 * @property key the key that posts, if it has one
 * @property model what the page calls it, where another box of the same page has its name
 * @property beside what is posted with it: the other boxes of the same composer, filled in before
 * @property frame part of the address of the frame that it is in
 * @property says what the page says of it: surface, audience, author
 */
export const composers = {
  'x-home': {
    url: 'https://x.com/home',
    editor: ['[data-testid="primaryColumn"] [data-testid="tweetTextarea_0"]'],
    button: ['[data-testid="tweetButtonInline"]'],
    key: 'Control+Enter',
    says: ['post', 'unknown', 'employee'],
  },
  'x-dialog': {
    url: 'https://x.com/home',
    open: [['[data-testid="SideNav_NewTweet_Button"]']],
    editor: ['[role="dialog"] [data-testid="tweetTextarea_0"]'],
    button: ['[data-testid="tweetButton"]'],
    key: 'Control+Enter',
    says: ['post', 'public', 'employee'],
  },
  'x-quote': {
    url: 'https://x.com/compose/post?url=https://x.com/marta/status/1',
    editor: ['[role="dialog"] [data-testid="tweetTextarea_0"]'],
    button: ['[data-testid="tweetButton"]'],
    key: 'Control+Enter',
    says: ['post', 'unknown', 'employee'],
  },
  'x-reply': {
    url: 'https://x.com/marta/status/1',
    editor: ['[data-testid="primaryColumn"] [data-testid="tweetTextarea_0"]'],
    button: ['[data-testid="tweetButtonInline"]'],
    key: 'Control+Enter',
    says: ['comment', 'unknown', 'employee'],
  },
  'x-reply-dialog': {
    url: 'https://x.com/compose/post?in_reply_to=1',
    editor: ['[role="dialog"] [data-testid="tweetTextarea_1"]'],
    button: ['[data-testid="tweetButton"]'],
    key: 'Control+Enter',
    says: ['comment', 'unknown', 'employee'],
  },
  'x-thread': {
    url: 'https://x.com/compose/post?thread',
    editor: ['[role="dialog"] [data-testid="tweetTextarea_1"]'],
    button: ['[data-testid="tweetButton"]'],
    key: 'Control+Enter',
    beside: ['One. 🧵'],
    says: ['post', 'unknown', 'employee'],
  },
  'x-scheduled': {
    url: 'https://x.com/compose/post?scheduled',
    editor: ['[role="dialog"] [data-testid="tweetTextarea_0"]'],
    button: ['[data-testid="tweetButton"]'],
    key: 'Control+Enter',
    says: ['post', 'unknown', 'employee'],
  },
  'x-poll': {
    url: 'https://x.com/compose/post?poll',
    editor: ['[name="Choice1"]'],
    button: ['[data-testid="tweetButton"]'],
    key: 'Control+Enter',
    beside: ['Which one?'],
    says: ['post', 'unknown', 'employee'],
  },
  'x-alt-text': {
    url: 'https://x.com/compose/post/media',
    editor: ['[data-testid="altTextInput"]'],
    button: ['[data-testid="endEditingButton"]'],
    key: null,
    says: ['post', 'unknown', 'employee'],
  },
  'x-article': {
    url: 'https://x.com/compose/articles/edit/1',
    editor: ['.article .public-DraftEditor-content'],
    button: ['.article .post'],
    key: null,
    says: ['article', 'unknown', 'employee'],
  },
  'x-article-title': {
    url: 'https://x.com/compose/articles/edit/1',
    editor: ['.article textarea'],
    button: ['.article .post'],
    key: null,
    says: ['article', 'unknown', 'employee'],
  },
  'x-message': {
    url: 'https://x.com/messages/1-2',
    editor: ['[data-testid="dmComposerTextInput"]'],
    button: ['[data-testid="dmComposerSendButton"]'],
    key: 'Enter',
    says: ['message', 'private', 'employee'],
  },
  'x-chat': {
    url: 'https://x.com/i/chat/1-2',
    editor: ['[data-testid="dm-composer-textarea"]'],
    button: ['[data-testid="dm-composer-send-button"]'],
    key: 'Enter',
    says: ['message', 'private', 'employee'],
  },
  'x-bio': {
    url: 'https://x.com/settings/profile',
    editor: ['[role="dialog"] textarea'],
    button: ['[data-testid="Profile_Save_Button"]'],
    key: null,
    says: ['profile', 'public', 'employee'],
  },
  'facebook-post': {
    url: 'https://www.facebook.com/',
    open: [['.launcher']],
    editor: ['[role="dialog"] [role="textbox"]'],
    button: ['[role="dialog"] [aria-label="Post"]'],
    key: 'Control+Enter',
    says: ['post', 'public', 'employee'],
  },
  'facebook-post-two-steps': {
    url: 'https://www.facebook.com/?two-steps',
    open: [['.launcher']],
    editor: ['[role="dialog"] [role="textbox"]'],
    button: ['[role="dialog"] [aria-label="Next"]'],
    next: ['[role="dialog"] [aria-label="Post"]'],
    key: 'Control+Enter',
    model: 'facebook-post',
    says: ['post', 'public', 'employee'],
  },
  'facebook-scheduled': {
    url: 'https://www.facebook.com/?scheduled',
    open: [['.launcher']],
    editor: ['[role="dialog"] [role="textbox"]'],
    button: ['[role="dialog"] [aria-label="Schedule"]'],
    key: 'Control+Enter',
    model: 'facebook-post',
    says: ['post', 'public', 'employee'],
  },
  'facebook-group-post': {
    url: 'https://www.facebook.com/groups/42/',
    open: [['.launcher']],
    editor: ['[role="dialog"] [role="textbox"]'],
    button: ['[role="dialog"] [aria-label="Post"]'],
    key: 'Control+Enter',
    model: 'facebook-post',
    says: ['post', 'group', 'employee'],
  },
  'facebook-page-post': {
    url: 'https://business.facebook.com/latest/composer',
    editor: ['[role="textbox"]'],
    button: ['.post'],
    key: null,
    says: ['post', 'unknown', 'corporate-account'],
  },
  'facebook-comment': {
    url: 'https://www.facebook.com/',
    editor: ['[aria-label="Comment as Ana Ruiz"]'],
    button: ['[aria-label="Comment"]'],
    key: 'Enter',
    says: ['comment', 'unknown', 'employee'],
  },
  'facebook-reply': {
    url: 'https://www.facebook.com/',
    open: [['.reply-link']],
    editor: ['[aria-label="Reply to Marta Gil"]'],
    button: ['[aria-label="Post comment"]'],
    key: 'Enter',
    says: ['comment', 'unknown', 'employee'],
  },
  'facebook-share': {
    url: 'https://www.facebook.com/',
    open: [['.share-link']],
    editor: ['[role="dialog"] [role="textbox"]'],
    button: ['[aria-label="Share now"]'],
    key: 'Control+Enter',
    says: ['post', 'unknown', 'employee'],
  },
  'facebook-message': {
    url: 'https://www.facebook.com/messages/t/1',
    editor: ['[aria-label="Message"]'],
    button: ['[aria-label="Press Enter to send"]'],
    key: 'Enter',
    says: ['message', 'private', 'employee'],
  },
  'facebook-bio': {
    url: 'https://www.facebook.com/ana.ruiz',
    editor: ['textarea'],
    button: ['[aria-label="Save"]'],
    key: null,
    says: ['profile', 'unknown', 'employee'],
  },
  'linkedin-share': {
    url: 'https://www.linkedin.com/feed/',
    open: [['#start-post']],
    editor: ['#interop-outlet', '.ql-editor'],
    button: ['#interop-outlet', '.share-actions__primary-action'],
    key: 'Control+Enter',
    says: ['post', 'public', 'employee'],
  },
  'linkedin-scheduled': {
    url: 'https://www.linkedin.com/feed/?scheduled',
    open: [['#start-post']],
    editor: ['#interop-outlet', '.ql-editor'],
    button: ['#interop-outlet', '.share-actions__scheduled-post-btn'],
    key: 'Control+Enter',
    model: 'linkedin-share',
    says: ['post', 'public', 'employee'],
  },
  'linkedin-share-frame': {
    url: 'https://www.linkedin.com/feed/?frame',
    frame: '/preload/sharebox/',
    editor: ['.ql-editor'],
    button: ['.share-actions__primary-action'],
    key: 'Control+Enter',
    model: 'linkedin-share',
    says: ['post', 'public', 'employee'],
  },
  'linkedin-share-company': {
    url: 'https://www.linkedin.com/company/42/admin/page-posts/published/?share=true',
    editor: ['#interop-outlet', '.ql-editor'],
    button: ['#interop-outlet', '.share-actions__primary-action'],
    key: 'Control+Enter',
    model: 'linkedin-share',
    says: ['post', 'public', 'corporate-account'],
  },
  'linkedin-comment': {
    url: 'https://www.linkedin.com/feed/',
    editor: ['.tiptap'],
    button: ['.comment-form [type="submit"]'],
    key: 'Control+Enter',
    says: ['comment', 'unknown', 'employee'],
  },
  'linkedin-post-comment': {
    url: 'https://www.linkedin.com/posts/marta-1',
    editor: ['.ql-editor'],
    button: ['.comments-comment-box button'],
    key: null,
    says: ['comment', 'unknown', 'employee'],
  },
  'linkedin-message': {
    url: 'https://www.linkedin.com/messaging/thread/1/',
    editor: ['.msg-form__contenteditable'],
    button: ['.msg-form__send-button'],
    key: 'Control+Enter',
    says: ['message', 'private', 'employee'],
  },
  'linkedin-message-enter': {
    url: 'https://www.linkedin.com/messaging/thread/1/?enter',
    editor: ['.msg-form__contenteditable'],
    button: null,
    key: 'Enter',
    says: ['message', 'private', 'employee'],
  },
  'linkedin-sales-message': {
    url: 'https://www.linkedin.com/sales/inbox/1',
    editor: ['[role="dialog"] textarea'],
    button: ['[role="dialog"] button'],
    key: null,
    says: ['message', 'private', 'employee'],
  },
  'linkedin-invitation': {
    url: 'https://www.linkedin.com/in/marta/',
    editor: ['#interop-outlet', 'textarea'],
    button: ['#interop-outlet', 'button'],
    key: null,
    says: ['message', 'private', 'employee'],
  },
  'linkedin-article': {
    url: 'https://www.linkedin.com/article/new/',
    editor: ['.tiptap'],
    button: ['main button'],
    key: null,
    says: ['article', 'unknown', 'employee'],
  },
  'linkedin-article-headline': {
    url: 'https://www.linkedin.com/article/new/',
    editor: ['textarea'],
    button: ['main button'],
    key: null,
    says: ['article', 'unknown', 'employee'],
  },
  'linkedin-headline': {
    url: 'https://www.linkedin.com/in/ana/edit/intro/',
    editor: ['[role="dialog"] input'],
    button: ['[role="dialog"] button'],
    key: null,
    says: ['profile', 'public', 'employee'],
  },
  'linkedin-about': {
    url: 'https://www.linkedin.com/in/ana/edit/forms/summary/new/',
    editor: ['#interop-outlet', 'textarea'],
    button: ['#interop-outlet', 'button'],
    key: null,
    says: ['profile', 'public', 'employee'],
  },
  'linkedin-poll': {
    url: 'https://www.linkedin.com/poll/',
    editor: ['#interop-outlet', 'textarea'],
    button: ['#interop-outlet', 'button'],
    key: null,
    says: ['post', 'unknown', 'employee'],
  },
};

/** One of each editor and way of posting: for tests that need not see every compose box. */
export const mainComposers = [
  'x-home',
  'x-dialog',
  'facebook-post',
  'facebook-comment',
  'linkedin-share',
  'linkedin-comment',
];

/** In the page: the element at the end of a path through open shadow roots. */
const DEEP = `(path) => path.reduce(
  (found, selector, i) => (i === 0 ? document : found?.shadowRoot)?.querySelector(selector), null)`;

/**
 * In the page: an editable's text as a reader sees it, with a way from an offset in it to the DOM.
 * Written apart from the extension's own reader, so that the two can disagree.
 */
const LINES = `(editor) => {
  if ('value' in editor) return { text: editor.value, pieces: [] };
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

/** In the page: where a stretch of a text field's first line is drawn, by the font's own measure. */
const IN_FIELD = `(field, start, end) => {
  const style = getComputedStyle(field);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = style.font;
  const width = (text) => pen.measureText(text).width;
  const { left, top, bottom } = field.getBoundingClientRect();
  const from = left + field.clientLeft + parseFloat(style.paddingLeft) - field.scrollLeft;
  const text = field.value;
  return { left: from + width(text.slice(0, start)), right: from + width(text.slice(0, end)), top, bottom };
}`;

/** A page with one compose box in it. */
export class Composer {
  #onError = (error) => this.errors.push(error.message);
  #onConsole = (message) => {
    if (message.type() === 'error') this.errors.push(message.text());
  };

  /** `name` is one of `composers`, or a description of another box. */
  constructor(session, page, name) {
    this.session = session;
    this.page = page;
    this.spec = composers[name] ?? name;
    this.name = this.spec.model ?? name;
    this.errors = [];
    /** Where it is: the page, or one of its frames. */
    this.where = page;
  }

  /**
   * Opens the page and the box, and puts the caret in it.
   * @param opening.query what follows the address
   * @param opening.prepare is given the page before it loads
   * @param opening.page a tab to open it in; without it, a new one
   */
  static async open(session, name, { query = '', prepare, page: tab } = {}) {
    const page = tab ?? (await session.browser.newPage());
    await prepare?.(page);
    const composer = new Composer(session, page, name);
    page.on('pageerror', composer.#onError);
    page.on('console', composer.#onConsole);
    await page.goto(composer.spec.url + query);
    const { frame, open = [], editor } = composer.spec;
    if (frame) {
      const found = () => page.frames().find((one) => one.url().includes(frame));
      composer.where = await until(`the frame of ${name}`, found);
    }
    for (const path of open) await composer.click(path);
    await until(`the box of ${name}`, () => composer.rectOf(editor));
    // As a person does who sees no caret: a page that is still setting itself up may drop a click.
    await until(`the caret in the box of ${name}`, async () => {
      await composer.click(editor);
      await composer.settle();
      return (await composer.caret()) !== null;
    });
    return composer;
  }

  close() {
    return this.page.close();
  }

  /** Gives the tab back for another page to be opened in it. */
  leave() {
    this.page.off('pageerror', this.#onError);
    this.page.off('console', this.#onConsole);
    return this.page;
  }

  /** Where the element at a path is, in CSS pixels of the viewport. */
  rectOf(path) {
    return this.where.evaluate(
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

  /** Types with real keys, character by character, faster than any person. */
  async type(text) {
    await press(this.page, this.session.kind, [...text]);
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
    return this.where.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
    );
  }

  /** What the editor's own model holds: what would be posted. */
  model() {
    return this.where.evaluate(`testbed.text(${JSON.stringify(this.name)})`);
  }

  /** What the page has posted so far. */
  async posted() {
    const all = await this.where.evaluate('testbed.posted');
    return all.map(({ text }) => text);
  }

  /** Presses the site's own button with the mouse. */
  pressButton() {
    return this.click(this.spec.button);
  }

  /** As a script of the page clicks it, or a tool that works by script. */
  clickByScript(path = this.spec.button) {
    return this.where.evaluate(`(${DEEP})(${JSON.stringify(path)}).click()`);
  }

  /** Runs a function of the page with the element at a path. */
  at(path, use, argument = null) {
    return this.where.evaluate(
      `(${use})((${DEEP})(${JSON.stringify(path)}), ${JSON.stringify(argument)})`,
    );
  }

  /** What is seen in the box. */
  seen() {
    return this.where.evaluate(`(${LINES})((${DEEP})(${JSON.stringify(this.spec.editor)})).text`);
  }

  /** Where the characters from `start` to `end` are drawn: one rectangle a line. */
  drawn(start, end) {
    return this.where.evaluate(
      `((start, end) => {
        const editor = (${DEEP})(${JSON.stringify(this.spec.editor)});
        if ('value' in editor) return [(${IN_FIELD})(editor, start, end)];
        const { pieces } = (${LINES})(editor);
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
    return this.where.evaluate(
      `(() => {
        const editor = (${DEEP})(${JSON.stringify(this.spec.editor)});
        const root = editor.getRootNode();
        if (!editor.contains(root.activeElement) && root.activeElement !== editor) return null;
        if ('value' in editor) return editor.selectionEnd;
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
