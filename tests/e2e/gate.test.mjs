// What cannot be taken back holds the post, once, and only a person can let it go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composers } from '../harness/composers.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { never, until } from '../harness/wait.mjs';
import { stop } from './drafts.mjs';

const BOXES = ['x-home', 'x-dialog', 'facebook-post', 'facebook-comment', 'linkedin-share'];

/** The ways to post from a box: [what it is called, what does it]. */
const ways = (name) => [
  ['the button', (box) => box.pressButton()],
  [composers[name].key, (box) => box.press(composers[name].key)],
];

const isPosted = (box) => async () => (await box.posted()).length > 0;

inEveryBrowser('A stop', {}, (world) => {
  for (const name of BOXES) {
    for (const [way, submit] of ways(name)) {
      test(`${name}: ${way} is held; "go back" keeps the draft and the caret`, () =>
        world.with(name, async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          await box.type(stop.text);
          for (let i = 0; i < 5; i += 1) await box.press('ArrowLeft');
          const caret = await box.caret();
          assert.equal(caret, stop.text.length - 5);
          await submit(box);
          const gate = await tacto.gate();
          assert.match(gate.text, /Northmere Energy/);
          await never('the post', isPosted(box), 300);
          await tacto.press(gate, 'gate.back');
          await tacto.noGate();
          assert.deepEqual(await box.posted(), []);
          assert.equal(await box.model(), stop.text);
          await until('the caret to be back', async () => (await box.caret()) === caret);
          await box.page.keyboard.type('x');
          const after = `${stop.text.slice(0, caret)}x${stop.text.slice(caret)}`;
          await until('typing to go on there', async () => (await box.model()) === after);
        }));

      test(`${name}: ${way} is held; "post anyway" posts exactly once, exactly the text`, () =>
        world.with(name, async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          await box.type(stop.text);
          await submit(box);
          const gate = await tacto.gate();
          assert.deepEqual(await box.posted(), []);
          await tacto.press(gate, 'gate.post');
          await until('the post', isPosted(box));
          await never('a second post', async () => (await box.posted()).length > 1, 300);
          assert.deepEqual(await box.posted(), [stop.text]);
          await tacto.noGate();
          assert.deepEqual(box.errors, []);
        }));
    }
  }

  test('a post made before the check has answered is held all the same', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.keyboard.type(stop.text);
      await box.press('Control+Enter');
      await tacto.gate();
      assert.deepEqual(await box.posted(), []);
    }));

  test('the keyboard alone answers it: Escape goes back, the button posts', () =>
    world.with('linkedin-share', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await box.pressButton();
      await tacto.gate();
      await box.press('Escape');
      await tacto.noGate();
      assert.deepEqual(await box.posted(), []);
      assert.equal(await box.model(), stop.text);
      await box.pressButton();
      await until('a button with the focus', async () =>
        (await tacto.gate()).buttons.some(({ focused }) => focused),
      );
      const reach = async () => tacto.button(await tacto.gate(), 'gate.post').focused;
      for (let i = 0; i < 8 && !(await reach()); i += 1) await box.press('Tab');
      assert.ok(await reach(), 'Tab reaches "post anyway"');
      await box.press('Enter');
      await until('the post', isPosted(box));
      assert.deepEqual(await box.posted(), [stop.text]);
    }));

  test('Facebook in two steps: "Next" is held as "Post" is', () =>
    world.with(
      'facebook-post',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(stop.text);
        await box.click(['[role="dialog"] [aria-label="Next"]']);
        const gate = await tacto.gate();
        await tacto.press(gate, 'gate.back');
        await tacto.noGate();
        assert.equal(await box.model(), stop.text);
        assert.ok(
          await box.rectOf(['[role="dialog"] [aria-label="Next"]']),
          'still the first step',
        );
      },
      { query: '?two-steps' },
    ));

  test('a page that dispatches clicks and keys cannot dismiss it', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await box.pressButton();
      const gate = await tacto.gate();
      const places = gate.buttons.map(({ rect }) => [
        (rect.left + rect.right) / 2,
        (rect.top + rect.bottom) / 2,
      ]);
      await box.page.evaluate((points) => {
        const everything = [window, document, document.documentElement, document.body];
        for (const [clientX, clientY] of points) {
          everything.push(...document.elementsFromPoint(clientX, clientY));
        }
        if (document.activeElement) everything.push(document.activeElement);
        // Whatever the page can reach, Tacto's host included.
        everything.push(...document.querySelectorAll('body > *, html > *'));
        for (const target of everything) {
          for (const [clientX, clientY] of points) {
            for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
              const Kind = type.startsWith('pointer') ? PointerEvent : MouseEvent;
              const shape = { bubbles: true, composed: true, cancelable: true, clientX, clientY };
              target.dispatchEvent(new Kind(type, { ...shape, button: 0, detail: 1 }));
            }
          }
          for (const key of ['Escape', 'Enter', ' ', 'Tab']) {
            for (const type of ['keydown', 'keypress', 'keyup']) {
              const shape = { key, code: key, bubbles: true, composed: true, cancelable: true };
              target.dispatchEvent(new KeyboardEvent(type, shape));
            }
          }
          if (target instanceof HTMLElement && !target.matches('[data-testid]')) target.click();
        }
      }, places);
      await never('the post', isPosted(box), 300);
      const still = await tacto.gate();
      assert.equal(still.text, gate.text);
      assert.equal(await box.model(), stop.text);
    }));

  test('a page that dispatches events cannot close the card either', () =>
    world.with('facebook-post', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      const [mark] = await tacto.marks(1);
      const card = await tacto.openCard(mark);
      await box.page.evaluate(() => {
        // Not Enter: what the editor does with it is the page's own affair.
        for (const target of [document, document.body, ...document.querySelectorAll('html > *')]) {
          for (const type of ['keydown', 'keyup']) {
            const shape = { key: 'Escape', code: 'Escape', bubbles: true, composed: true };
            target.dispatchEvent(new KeyboardEvent(type, shape));
          }
          for (const type of ['pointerdown', 'mousedown', 'pointermove', 'mouseleave', 'click']) {
            target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
          }
        }
      });
      await never('the card closed', async () => (await tacto.shown()).card === null, 500);
      assert.equal((await tacto.card()).text, card.text);
      await tacto.marks(1);
    }));
});
