// What cannot be taken back holds the post, once, and only a person can let it go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composers } from '../harness/composers.mjs';
import { isHeld, isPosted } from '../harness/posting.mjs';
import { setSettings } from '../harness/settings.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { toolbar } from '../harness/toolbar.mjs';
import { never, until } from '../harness/wait.mjs';
import { clean, known, stop } from './drafts.mjs';

/** One of each kind; the table of composers drives all of them. */
const BOXES = ['x-home', 'facebook-comment', 'linkedin-share'];

/** In Tacto's root: the sentences of its notes. */
const SAID = `(root) => [...root.querySelectorAll('.toast [words]')].map((one) => one.getAttribute('words'))`;

/** The ways to post from a box: [what it is called, what does it]. */
const ways = (name) => [
  ['the button', (box) => box.pressButton()],
  [composers[name].key, (box) => box.press(composers[name].key)],
];

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
          await isHeld(box, tacto, () => submit(box), stop.text);
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

/** A bare editor of the lab, as a compose box of the harness. */
composers.lab = {
  url: 'https://x.com/lab',
  editor: ['[contenteditable="true"], textarea'],
  button: ['#post'],
  key: 'Control+Enter',
};

/** In the page: ways in which a site takes a draft away, of the box of that name. */
const TAKES = {
  'empties its box': () => lab.clear(),
  'removes its box': () => document.querySelector('[contenteditable="true"], textarea').remove(),
  'removes its whole dialog': () => document.querySelector('.composer').remove(),
};

inEveryBrowser('A question whose draft is gone', {}, (world) => {
  const lab = (editor, use) => world.with('lab', use, { query: `?editor=${editor}` });
  const said = async (tacto) => (await tacto.evaluate(SAID)).flat();

  for (const editor of ['draftjs', 'lexical', 'plain', 'textarea']) {
    for (const [what, take] of Object.entries(TAKES)) {
      test(`${editor}: a site that ${what} closes it; it says what happened, and posts nothing`, () =>
        lab(editor, async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          await box.type(stop.text);
          await box.pressButton();
          await tacto.gate();
          await box.page.evaluate(take);
          await tacto.noGate();
          await until('the sentence', async () =>
            (await said(tacto)).some((line) => /emptied or removed this box/.test(line)),
          );
          assert.doesNotMatch((await said(tacto)).join(), /post it again/);
          assert.deepEqual(await box.posted(), []);
        }));
    }
  }

  test('"post anyway" in the moment in which it goes says the same, and nothing of posting again', () =>
    lab('textarea', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await box.pressButton();
      const gate = await tacto.gate();
      // As a person does who is faster than we look.
      await box.page.evaluate(() => {
        document.querySelector('textarea').value = ' ';
      });
      await tacto.press(gate, 'gate.post').catch(() => {});
      await tacto.noGate();
      await until('the sentence', async () =>
        (await said(tacto)).some((line) => /emptied or removed this box/.test(line)),
      );
      assert.doesNotMatch((await said(tacto)).join(), /post it again/);
      assert.deepEqual(await box.posted(), []);
    }));

  test('a site that makes its box anew with the same draft in it is still asked about', () =>
    lab('plain', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await box.pressButton();
      const gate = await tacto.gate();
      await box.page.evaluate(() => {
        const old = document.querySelector('.box');
        old.replaceWith(old.cloneNode(true));
      });
      await never('the question gone', async () => (await tacto.shown()).gate === null, 800);
      assert.equal((await tacto.gate()).text, gate.text);
      await tacto.press(gate, 'gate.back');
      await tacto.noGate();
    }));
});

/** In the page: refuses what a script presses, so that a released post does not go out. */
const REFUSE = () => {
  globalThis.refusal = new AbortController();
  const refuse = (event) => event.isTrusted || event.stopPropagation();
  document.addEventListener('click', refuse, { capture: true, signal: globalThis.refusal.signal });
};

const WARNED = 'Bienvenidos a la oficina nueva. Wifi: girasoles';

