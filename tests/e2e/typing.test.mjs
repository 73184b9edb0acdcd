// Two thousand edits made at random, some of them by Tacto through its card: after every step the
// editor's own model, what is seen and what Tacto's reader reads are the same text; and the same
// steps in a browser without Tacto give the same text, step for step.
//
// What would make two runs differ by themselves is taken out: editors join edits into one undo step
// by the clock, so the page's clock stands still within a step and jumps between two; the browser's
// own undo joins them by what happens meanwhile, so there the caret is moved between two steps; and
// Draft.js and Lexical learn of a moved caret in a task of its own, which no person can outrun, so a
// step that moves the caret ends there. Where undo leaves the caret differs with who selected the
// word before, so that is not compared, and the caret is moved on after it. An
// ordinary run is always the same one; TACTO_SEED makes another (`random` for one nobody has seen).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launch } from '../harness/browsers.mjs';
import { press } from '../harness/keys.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { unitScript } from '../harness/unit.mjs';
import { until } from '../harness/wait.mjs';

const EDITS = Number(process.env.TACTO_EDITS ?? 2000);
const { TACTO_SEED = '20261124' } = process.env;
const SEED = TACTO_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(TACTO_SEED);
const REPLACEMENTS = 5;

const WRONG = 'WattFlow';
const RIGHT = 'VatiaFlow';

const POST = [
  [
    'Hello ',
    { mention: '@Ana Ruiz' },
    ' and ',
    { emoji: '🙂' },
    ' see ',
    { tag: '#Niños' },
    ' now',
  ],
  [],
  ['second line'],
];

/** Each engine: where it is, the path to its box, what the page calls its model, what is in it. */
const BOXES = {
  draftjs: { url: 'https://x.com/lab?editor=draftjs', content: POST },
  lexical: { url: 'https://x.com/lab?editor=lexical', content: POST },
  quill: {
    url: 'https://www.linkedin.com/feed/',
    open: '#start-post',
    box: `document.querySelector('#interop-outlet').shadowRoot.querySelector('.ql-editor')`,
    model: 'linkedin-share',
  },
  prosemirror: { url: 'https://x.com/lab?editor=prosemirror', content: POST },
  plain: { url: 'https://x.com/lab?editor=plain', content: POST, ownUndo: false },
  textarea: { url: 'https://x.com/lab?editor=textarea', content: POST, ownUndo: false },
};

/** mulberry32: small, seeded, good enough to wander. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LETTERS = [...'abcdefgh eimnost  .,-ñé#@🙂'];

const isUndo = (step) => /Control\+(Shift\+)?z/.test(step[0]);

/** The steps of a run: keys, and now and then a replacement. An edit is a key, or a replacement. */
function stepsOf(seed, ownUndo) {
  const next = random(seed);
  const below = (end) => Math.floor(next() * end);
  const times = (most, key) => Array(1 + below(most)).fill(key);
  const steps = [];
  const kinds = [
    [34, () => Array.from({ length: 1 + below(9) }, () => LETTERS[below(LETTERS.length)])],
    [8, () => times(4, 'Backspace')],
    [4, () => times(3, 'Delete')],
    [5, () => ['Enter']],
    [2, () => ['Shift+Enter']],
    [10, () => times(9, below(2) ? 'ArrowLeft' : 'ArrowRight')],
    [5, () => [['Home', 'End', 'Control+Home', 'Control+End'][below(4)]]],
    [8, () => times(7, below(2) ? 'Shift+ArrowLeft' : 'Shift+ArrowRight')],
    [2, () => ['Control+a']],
    [4, () => ['Control+c']],
    [2, () => ['Control+x']],
    [4, () => ['Control+v']],
    [8, () => ['Control+z']],
    [5, () => ['Control+Shift+z']],
  ];
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  let edits = 0;
  let replacements = 0;
  while (edits < EDITS) {
    if (edits >= ((replacements + 0.5) * EDITS) / REPLACEMENTS) {
      replacements += 1;
      edits += 1;
      steps.push('replace');
      continue;
    }
    let at = below(total);
    const kind = kinds.find(([weight]) => {
      at -= weight;
      return at < 0;
    });
    const step = kind[1]();
    edits += step.length;
    steps.push(step);
    if (!ownUndo && /^(.|Backspace|Delete|Enter)$/u.test(step[0]))
      steps.push(['ArrowLeft', 'ArrowRight']);
    // Now and then everything goes, or pasting alone would fill the page.
    if (step[0] === 'Control+a' && below(2)) steps.push(['Backspace']);
    if (isUndo(step)) steps.push([below(2) ? 'Control+End' : 'Control+Home']);
  }
  return steps;
}

