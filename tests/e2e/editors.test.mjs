// What is read of each engine's page, and every kind of replacement in it: taken whole and undone
// whole, or refused with nothing written. On bare editors (pages/lab.js), with the extension's own
// reader and writer; fix.test.mjs and typing.test.mjs go through the card.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { unitScript } from '../harness/unit.mjs';
import { until } from '../harness/wait.mjs';

const mention = { mention: '@Ana Ruiz' };
const emoji = { emoji: '🙂' };
const tag = { tag: '#WattFlow' };
const soft = { soft: true };
const item = { item: true };

const POST = [
  ['Hello ', mention, ' and ', emoji, ' see ', tag, ' now'],
  [],
  ['second line'],
  ['third ', emoji, emoji, ' end'],
];
const BROKEN = [['one', soft, 'two', soft, soft, 'three']];
const LIST = [['intro'], [item, 'alpha'], [item, 'beta'], ['outro']];
const EVERYTHING = 'Hello @Ana Ruiz and 🙂 see #WattFlow now\n\nsecond line\nthird 🙂🙂 end';

/** [what, content, the words (null: at the end), what is put in their place] */
const EDITS = [
  ['a word in a line', POST, 'second', 'first'],
  ['a whole #tag in its span', POST, '#WattFlow', '#VatiaFlow'],
  ['a word inside a span', POST, 'WattFlow', 'VatiaFlow'],
  ['from before a span to behind it', POST, 'see #WattFlow now', 'look #VatiaFlow here'],
  ['over an emoji', POST, 'and 🙂 see', 'with'],
  ['from an emoji on', POST, '🙂 see', 'x see'],
  ['over a mention', POST, 'Hello @Ana Ruiz and', 'Hi'],
  ['a mention alone', POST, '@Ana Ruiz', 'Ana'],
  ['the last word of a line', POST, 'line', 'row'],
  ['the first word of a line', POST, 'third', '3rd'],
  ['over two lines', POST, 'line\nthird', 'and'],
  ['over an empty line', POST, 'now\n\nsecond', 'then'],
  ['a word, by two lines', POST, 'second', 'one\ntwo'],
  ['a word, by lines with an empty one', POST, 'second', 'one\n\ntwo'],
  ['everything', POST, EVERYTHING, 'All new'],
  ['a word, by nothing', POST, 'second ', ''],
  ['at the end', POST, null, ' #ad'],
  ['after an emoji at the end', [['Hello ', emoji]], null, ' #ad'],
  ['after a mention at the end', [['Hello ', mention]], null, ' #ad'],
  ['after a #tag at the end', [['Hello ', tag]], null, ' #ad'],
  ['in an empty last line', [['Hello'], []], null, '#ad'],
  ['in an empty box', [], null, 'Hi'],
  ['a word between soft breaks', BROKEN, 'two', '2'],
  ['over a soft break', BROKEN, 'one\ntwo', '12'],
  ['after a soft break', BROKEN, null, ' x'],
  ['a word in a list', LIST, 'beta', 'gamma'],
  ['over two lines of a list', LIST, 'alpha\nbeta', 'gamma'],
  [
    'after joined and wide characters',
    [['a 👩‍👩‍👧‍👦 b\u00a0 c WattFlow d']],
    'WattFlow',
    'VatiaFlow',
  ],
  ['part of a mention', POST, 'Ruiz', 'R'],
];

const LINES = ['a word, by two lines', 'a word, by lines with an empty one'];

/** What an engine spoils in one browser or the other is not tried: the clipboard gets the words. */
const REFUSED = {
  draftjs: [],
  lexical: [...LINES, 'over a soft break'],
  quill: [...LINES, 'from an emoji on', 'a mention alone', 'part of a mention'],
  prosemirror: [LINES[1], 'over two lines of a list', 'part of a mention'],
  plain: ['part of a mention'],
  textarea: [],
  input: LINES,
};

/** Lexical keeps a mention whole in its own way, which nobody can see from outside. */
const SPOILT = { lexical: ['part of a mention'] };

const script = await unitScript();

