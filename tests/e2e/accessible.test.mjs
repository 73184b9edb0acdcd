// Card and gate for everybody: axe-core finds no fault, the keyboard alone does everything, and
// they stay in sight in small windows, enlarged, from right to left, and in forced colours.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { setSettings } from '../harness/settings.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { never, until } from '../harness/wait.mjs';
import { fixable, stop } from './drafts.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds in our closed root. It goes where `shadowRoot` leads, so the page is made to tell
 * it, here and only here; and it judges the contrast of texts alone, so it is shown ours as texts.
 */
async function faults(page, tacto) {
  await page.evaluate(axe);
  await tacto.evaluate(`(root) => {
    Object.defineProperty(root.host, 'shadowRoot', { get: () => root, configurable: true });
    for (const one of root.querySelectorAll('[words]')) {
      one.textContent = one.getAttribute('words');
      one.removeAttribute('words');
    }
    globalThis.axeFound = axe.run(root.host, { resultTypes: ['violations', 'incomplete'] });
  }`);
  const { violations, incomplete, passes } = await page.evaluate(() => globalThis.axeFound);
  assert.ok(passes.length > 3, 'axe has looked at something');
  return [...violations, ...incomplete.filter(({ id }) => id !== 'color-contrast')].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
}

/** The words of the button with the keyboard. */
const focused = (tacto) => async () => {
  const { card, gate } = await tacto.shown();
  return (card ?? gate)?.buttons.find((button) => button.focused)?.label ?? null;
};

/** Tab until the button has the keyboard. */
async function tabTo(box, tacto, key) {
  for (let i = 0; i < 12; i += 1) {
    const { card, gate } = await tacto.shown();
    const shown = card ?? gate;
    if (shown && tacto.button(shown, key).focused) return;
    await box.press('Tab');
  }
  throw new Error(`Tab does not reach ${key}: ${await focused(tacto)()}`);
}

const inside = ({ left, top, right, bottom }, { width, height }) =>
  left >= 0 && top >= 0 && right <= width && bottom <= height;