/** In the page, before anything else of it runs: a clock that is set by hand. */
const CLOCK = () => {
  let now = Date.now();
  Date.now = () => now;
  globalThis.later = (ms) => {
    now += ms;
  };
};

/** In the page: sets up what is asked after every step. */
const PREPARE = `(box, model) => {
  const tick = () => new Promise((done) => setTimeout(done));
  // Characters alone, lines left aside: read apart from the extension's reader.
  const seen = () => {
    if ('value' in box) return box.value;
    let text = '';
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      text += node.localName === 'img' ? node.alt : node.nodeType === Node.TEXT_NODE ? node.data : '';
    return text;
  };
  const editor = unit.editorOf(box);
  globalThis.run = {
    box,
    editor,
    /** Lets the editor hear of everything, then tells; the next step is five seconds later. */
    async step() {
      await tick();
      await tick();
      // ProseMirror takes a paste that it cannot read in a box of its own, and then comes back.
      while (box.getRootNode().activeElement !== box) await tick();
      later(5000);
      const reading = editor.read(box);
      return { model: testbed.text(model), read: reading.text, seen: seen(), caret: reading.selection() };
    },
    /** Where the last characters are drawn. */
    end(count) {
      const snapshot = editor.read(box);
      const rects = snapshot.measure(document.body)(
        snapshot.text.length - count,
        snapshot.text.length,
      );
      return rects.map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
    },
  };
}`;

const spaces = (text) => text.replaceAll('\u00a0', ' ');
const letters = (text) => text.replace(/[\n\u00a0\u200b\ufeff ]/g, '');