inEveryBrowser('A bare editor', { extension: null }, (world) => {
  for (const [name, refused] of Object.entries(REFUSED)) {
    let page;
    const errors = [];
    before(async () => {
      page = await world.session.browser.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`https://x.com/lab?editor=${name}`);
      await page.evaluate(script);
    });

    const undo = async () => {
      await page.keyboard.down('Control');
      await page.keyboard.press('z');
      await page.keyboard.up('Control');
    };

    for (const [what, content, words, value] of EDITS) {
      // A single line has no lines; scripts that set its value end the browser's undo.
      if (name === 'input' && words?.includes('\n')) continue;
      test(`${name}: ${what}`, async () => {
        await page.bringToFront();
        const tried = await page.evaluate(
          async (lines, wrong, right) => {
            const box = document.querySelector('[contenteditable="true"], textarea, input');
            box.focus();
            lab.load(lines);
            // Editors learn of a new content's selection in a task of their own.
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            const editor = unit.editorOf(box);
            const { text } = editor.read(box);
            // A space that does not break is a space to a reader.
            const held = () => lab.text().replaceAll('\u00a0', ' ');
            const model = held();
            const start = wrong === null ? text.length : text.indexOf(wrong);
            const end = wrong === null ? start : start + wrong.length;
            const { kind } = await unit.replace(editor, box, text, start, end, right);
            const now = editor.read(box);
            return {
              engine: editor.name,
              text,
              model,
              kind,
              wanted: text.slice(0, start) + right + text.slice(end),
              caret: start + right.length,
              now: { text: now.text, model: held(), selection: now.selection() },
            };
          },
          content,
          words,
          value,
        );
        assert.equal(tried.engine, name.replace(/textarea|input/, 'textfield'));
        assert.equal(tried.text, tried.model, 'what is read is what the editor holds');
        if (SPOILT[name]?.includes(what)) {
          assert.equal(tried.kind, 'spoilt');
        } else if (refused.includes(what)) {
          assert.equal(tried.kind, 'refused');
          assert.equal(tried.now.model, tried.model, 'nothing was written');
          assert.equal(tried.now.text, tried.text);
          return;
        } else {
          assert.equal(tried.kind, 'done');
          assert.equal(tried.now.text, tried.wanted);
          assert.equal(tried.now.model, tried.wanted);
          const { caret } = tried;
          assert.deepEqual(tried.now.selection, { start: caret, end: caret });
        }
        await undo();
        const back = () => page.evaluate(() => lab.text().replaceAll('\u00a0', ' '));
        await until('one undo to take it back', async () => (await back()) === tried.model);
        assert.deepEqual(errors.splice(0), []);
      });
    }

    // The others go by the clock (README.md, "Rules of the house"); Draft.js by where the caret was.
    if (name !== 'draftjs') continue;
    for (const [what, typed, wrong, right] of [
      ['at the end', 'I like it', '', ' #ad'],
      ['of the last word', 'I like WattFlow', 'WattFlow', 'VatiaFlow'],
      ['of a word before', 'WattFlow it is', 'WattFlow', 'VatiaFlow'],
    ]) {
      test(`${name}: typed, replaced ${what} at once, typed on: three steps of undo`, async () => {
        await page.bringToFront();
        await page.evaluate(() => {
          document.querySelector('[contenteditable="true"]').focus();
          lab.load([]);
        });
        const text = () => page.evaluate(() => lab.text());
        const comes = (wanted) => until(wanted, async () => (await text()) === wanted);
        await page.keyboard.type(typed);
        await comes(typed);
        await page.evaluate(
          async (wrong, right) => {
            const box = document.querySelector('[contenteditable="true"]');
            const editor = unit.editorOf(box);
            const { text } = editor.read(box);
            const start = wrong === '' ? text.length : text.indexOf(wrong);
            await unit.replace(editor, box, text, start, start + wrong.length, right);
          },
          wrong,
          right,
        );
        const replaced = wrong === '' ? typed + right : typed.replace(wrong, right);
        await comes(replaced);
        await page.keyboard.type('!!');
        const caret = (wrong === '' ? typed.length : typed.indexOf(wrong)) + right.length;
        await comes(`${replaced.slice(0, caret)}!!${replaced.slice(caret)}`);
        await undo();
        await comes(replaced);
        await undo();
        await comes(typed);
        assert.deepEqual(errors.splice(0), []);
      });
    }
  }
});
