// The test pages themselves, without Tacto: what is shown with it is worth nothing if the editors
// do not behave by themselves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composers, mainComposers } from '../harness/composers.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { until } from '../harness/wait.mjs';

const TEXT = 'Niño 🎉 café #Tag done';

inEveryBrowser('The pages without Tacto', { extension: null }, (world) => {
  for (const name of mainComposers) {
    const { key } = composers[name];
    test(`${name} posts what was typed, by button${key ? ' and by key' : ''}`, () =>
      world.with(name, async (box) => {
        await box.type(TEXT);
        assert.equal(await box.model(), TEXT);
        assert.equal(await box.seen(), TEXT);
        assert.equal(await box.caret(), TEXT.length);
        await box.pressButton();
        await until('the post', async () => (await box.posted()).length === 1);
        assert.equal((await box.posted())[0], TEXT);
        assert.deepEqual(box.errors, []);
      }));
    if (key) {
      test(`${name} posts on ${key}`, () =>
        world.with(name, async (box) => {
          await box.type(TEXT);
          await box.press(key);
          await until('the post', async () => (await box.posted()).length === 1);
          assert.deepEqual(await box.posted(), [TEXT]);
        }));
    }
  }

  test('a place in the text is found where it is drawn', () =>
    world.with('x-home', async (box) => {
      await box.type('🎉 é one two');
      const whole = await box.drawn(0, 12);
      const part = await box.drawn(9, 12);
      assert.equal(part.length, 1);
      assert.ok(part[0].left > whole[0].left && part[0].right <= whole[0].right + 0.5);
    }));
});