class Run {
  constructor(page, kind) {
    this.page = page;
    this.kind = kind;
    this.errors = [];
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  static async open(session, script, { url, open, content, box, model = 'lab' }) {
    const page = await session.browser.newPage();
    const run = new this(page, session.kind);
    await page.evaluateOnNewDocument(CLOCK);
    await page.goto(url);
    if (open) await page.click(open);
    await page.evaluate(script);
    const find = box ?? `document.querySelector('[contenteditable="true"], textarea')`;
    await until('the box', () => page.evaluate(`Boolean(${find})`));
    await page.evaluate(`(${PREPARE})(${find}, ${JSON.stringify(model)})`);
    if (content) await page.evaluate((lines) => lab.load(lines), content);
    await page.evaluate(() => run.box.focus());
    // The clipboard holds the same in both browsers from the start.
    for (const keys of [['Control+End'], Array(4).fill('Shift+ArrowLeft'), ['Control+c']]) {
      await run.press(keys);
      await page.evaluate(() => run.step());
    }
    return run;
  }

  press(keys) {
    return press(this.page, this.kind, keys);
  }

  /** The three texts after a step; they must be one. */
  async check(what) {
    const { model, read, seen, caret } = await this.page.evaluate(() => run.step());
    assert.equal(read, spaces(model), `${what}: what is read is what the editor holds`);
    assert.equal(letters(seen), letters(model), `${what}: what is seen is what the editor holds`);
    return { model, caret };
  }

  async do(step, what) {
    if (step === 'replace') {
      await this.press(['Control+End']);
      await this.check(`${what}, the end`);
      await this.press([' ', ...WRONG]);
      await this.check(`${what}, the word`);
      await this.replace(what);
      await this.check(`${what}, replaced`);
      await this.press(['Control+Home']);
    } else {
      await this.press(step);
    }
    const { model, caret } = await this.check(what);
    return isUndo(step) ? model : `${model} (caret ${caret?.start} to ${caret?.end})`;
  }
}

/** With Tacto: its card at the caret, its button. */
class WithTacto extends Run {
  async replace(what) {
    const tacto = new Tacto(this.page, this.kind);
    const [drawn] = await this.page.evaluate((count) => run.end(count), WRONG.length);
    await until(`${what}: a mark on the word`, async () =>
      (await tacto.shown()).marks.some(
        ({ rect }) =>
          Math.abs(rect.left - drawn.left) < 1.5 &&
          Math.abs(rect.right - drawn.right) < 1.5 &&
          Math.abs(rect.top - drawn.top) < 4,
      ),
    );
    await this.press(['F8']);
    let card = await tacto.card();
    await until(`${what}: the card to stand still`, async () => {
      const last = JSON.stringify(card.rect);
      card = await tacto.card();
      return JSON.stringify(card.rect) === last;
    });
    await tacto.press(card, 'card.replace');
    await until(`${what}: the replacement`, async () => {
      const text = await this.page.evaluate(() => run.editor.read(run.box).text);
      return text.endsWith(RIGHT);
    });
    await until(`${what}: the card to close`, async () => (await tacto.shown()).card === null);
    await this.page.mouse.move(2, 2);
  }
}

/** Without: the word chosen by keys, and the browser's own command in its place. */
class WithoutTacto extends Run {
  async replace() {
    await this.press(Array(WRONG.length).fill('Shift+ArrowLeft'));
    await this.page.evaluate(() => run.step());
    await this.page.evaluate((word) => document.execCommand('insertText', false, word), RIGHT);
  }
}

const script = await unitScript();

inEveryBrowser(`${EDITS} random edits, seed ${SEED}`, {}, (world) => {
  let without = null;
  after(() => without?.close());

  for (const [name, spec] of Object.entries(BOXES)) {
    test(`${name}: model, page and reading are one text, and the same without Tacto`, async () => {
      without ??= await launch(world.kind, { server: world.server, extension: null });
      const steps = stepsOf(SEED + name.length, spec.ownUndo ?? true);
      const go = async (Kind, session) => {
        const run = await Kind.open(session, script, spec);
        const texts = [];
        for (const [i, step] of steps.entries()) {
          const what = `step ${i} (${step === 'replace' ? step : step.join(' ')})`;
          texts.push(await run.do(step, what));
        }
        assert.deepEqual(run.errors, []);
        await run.page.close();
        return texts;
      };
      const [mine, theirs] = await Promise.all([
        go(WithTacto, world.session),
        go(WithoutTacto, without),
      ]);
      for (const [i, step] of steps.entries()) {
        assert.equal(
          mine[i],
          theirs[i],
          `step ${i} of ${steps.length} (${step}), with and without`,
        );
      }
    });
  }

  // The browser's own undo: what we draw and take away must not cut its steps smaller.
  for (const name of ['plain', 'textarea', 'input']) {
    test(`${name}: at a person's pace, with marks that come and go, undo goes back as without Tacto`, async () => {
      without ??= await launch(world.kind, { server: world.server, extension: null });
      const go = async (session) => {
        const page = await session.browser.newPage();
        await page.goto(`https://x.com/lab?editor=${name}`);
        await page.click('[contenteditable="true"], textarea, input');
        const tacto = session === without ? null : new Tacto(page, world.kind);
        for (const [text, count] of [
          [`see ${WRONG}`, 1],
          ['x', 0],
          [` and ${WRONG}`, 1],
          [' too', 1],
        ]) {
          await press(page, world.kind, [...text]);
          await tacto?.marks(count);
        }
        const after = [];
        for (let i = 0; i < 3; i += 1) {
          await press(page, world.kind, ['Control+z']);
          after.push(await page.evaluate(() => lab.text()));
        }
        await page.close();
        return after;
      };
      assert.deepEqual(await go(world.session), await go(without));
    });
  }
});