inEveryBrowser('For everybody', {}, (world) => {
  for (const language of ['en', 'es']) {
    for (const look of ['light', 'dark']) {
      test(`axe finds nothing wrong with card and gate: ${language}, ${look}`, async () => {
        await setSettings(world.session, { language });
        await world.with('x-home', async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          if (look === 'dark')
            await box.page.evaluate((selector) => {
              for (let at = document.querySelector(selector); at; at = at.parentElement)
                at.style.cssText += 'background: #15181c; color: #eee';
            }, box.spec.editor[0]);
          await box.type(`${stop.text} ${fixable.text}`);
          await until('both marks', async () => (await tacto.shown()).marks.length >= 2);
          await box.press('F8');
          const card = await tacto.card();
          assert.match(card.text, language === 'es' ? /La guía dice/ : /The guide says/);
          assert.equal(
            (await tacto.evaluate("(root) => root.querySelector('.surface').matches('.dark')"))[0],
            look === 'dark',
          );
          assert.deepEqual(await faults(box.page, tacto), []);
          await box.press('Escape');
          await box.press('Control+Enter');
          await tacto.gate();
          assert.deepEqual(await faults(box.page, tacto), []);
          await box.press('Escape');
          await tacto.noGate();
        });
        await setSettings(world.session, { language: 'auto' });
      });
    }
  }

  test('the keyboard alone does everything', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      const page = box.page.keyboard;
      await page.type(`${fixable.text}. Project Nightjar ships soon`);
      await until('both marks', async () => (await tacto.shown()).marks.length >= 2);

      // F8 opens the card of the mark at the caret; again, the next one's.
      await box.press('F8');
      const first = await tacto.card();
      await until('the keyboard in the card', () => tacto.hasFocus());
      await box.press('F8');
      await until('the next card', async () => {
        const { card } = await tacto.shown();
        return card && card.text !== first.text;
      });
      // Escape goes back to where the caret was.
      const caret = (await box.model()).length;
      await box.press('Escape');
      await until('the card to close', async () => (await tacto.shown()).card === null);
      await until('the caret to be back', async () => (await box.caret()) === caret);

      // A fix.
      await box.press('Control+Home');
      await box.press('F8');
      await tacto.card();
      await tabTo(box, tacto, 'card.replace');
      await box.press('Enter');
      await until('the fix', async () => (await box.model()).includes(fixable.right));

      // The section of the guide opens in a tab of its own.
      await box.press('Control+Home');
      await box.press('F8');
      await tacto.card();
      await tabTo(box, tacto, 'card.readSection');
      const before = (await world.session.browser.pages()).length;
      await box.press('Enter');
      await until(
        'the guide',
        async () => (await world.session.browser.pages()).length === before + 1,
      );
      for (const other of await world.session.browser.pages())
        if (other.url().includes('guide.html')) await other.close();
      await box.page.bringToFront();

      // "Not useful": gone for this text, and the keyboard back in the draft.
      await box.click(box.spec.editor);
      await box.press('Control+Home');
      await box.press('F8');
      await tacto.card();
      await tabTo(box, tacto, 'card.dismiss');
      await box.press('Enter');
      await tacto.marks(0);
      await until('the caret in the draft', async () => (await box.caret()) !== null);

      // The gate: back, then post.
      await box.press('Control+End');
      await page.type(`\n${stop.text}`);
      await until('the new mark', async () => (await tacto.shown()).marks.length > 0);
      await box.press('Control+Enter');
      await tacto.gate();
      await box.press('Escape');
      await tacto.noGate();
      await until('the caret in the draft', async () => (await box.caret()) !== null);
      assert.deepEqual(await box.posted(), []);
      await box.press('Control+Enter');
      await tacto.gate();
      await tabTo(box, tacto, 'gate.post');
      await box.press('Enter');
      await until('the post', async () => (await box.posted()).length === 1);
    }));

  if (world.kind === 'chromium')
    test('the words that no page can search for are in the tree that screen readers read', () =>
      world.with(
        'x-home',
        async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          await box.type(stop.text);
          await until('a mark', async () => (await tacto.shown()).marks.length > 0);
          const session = await box.page.createCDPSession();
          const read = async () => {
            const { nodes } = await session.send('Accessibility.getFullAXTree');
            return nodes.filter(({ ignored }) => !ignored).map(({ name }) => name?.value ?? '');
          };
          const missing = async (shown) => {
            const all = (await read()).join('\n').replaceAll(/\s+/g, ' ');
            return shown.text.split('\n').filter((line) => !all.includes(line.trim()));
          };
          await box.press('F8');
          assert.deepEqual(await missing(await tacto.card()), []);
          await box.press('Escape');
          await box.press('Control+Enter');
          assert.deepEqual(await missing(await tacto.gate()), []);
          await box.press('Escape');
        },
        { alone: true },
      ));

  for (const name of ['x-home', 'facebook-post', 'linkedin-share']) {
    test(`${name}: whoever types on in a card types in the draft`, () =>
      world.with(name, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(fixable.text);
        await tacto.marks(1);
        for (let i = 0; i < 5; i += 1) await box.press('ArrowLeft');
        const at = await box.caret();
        await box.press('F8');
        await until('the keyboard in the card', () => tacto.hasFocus());
        await box.page.keyboard.type('zz', { delay: 20 });
        const wanted = `${fixable.text.slice(0, at)}zz${fixable.text.slice(at)}`;
        await until('the letters in the draft', async () => (await box.model()) === wanted);
        assert.equal(await box.seen(), wanted);
      }));
  }

  test('a card that the pointer has opened can be pointed at, stays, and goes with Escape', () =>
    world.with('facebook-comment', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      const [mark] = await tacto.marks(1);
      const card = await tacto.openCard(mark);
      const { left, top } = card.rect;
      await box.page.mouse.move(left + 30, top + 30, { steps: 6 });
      await never('the card closed', async () => (await tacto.shown()).card === null, 700);
      await box.press('Escape');
      await until('the card to close', async () => (await tacto.shown()).card === null);
      assert.equal(await box.model(), stop.text);
    }));

  test('what is found is said, without taking the keyboard from the draft', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      const [said] = await until('a sentence', async () => {
        const all = await tacto.evaluate(
          "(root) => root.querySelector('[role=status] [role=img]')?.getAttribute('aria-label')",
        );
        return all[0] ? all : null;
      });
      assert.match(said, /F8/);
      assert.notEqual(await box.caret(), null);
    }));

  for (const [name, look] of Object.entries({
    'a window of 320 by 480': { size: { width: 320, height: 480 } },
    'twice the size': { size: { width: 640, height: 450, deviceScaleFactor: 2 } },
    'a page from right to left': { size: { width: 700, height: 600 }, rtl: true },
  })) {
    test(`card and gate are in sight in ${name}`, () =>
      world.with(
        'x-home',
        async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          await box.page.setViewport(look.size);
          if (look.rtl)
            await box.page.evaluate(() => {
              document.documentElement.dir = 'rtl';
            });
          await box.type(stop.text);
          await until('a mark', async () => (await tacto.shown()).marks.length > 0);
          await box.press('F8');
          const card = await tacto.card();
          const inner = await box.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
          assert.ok(inside(card.rect, inner), `the card is at ${JSON.stringify(card.rect)}`);
          for (const { label, rect } of card.buttons) {
            const [width, height] = [rect.right - rect.left, rect.bottom - rect.top];
            assert.ok(width >= 24 && height >= 24, `${label} is ${width} by ${height}`);
          }
          await box.press('Escape');
          await box.press('Control+Enter');
          const gate = await tacto.gate();
          assert.ok(inside(gate.rect, inner), `the gate is at ${JSON.stringify(gate.rect)}`);
          for (const { rect } of gate.buttons) assert.ok(inside(rect, inner));
          await box.press('Escape');
        },
        { alone: true },
      ));
  }
});