inEveryBrowser('The answer', {}, (world) => {
  test('holds while the text does not become worse, and no longer', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.evaluate(REFUSE);
      await box.type(stop.text);
      await box.pressButton();
      await tacto.press(await tacto.gate(), 'gate.post');
      await tacto.noGate();
      // Worse: something that was not in the question.
      await box.press('Control+End');
      await box.type(' Project Nightjar ships soon');
      await box.pressButton();
      const again = await tacto.gate();
      assert.match(again.text, /Nightjar/);
      await tacto.press(again, 'gate.post');
      await tacto.noGate();
      // Not worse: a harmless word more.
      await box.type(' (hoy)');
      // A press that comes before the check has answered is released by a script.
      await box.page.evaluate(() => globalThis.refusal.abort());
      await box.pressButton();
      await until('the post', isPosted(box));
      assert.deepEqual(await box.posted(), [`${stop.text} Project Nightjar ships soon (hoy)`]);
    }));

  test('holds for its box alone', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.evaluate(REFUSE);
      await box.type(stop.text);
      await box.pressButton();
      await tacto.press(await tacto.gate(), 'gate.post');
      await tacto.noGate();
      await box.click(['[data-testid="SideNav_NewTweet_Button"]']);
      const editor = ['[role="dialog"] [data-testid="tweetTextarea_0"]'];
      await until('the dialog', () => box.rectOf(editor));
      await box.click(editor);
      await box.page.keyboard.type(stop.text);
      await box.press('Control+Enter');
      await tacto.gate();
      assert.deepEqual(await box.posted(), []);
    }));
});

inEveryBrowser('As IT has set it', {}, (world) => {
  test('a warning holds the post where the gate is set to "warn", and not before', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(WARNED);
      await tacto.marks(1);
      await box.press('Control+Enter');
      await until('the post', isPosted(box));
      await setSettings(world.session, { gate: 'warn' });
      await box.page.bringToFront();
      await box.click(box.spec.editor);
      await box.type(WARNED);
      await tacto.marks(1);
      await box.press('Control+Enter');
      const gate = await tacto.gate();
      await tacto.press(gate, 'gate.post');
      await until('the second post', async () => (await box.posted()).length === 2);
      await box.type(clean);
      await box.press('Control+Enter');
      await until('the clean post', async () => (await box.posted()).length === 3);
      await setSettings(world.session, { gate: 'stop' });
    }));

  for (const [what, block, text, wrong] of [
    ['a key', { credentials: true, personalData: false }, known[2].text, known[2].marked[0]],
    [
      'an account number',
      { credentials: false, personalData: true },
      known[4].text,
      known[4].marked[0],
    ],
  ]) {
    test(`${what} cannot be posted where that is blocked; all else can`, async () => {
      await setSettings(world.session, { block });
      await world.with('x-home', async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(text);
        const [mark] = await tacto.marks(1);
        const card = await tacto.openCard(mark);
        assert.throws(() => tacto.button(card, 'card.dismiss'), 'it cannot be waved away');
        await box.pressButton();
        const gate = await tacto.gate();
        assert.throws(() => tacto.button(gate, 'gate.post'), 'there is no way to post it');
        assert.match(gate.text, /Your company/);
        await tacto.press(gate, 'gate.back');
        await tacto.noGate();
        await box.press('Control+Enter');
        await tacto.gate();
        await box.press('Escape');
        await tacto.noGate();
        assert.deepEqual(await box.posted(), []);
        // Without it, the rest goes out; and what is not blocked is asked about as always.
        await box.press('Control+A');
        await box.type(text.replace(wrong, '…'));
        await box.pressButton();
        await until('the post', isPosted(box));
        await box.type(stop.text);
        await box.pressButton();
        await tacto.press(await tacto.gate(), 'gate.post');
        await until('the second post', async () => (await box.posted()).length === 2);
      });
      await setSettings(world.session, { block: { credentials: false, personalData: false } });
    });
  }

  test('a paused tab lets everything be, and says so; not where IT does not allow a pause', () =>
    world.with(
      'x-home',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        const bar = await toolbar(world.session);
        const pause = (paused) =>
          bar.page.evaluate(async (wanted) => {
            const api = globalThis.browser ?? globalThis.chrome;
            const own = await api.tabs.getCurrent();
            const tabs = (await api.tabs.query({})).filter(({ id }) => id !== own.id);
            const { id } = tabs.sort((a, b) => b.lastAccessed - a.lastAccessed)[0];
            return api.runtime.sendMessage({ kind: 'pause', tab: id, paused: wanted });
          }, paused);
        await box.page.bringToFront();
        await box.type(stop.text);
        await until('a mark', async () => (await tacto.shown()).marks.length > 0);
        assert.equal((await pause(true)).state, 'paused');
        await tacto.marks(0);
        await setSettings(world.session, { mayPause: false });
        await until('the mark again', async () => (await tacto.shown()).marks.length > 0);
        assert.notEqual((await pause(true)).state, 'paused');
        await box.page.bringToFront();
        await box.press('Control+Enter');
        await tacto.press(await tacto.gate(), 'gate.back');
        await tacto.noGate();
        await setSettings(world.session, { mayPause: true });
        assert.equal((await pause(true)).state, 'paused');
        await box.page.bringToFront();
        await box.press('Control+Enter');
        await until('the post', isPosted(box));
        await bar.close();
      },
      { alone: true },
    ));
});
