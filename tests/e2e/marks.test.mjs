// What is found is marked over exactly its own characters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { joined, Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { known } from './drafts.mjs';

const BOXES = ['x-home', 'x-dialog', 'facebook-post', 'facebook-comment', 'linkedin-share'];

/** The marks stand on the characters' own rectangles: within a pixel sideways, on their line. */
function compare(painted, expected) {
  assert.equal(painted.length, expected.length, 'places marked');
  painted.forEach((place, i) => {
    for (const side of ['left', 'right']) {
      const off = Math.abs(place[side] - expected[i][side]);
      assert.ok(off <= 1, `place ${i + 1}: ${side} is ${off.toFixed(2)} px off`);
    }
    assert.ok(
      place.top >= expected[i].top - 2 && place.bottom <= expected[i].bottom + 4,
      `place ${i + 1}: painted from ${place.top} to ${place.bottom}, its text from ${expected[i].top} to ${expected[i].bottom}`,
    );
  });
}

/** Waits until the marks stand where `words` are drawn now. */
async function marked(box, tacto, words) {
  let problem = new Error('no marks');
  const settle = async () => {
    try {
      const { marks } = await tacto.shown();
      const text = await box.seen();
      const drawn = [];
      let from = 0;
      for (const word of words) {
        const start = text.indexOf(word, from);
        assert.ok(start >= 0, `${word} is seen`);
        from = start + word.length;
        drawn.push(...(await box.drawn(start, from)));
      }
      compare(joined(marks.map(({ rect }) => rect)), joined(drawn));
      return true;
    } catch (error) {
      problem = error;
      return false;
    }
  };
  await until('marks', settle).catch(() => {
    throw problem;
  });
}

inEveryBrowser('Marks', {}, (world) => {
  for (const name of BOXES) {
    for (const draft of known) {
      test(`${name}: ${draft.name}`, () =>
        world.with(name, async (box) => {
          await box.type(draft.text);
          await marked(box, new Tacto(box.page, world.kind), draft.marked);
          assert.equal(await box.model(), draft.text, 'the draft is as it was typed');
          assert.deepEqual(box.errors, []);
        }));
    }
  }

  test('two findings on two lines', () =>
    world.with('linkedin-share', async (box) => {
      await box.page.keyboard.type('é Northmere Energy 🎉\nand 🙂 Dunmarrow Foods too');
      await marked(box, new Tacto(box.page, world.kind), ['Northmere Energy', 'Dunmarrow Foods']);
    }));

  test('a finding that the line breaks in two', () =>
    world.with('x-home', async (box) => {
      const filler = 'Palabras y más palabras hasta el final de la línea y así ';
      const tacto = new Tacto(box.page, world.kind);
      await box.type(`${filler}`.repeat(1));
      // Pushed a character at a time towards the edge, until the name is drawn on two lines.
      await box.type('Northmere Energy');
      const start = () => box.seen().then((text) => text.indexOf('Northmere'));
      for (let pushed = 0; pushed < 60; pushed += 1) {
        const at = await start();
        if (new Set((await box.drawn(at, at + 16)).map(({ top }) => top)).size > 1) break;
        await box.press('Home');
        await box.page.keyboard.type('o');
      }
      const at = await start();
      assert.equal(new Set((await box.drawn(at, at + 16)).map(({ top }) => top)).size, 2);
      await marked(box, tacto, ['Northmere Energy']);
    }));

  test('marks follow the text while it is typed before them, and go when it goes', () =>
    world.with('facebook-post', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type('Northmere Energy');
      await marked(box, tacto, ['Northmere Energy']);
      await box.press('Home');
      await box.page.keyboard.type('🎉 y ');
      await marked(box, tacto, ['Northmere Energy']);
      await box.press('End');
      for (let i = 0; i < 'Northmere Energy'.length; i += 1) await box.press('Backspace');
      await tacto.marks(0);
      assert.equal(await box.model(), '🎉 y ');
    }));

  test('marks follow when the box scrolls, and are not painted outside it', () =>
    world.with('linkedin-share', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.keyboard.type(`Northmere Energy${'\nuna línea más'.repeat(16)}`);
      // The caret is at the end: the name is scrolled away.
      await tacto.marks(0);
      await box.page.evaluate(
        "document.querySelector('#interop-outlet').shadowRoot.querySelector('.share-creation-state__text-editor').scrollTop = 0",
      );
      await marked(box, tacto, ['Northmere Energy']);
    }));

  test('marks follow when the window is resized', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type('é 🎉 Northmere Energy');
      await marked(box, tacto, ['Northmere Energy']);
      await box.page.setViewport({ width: 1000, height: 700 });
      await marked(box, tacto, ['Northmere Energy']);
    }));
});
