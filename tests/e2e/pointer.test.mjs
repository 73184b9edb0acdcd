// A card comes where a pointer rests, and never while somebody selects, drags or opens a menu.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { never, until } from '../harness/wait.mjs';

/** One of each editor, and a text field. */
const BOXES = ['x-home', 'facebook-post', 'linkedin-share', 'linkedin-comment', 'x-chat'];
const TEXT = 'With Northmere Energy we go on';
/** Longer than a card takes to come, after a click too. */
const LONG = 900;

inEveryBrowser('A pointer on a mark', {}, (world) => {
  /** A box with a marked draft, and what is done in it. */
  const on = (name, use) =>
    world.with(name, async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(TEXT);
      const [{ rect: name }] = await tacto.marks(1);
      const [end] = await box.drawn(TEXT.length - 1, TEXT.length);
      const y = (name.top + name.bottom) / 2;
      const noCard = (what, ms = LONG) =>
        never(`${what}: a card`, async () => (await tacto.shown()).card !== null, ms);
      await use({ box, tacto, mouse: box.page.mouse, name, end: end.right + 1, y, noCard });
    });

  for (const name of BOXES) {
    test(`${name}: a selection dragged from a mark is what was dragged over`, () =>
      on(name, async ({ box, mouse, name, end, y, noCard }) => {
        await mouse.move(name.left + 0.5, y);
        await mouse.down();
        await mouse.move(name.left + 30, y, { steps: 3 });
        await noCard('a button held on the mark');
        await mouse.move(end, y, { steps: 5 });
        await mouse.up();
        await noCard('released');
        await box.page.keyboard.type('X');
        await until('the key in its place', async () => (await box.model()) === 'With X');
      }));
  }

  test('a card that is open makes room for whoever presses beside it', () =>
    on('x-home', async ({ box, tacto, mouse, name, end, y, noCard }) => {
      await tacto.openCard((await tacto.marks(1))[0]);
      await mouse.move(name.left + 0.5, y);
      await mouse.down();
      await until('the card to go', async () => (await tacto.shown()).card === null);
      await noCard('a button held');
      await mouse.move(name.left + 60, y + 60, { steps: 4 });
      await mouse.move(end, y, { steps: 4 });
      await mouse.up();
      await box.page.keyboard.type('X');
      await until('the key in its place', async () => (await box.model()) === 'With X');
    }));

  test('a selection that comes to a mark from elsewhere opens nothing', () =>
    on('facebook-post', async ({ mouse, name, end, y, noCard }) => {
      await mouse.move(end, y);
      await mouse.down();
      await mouse.move(name.left + 20, y, { steps: 4 });
      await noCard('a button held');
      await mouse.up();
      await mouse.move(name.left + 22, y);
      await noCard('released on it');
    }));

  for (const [what, options] of [
    ['a right click', { button: 'right' }],
    ['a double click', { count: 2 }],
    ['a triple click', { count: 3 }],
  ]) {
    test(`${what} opens nothing`, () =>
      on('linkedin-share', async ({ mouse, name, y, noCard }) => {
        await mouse.move(name.left + 20, y);
        await mouse.click(name.left + 20, y, options);
        await noCard(what);
        await mouse.move(name.left + 22, y);
        await noCard(`${what}, and a hand that is not still`);
      }));
  }

  test('a pointer that comes finds the marks on their words, though no event told that these moved', () =>
    on('linkedin-comment', async ({ box, tacto, mouse, name }) => {
      await box.page.evaluate((selector) => {
        const sheet = new CSSStyleSheet();
        document.adoptedStyleSheets.push(sheet);
        sheet.insertRule(`${selector} { letter-spacing: 2px }`);
      }, box.spec.editor[0]);
      await mouse.move(name.left, name.bottom + 60);
      await mouse.move(name.left + 5, name.bottom + 60, { steps: 3 });
      const [drawn] = await box.drawn(TEXT.indexOf('N'), TEXT.indexOf('N') + 1);
      assert.ok(Math.abs(drawn.left - name.left) > 5, 'the words have moved');
      await until('the mark on its words', async () => {
        const { marks } = await tacto.shown();
        return marks.length === 1 && Math.abs(marks[0].rect.left - drawn.left) <= 1;
      });
    }));

  test('a finger that stays on a mark opens nothing', () =>
    on('x-home', async ({ box, name, y, noCard }) => {
      const { touchscreen } = box.page;
      await touchscreen.touchStart(name.left + 20, y);
      await noCard('a finger on it');
      await touchscreen.touchMove(name.left + 60, y);
      await noCard('a finger that selects');
      await touchscreen.touchEnd();
    }));

  for (const how of ['click', 'tap']) {
    test(`a ${how} opens the card; the pointer that leaves closes it`, () =>
      on('x-home', async ({ box, tacto, mouse, name, y }) => {
        if (how === 'click') await mouse.click(name.left + 20, y);
        else await box.page.touchscreen.tap(name.left + 20, y);
        assert.match((await tacto.card()).text, /Northmere/);
        await mouse.move(name.left + 20, y + 1);
        await tacto.leaveCard();
      }));
  }
});
