// A draft that the guide has nothing to say about is posted at once and unchanged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composers, mainComposers } from '../harness/composers.mjs';
import { isPosted } from '../harness/posting.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { clean } from './drafts.mjs';

inEveryBrowser('A clean draft', {}, (world) => {
  for (const name of mainComposers) {
    const { key } = composers[name];
    for (const how of ['the button', key].filter(Boolean)) {
      test(`${name}: ${how} posts it at once, unchanged, with nothing shown`, () =>
        world.with(name, async (box) => {
          await box.type(clean);
          await (how === 'the button' ? box.pressButton() : box.press(how));
          await until('the post', isPosted(box));
          assert.deepEqual(await box.posted(), [clean]);
          const { marks, card, gate } = await new Tacto(box.page, world.kind).shown();
          assert.deepEqual({ marks, card, gate }, { marks: [], card: null, gate: null });
          assert.deepEqual(box.errors, []);
        }));
    }
  }

  test('several lines are posted as they were typed', () =>
    world.with('linkedin-share', async (box) => {
      const text = 'One 🙂\n\nTwo: año\nThree';
      await box.page.keyboard.type(text);
      await until('the text', async () => (await box.model()) === text);
      await box.pressButton();
      await until('the post', isPosted(box));
      assert.deepEqual(await box.posted(), [text]);
    }));
});
