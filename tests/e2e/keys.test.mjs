// Enter has other work than posting: it chooses from a list, it ends a composition. Then it is the
// editor's, is never held, and posts nothing; the Enter after it is held as ever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { never, until } from '../harness/wait.mjs';
import { stop } from './drafts.mjs';

inEveryBrowser('The Enter key', {}, (world) => {
  const nothing = (box, tacto) => async () =>
    (await tacto.shown()).gate !== null || (await box.posted()).length > 0;

  const sendsOnce = async (box, tacto, text) => {
    await box.press('Enter');
    const gate = await tacto.gate();
    assert.deepEqual(await box.posted(), []);
    await tacto.press(gate, 'gate.post');
    await until('the post', async () => (await box.posted()).length > 0);
    await never('a second post', async () => (await box.posted()).length > 1, 300);
    assert.deepEqual(await box.posted(), [text]);
    assert.deepEqual(box.errors, []);
  };

  test('chooses from a list of mentions beside the box; the next one is held', () =>
    world.with('facebook-comment', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(`${stop.text} @M`);
      await until('the list', () =>
        box.page.evaluate('Boolean(document.querySelector("[role=option]"))'),
      );
      await box.press('Enter');
      const text = `${stop.text} @Marta Gil `;
      await until('the name', async () => (await box.model()) === text);
      await never('a gate or a post', nothing(box, tacto), 200);
      await sendsOnce(box, tacto, text);
    }));

  test('is held where a list stands elsewhere in the page', () =>
    world.with('facebook-comment', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.evaluate(() => {
        const list = document.createElement('ul');
        list.setAttribute('role', 'listbox');
        list.style.cssText = 'position: fixed; right: 0; bottom: 0; width: 90px';
        const option = document.createElement('li');
        option.setAttribute('role', 'option');
        option.textContent = 'A conversation';
        list.append(option);
        document.body.append(list);
      });
      await box.type(stop.text);
      await sendsOnce(box, tacto, stop.text);
    }));

  test('with Shift it is a new line', () =>
    world.with('facebook-comment', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await box.press('Shift+Enter');
      const text = `${stop.text}\n`;
      await until('the line', async () => (await box.model()) === text);
      await never('a gate or a post', nothing(box, tacto), 200);
    }));

  // WebDriver has no way to compose in Firefox, and a script's composition is not a person's.
  if (world.kind === 'chromium') {
    test('ends a composition; the next one is held, and the text is what was composed', () =>
      world.with('facebook-comment', async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        const session = await box.page.createCDPSession();
        await box.type(stop.text);
        await session.send('Input.imeSetComposition', {
          text: 'こんにちは',
          selectionStart: 5,
          selectionEnd: 5,
        });
        await until('the composed text', async () => (await box.seen()).includes('こんにちは'));
        for (const type of ['rawKeyDown', 'keyUp']) {
          await session.send('Input.dispatchKeyEvent', {
            type,
            key: 'Enter',
            code: 'Enter',
            windowsVirtualKeyCode: 229,
          });
        }
        await never('a gate or a post', nothing(box, tacto), 200);
        await session.send('Input.insertText', { text: 'こんにちは' });
        const text = `${stop.text}こんにちは`;
        await until('the text', async () => (await box.model()) === text);
        await sendsOnce(box, tacto, text);
      }));
  }
});
