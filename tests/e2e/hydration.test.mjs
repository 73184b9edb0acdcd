// A page that its server has drawn is taken over by its framework late, with marks already in it:
// nothing of it is thrown away (pages/hydrated).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { never, until } from '../harness/wait.mjs';

const addressOf = (framework) => `https://x.com/hydrated/${framework}`;

inEveryBrowser('A page that is taken over late', {}, (world) => {
  const open = async (use) => {
    const page = await world.session.browser.newPage();
    try {
      await use(page, new Tacto(page, world.kind));
    } finally {
      await page.close();
    }
  };

  for (const framework of ['react-18', 'react-19', 'vue', 'svelte']) {
    for (const acts of [false, true]) {
      const who = acts ? 'somebody writes' : 'nobody does anything';
      test(`${framework}, while ${who}: everything stays, and what was marked is marked`, () =>
        open(async (page, tacto) => {
          await page.goto(addressOf(framework));
          await tacto.marks(1);
          if (acts) {
            await page.click('textarea');
            await page.keyboard.press('End');
            await page.keyboard.type(' and on');
            await page.hover('textarea');
          }
          await page.evaluate(() => {
            globalThis.kept = [...document.querySelectorAll('html, main, textarea, button')];
            globalThis.hydratePage();
          });
          await until('the framework to answer', async () => {
            await page.click('button');
            return page.evaluate(() => document.querySelector('output').textContent !== '0');
          });
          const { kept, problems } = await page.evaluate(() => ({
            kept: globalThis.kept.every((one) => one.isConnected),
            problems: globalThis.problems,
          }));
          assert.deepEqual(problems, []);
          assert.ok(kept, 'what the server drew is still there');
          await tacto.marks(1);
        }));
    }
  }

  test('while it arrives nothing of ours is put between its parts', () =>
    open(async (page, tacto) => {
      const { arriving } = world.server;
      const there = page.goto(`${addressOf('react-18')}?in-parts`);
      there.catch(() => {}); // Where the test fails before it.
      await until('the first part', () =>
        page.evaluate(() => document.querySelector('textarea') !== null).catch(() => false),
      );
      await never('a mark', async () => (await tacto.shown()).marks.length > 0, 1500);
      arriving.shift()();
      await there;
      await tacto.marks(1);
      const problems = await page.evaluate(() => {
        globalThis.hydratePage();
        return new Promise((resolve) => setTimeout(() => resolve(globalThis.problems)));
      });
      assert.deepEqual(problems, []);
      await tacto.marks(1);
    }));

  test('a dialog that makes all else inert, and hides it from screen readers, leaves our card alone', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type('Northmere Energy');
      await tacto.marks(1);
      await box.page.evaluate(() => {
        for (const one of document.body.children) {
          if (one.id === 'react-root') continue;
          one.inert = true;
          one.setAttribute('aria-hidden', 'true');
        }
      });
      await box.press('F8');
      await tacto.card();
      await until('the keyboard in the card', () => tacto.hasFocus());
      const [{ length }] = await tacto.evaluate('(root) => root.host.getAttributeNames()');
      assert.equal(length ?? 0, 0);
    }));
});
