// One click puts a safer wording in, through the editor's own input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { fixable } from './drafts.mjs';

/** One of each kind; `editors.test.mjs` tries every kind of edit, and its undo, in every engine. */
const BOXES = ['x-home', 'facebook-comment', 'linkedin-share'];
const AFTER = fixable.text.replace(fixable.wrong, fixable.right);

inEveryBrowser('A replacement', {}, (world) => {
  for (const name of BOXES) {
    test(`${name}: typing goes on after it, and what is posted is what is seen`, () =>
      world.with(name, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(fixable.text);
        const [mark] = await tacto.marks(1);
        await tacto.press(await tacto.openCard(mark), 'card.replace');
        await until('the replacement', async () => (await box.model()) === AFTER);
        const caret = AFTER.indexOf(fixable.right) + fixable.right.length;
        await until('the caret after it', async () => (await box.caret()) === caret);
        await box.settle();
        await box.page.keyboard.type('Z');
        const typed = `${AFTER.slice(0, caret)}Z${AFTER.slice(caret)}`;
        await until('the letter', async () => (await box.model()) === typed);
        assert.equal(await box.seen(), typed);
        await box.pressButton();
        await until('the post', async () => (await box.posted()).length > 0);
        assert.deepEqual(await box.posted(), [typed]);
        assert.deepEqual(box.errors, []);
      }));
  }
});
