// Whatever of ours fails, the post goes out as if we were not there, and the toolbar says so.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { damaged, filesOf } from '../harness/damage.mjs';
import { goesOut, isPosted } from '../harness/posting.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { toolbar } from '../harness/toolbar.mjs';
import { until } from '../harness/wait.mjs';
import { clean, stop } from './drafts.mjs';

const WAYS = [
  ['x-home', 'Control+Enter', (box) => box.press('Control+Enter')],
  ['x-home', 'the button', (box) => box.pressButton()],
  ['facebook-comment', 'Enter', (box) => box.press('Enter')],
  ['linkedin-share', 'the button', (box) => box.pressButton()],
];

const DEAD = 'a background that dies at once';

const DAMAGES = {
  'a wasm that does not compile': async (copy) => {
    for (const file of await filesOf(copy, '.wasm')) await writeFile(file, 'no wasm at all');
  },
  'a guide that does not load': async (copy) => {
    await writeFile(join(copy, 'guide.json'), '{"no": "guide"}');
  },
  [DEAD]: async (copy) => {
    await writeFile(join(copy, 'background.js'), 'throw new Error("dead");');
  },
};

for (const [what, damage] of Object.entries(DAMAGES)) {
  const options = async (kind) => ({ extension: await damaged(kind, damage) });
  inEveryBrowser(`With ${what}`, options, (world) => {
    for (const [name, way, submit] of WAYS) {
      test(`${name}: ${way} posts, once`, () =>
        world.with(name, async (box) => {
          await box.type(stop.text);
          await goesOut(box, () => submit(box), stop.text);
          assert.equal((await new Tacto(box.page, world.kind).shown()).gate, null);
        }));
    }

    test('the toolbar does not say that drafts are checked', () =>
      world.with('x-home', async (box) => {
        await box.type(clean);
        await box.pressButton();
        await until('the post', isPosted(box));
        const bar = await toolbar(world.session);
        if (what === DEAD) {
          // Nobody is left to change what the toolbar says: what it says by itself must be true.
          assert.doesNotMatch((await bar.read()).title, /are checked|is checked/i);
        } else {
          const says = ({ badge, title }) => badge !== '' && /NOT checked/.test(title);
          await bar.says('the toolbar to say that the box is not checked', says);
        }
        await bar.close();
      }));
  });
}

/** Firefox puts a background to sleep after this long with nothing to do. */
const SLEEPY = { preferences: { 'extensions.background.idle.timeout': 300 } };

inEveryBrowser('When Tacto goes away', SLEEPY, (world) => {
  if (world.kind === 'firefox') {
    test('a background that fell asleep wakes up, and still holds a stop', () =>
      world.with('x-home', async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(clean);
        const bar = await toolbar(world.session);
        await until('the background to sleep', () =>
          bar.page.evaluate(() => globalThis.browser.extension.getBackgroundPage() === null),
        );
        await box.page.bringToFront();
        await box.type(` ${stop.text}`);
        await tacto.marks(1);
        await box.press('Control+Enter');
        await tacto.gate();
        assert.deepEqual(await box.posted(), []);
        await bar.close();
      }));
  }

  if (world.kind === 'chromium') {
    test('a background that was stopped comes back, and still holds a stop', () =>
      world.with('x-home', async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(stop.text);
        await tacto.marks(1);
        const target = world.session.browser
          .targets()
          .find(
            (one) => one.type() === 'service_worker' && one.url().startsWith(world.session.base),
          );
        await (await target.worker()).close();
        await box.type(' ¡Y más!');
        await box.press('Control+Enter');
        await tacto.gate();
        assert.deepEqual(await box.posted(), []);
      }));
  }

  test('a site that changed its markup: found, held and told all the same', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      // Nothing is left of what an adapter or the generic way in could know.
      await box.page.evaluate(() => {
        const editor = document.querySelector('[data-testid="tweetTextarea_0"]');
        for (const e of document.querySelectorAll('[data-testid]'))
          e.removeAttribute('data-testid');
        editor.removeAttribute('role');
      });
      await box.page.keyboard.type(stop.text);
      await until('the text', async () => (await box.model()) === stop.text);
      const bar = await toolbar(world.session);
      // Its button still says what it does: the generic way in knows it by that, and holds.
      await bar.says('that drafts are checked', ({ title }) => /are checked/.test(title));
      await box.page.bringToFront();
      await box.click(['.composer .post']);
      await tacto.press(await tacto.gate(), 'gate.post');
      await until('the post', isPosted(box));
      assert.deepEqual(await box.posted(), [stop.text]);
    }));

  test('a site whose button says nothing that we know: the post goes out, the toolbar says so', () =>
    world.with('x-home', async (box) => {
      await box.page.evaluate(() => {
        for (const e of document.querySelectorAll('[data-testid]'))
          if (!e.matches('[contenteditable]')) e.removeAttribute('data-testid');
        for (const e of document.querySelectorAll('.post span, button.post')) {
          if (e.localName === 'span') e.textContent = 'Zorp';
        }
      });
      await box.page.keyboard.type(stop.text);
      await until('the text', async () => (await box.model()) === stop.text);
      const bar = await toolbar(world.session);
      await bar.says(
        'that the box is not checked',
        ({ badge, title }) => badge !== '' && /NOT checked/.test(title),
      );
      await bar.close();
      await box.page.bringToFront();
      await goesOut(box, () => box.click(['.composer .post']), stop.text);
    }));

  // Last: it ends this browser's extension.
  test('an extension that is removed while a draft is open lets every post go', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await tacto.marks(1);
      await world.session.browser.uninstallExtension(world.session.id);
      await goesOut(box, () => box.press('Control+Enter'), stop.text);
    }));
});
