// The table of composers: every compose box of the three sites, and what is true of each, with real
// keys and clicks. It is printed at the end, and tests/README.md keeps it: `./build.sh table` writes
// it there, and a run that has seen anything else than it says fails.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../harness/browsers.mjs';
import { composers } from '../harness/composers.mjs';
import { contextIn, PROBE, probing, STOP } from '../harness/probe.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { joined, Tacto } from '../harness/tacto.mjs';
import { toolbar } from '../harness/toolbar.mjs';
import { until } from '../harness/wait.mjs';

const WRONG = 'WattFlow';
const RIGHT = 'VatiaFlow';
const FIRST = `Ñ 📌 ${WRONG}`;
const ALL = `${FIRST} ${STOP} ${PROBE}`;

/** The pages' editors join edits of the same 300 ms into one undo step. */
const UNDO_PAUSE_MS = 350;

/** The columns. */
const CELLS = [
  'found',
  'read',
  'marked',
  'held by button',
  'held by keys',
  'scripted click held',
  'replaced',
  'undone',
  'audience read',
];

const NO_KEY = 'no key posts from this box';
const NO_BUTTON = 'there is no button: Enter sends';

/** Why a cell cannot be true, or null. */
function notApplicable({ button, key }, cell) {
  if (cell === 'held by keys' && !key) return NO_KEY;
  if (/by button|click/.test(cell) && !button) return NO_BUTTON;
  return null;
}

const README = join(root, 'tests/README.md');
const MARKS = /(?<=<!-- composers -->\n)[\s\S]*(?=<!-- \/composers -->)/;

/** The table in Markdown, of what was seen. */
function table(seen) {
  const notes = [NO_KEY, NO_BUTTON];
  const rows = Object.entries(composers).map(([name, spec]) => {
    const [surface, audience, author] = spec.says;
    const cells = CELLS.map((cell) => {
      const why = notApplicable(spec, cell);
      if (why) return `(${notes.indexOf(why) + 1})`;
      return seen[name]?.has(cell) ? '✔' : '✘';
    });
    return [name, ...cells, [surface, audience, author].join(', ')];
  });
  const head = ['composer', ...CELLS, 'read as'];
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return `\n${lines.join('\n')}\n\n${notes.map((note, i) => `(${i + 1}) ${note}.`).join(' ')}\n\n`;
}

/** Whether the painted places stand on the characters: a pixel sideways, on their line. */
function stands(painted, drawn) {
  return (
    painted.length === drawn.length &&
    painted.every(
      (place, i) =>
        Math.abs(place.left - drawn[i].left) <= 1 &&
        Math.abs(place.right - drawn[i].right) <= 1 &&
        place.top >= drawn[i].top - 2 &&
        place.bottom <= drawn[i].bottom + 4,
    )
  );
}

const copies = [];
after(() => Promise.all(copies.map(({ remove }) => remove())));

async function withProbe(kind) {
  const copy = await probing(kind);
  copies.push(copy);
  return { extension: copy.extension };
}

inEveryBrowser('The table of composers', withProbe, (world) => {
  const seen = {};
  let bar = null;

  for (const [name, spec] of Object.entries(composers)) {
    test(name, () =>
      world.with(name, async (box) => {
        bar ??= await toolbar(world.session).then(async (opened) => {
          await box.page.bringToFront();
          return opened;
        });
        const tacto = new Tacto(box.page, world.kind, box.where);
        seen[name] = new Set();
        const isTrue = (cell) => seen[name].add(cell);
        const posted = [...(spec.beside ?? []), ALL];

        await box.type(FIRST);
        const typed = performance.now();
        const [mark] = await tacto.marks(1);
        await bar.says('the toolbar to say that it is checked', ({ badge, title }) => {
          return badge === '' && /is checked|are checked/i.test(title);
        });
        isTrue('found');

        const at = FIRST.indexOf(WRONG);
        const drawn = joined(await box.drawn(at, at + WRONG.length));
        await until('the mark to stand on its word', async () => {
          const { marks } = await tacto.shown();
          return stands(joined(marks.map(({ rect }) => rect)), drawn);
        });
        isTrue('marked');

        const card = await tacto.openCard(mark);
        await until('another undo step', () => performance.now() - typed > UNDO_PAUSE_MS);
        await tacto.press(card, 'card.replace');
        const replaced = FIRST.replace(WRONG, RIGHT);
        await until('the replacement', async () => (await box.model()) === replaced);
        assert.equal(await box.seen(), replaced);
        isTrue('replaced');

        await tacto.marks(0);
        await box.press('Control+z');
        await until('the undo', async () => (await box.model()) === FIRST);
        assert.equal(await box.seen(), FIRST);
        isTrue('undone');

        await box.press('Control+End');
        await box.page.keyboard.type(ALL.slice(FIRST.length));
        await until('all of it', async () => (await box.model()) === ALL);

        const held = async (press, answer) => {
          await press();
          const gate = await tacto.gate();
          assert.deepEqual(await box.posted(), [], 'nothing is posted while it is held');
          await tacto.press(gate, answer);
          await tacto.noGate();
          return gate;
        };
        const byButton = (answer) => held(() => box.pressButton(), answer);
        const byKeys = (answer) => held(() => box.press(spec.key), answer);

        const gate = await (spec.button ? byButton : byKeys)('gate.back');
        if (spec.button) isTrue('held by button');
        assert.equal(await box.model(), ALL, 'the draft is as it was');
        const quoted = [WRONG, STOP, ...PROBE.split(' ')];
        for (const words of quoted) assert.ok(gate.text.includes(words), `${words} in the dialog`);
        isTrue('read');
        const [surface, audience, author] = spec.says;
        assert.deepEqual(contextIn(gate.text), { surface, audience, author });
        isTrue('audience read');

        if (spec.button) {
          await held(() => box.clickByScript(), 'gate.back');
          isTrue('scripted click held');
        }
        if (spec.key && spec.next) await byKeys('gate.back');
        await (spec.key && !spec.next ? byKeys : byButton)('gate.post');
        if (spec.key) isTrue('held by keys');
        if (spec.next) await box.click(spec.next);
        await until('the post', async () => (await box.posted()).length >= posted.length);
        assert.deepEqual(await box.posted(), posted);
        assert.deepEqual(box.errors, []);
      }),
    );
  }

  test('tests/README.md says what was seen', async () => {
    const now = table(seen);
    console.log(`${world.kind}:\n${now}`);
    assert.doesNotMatch(now, /✘/);
    const text = await readFile(README, 'utf8');
    if (process.env.TACTO_TABLE === 'write')
      await writeFile(
        README,
        text.replace(MARKS, () => now),
      );
    else assert.equal(text.match(MARKS)?.[0], now, 'type ./build.sh table');
  });
});
