// Clicks and keys that are nobody's: of tools that click by keyboard, voice or macro, of another
// extension, of the site itself. They post no draft that is held, and they are no answer. And no
// page can ask so about words that no person has written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clickByExtension, installClicker } from '../harness/clicker.mjs';
import { composers } from '../harness/composers.mjs';
import { damaged, inBackground, onEveryPort } from '../harness/damage.mjs';
import { copy, press } from '../harness/keys.mjs';
import { goesOut, isHeld, isPosted } from '../harness/posting.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { never, until } from '../harness/wait.mjs';
import { clean, fixable, stop } from './drafts.mjs';

/** One of each editor. */
const BOXES = ['x-home', 'facebook-comment', 'linkedin-share', 'linkedin-comment', 'x-chat'];

/** The lab's editors join edits of the same second into one undo step. */
const UNDO_PAUSE_MS = 1100;

/** What is held in it. */
const NAMED = 'Northmere Energy nos visita mañana';

/** A bare editor of the lab, as a compose box of the harness. */
composers.lab = {
  url: 'https://x.com/lab',
  editor: ['[contenteditable="true"], textarea'],
  button: ['#post'],
  key: 'Control+Enter',
};
const EDITORS = ['draftjs', 'lexical', 'quill', 'prosemirror', 'plain', 'textarea'];

/** In the page: everything that a mouse does, as an event of a script. */
const MOUSE = `(button) => {
  const { x, y, width, height } = button.getBoundingClientRect();
  const at = { clientX: x + width / 2, clientY: y + height / 2 };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    const Kind = type.startsWith('pointer') ? PointerEvent : MouseEvent;
    button.dispatchEvent(
      new Kind(type, { bubbles: true, cancelable: true, composed: true, detail: 1, ...at }));
  }
}`;

/** In the page: a click that is no mouse's. */
const BARE = `(button) => button.dispatchEvent(
  new Event('click', { bubbles: true, cancelable: true, composed: true }))`;

/** In the page: a key, with its name or with its number alone. */
const KEY = `(box, { keys, named }) => {
  const shape = {
    ...(named ? { key: 'Enter', code: 'Enter' } : {}),
    keyCode: 13, which: 13, ctrlKey: keys.startsWith('Control'),
    bubbles: true, cancelable: true, composed: true,
  };
  for (const type of ['keydown', 'keypress', 'keyup'])
    box.dispatchEvent(new KeyboardEvent(type, shape));
}`;

const byKey = (named) => (box) => box.at(box.spec.editor, KEY, { keys: box.spec.key, named });

const WAYS = [
  ['element.click()', (box) => box.clickByScript()],
  ['the events of a mouse', (box) => box.at(box.spec.button, MOUSE)],
  ['a bare click event', (box) => box.at(box.spec.button, BARE)],
  ['a click of another extension', (box) => clickByExtension(box)],
  ['a key', byKey(true)],
];

inEveryBrowser('A click or key of a script', {}, (world) => {
  test('another extension is there', () => installClicker(world.session));

  for (const name of BOXES) {
    for (const [way, submit] of WAYS) {
      test(`${name}: ${way} is held; "post anyway" posts once`, () =>
        world.with(name, async (box) => {
          const tacto = new Tacto(box.page, world.kind, box.where);
          await box.type(stop.text);
          await tacto.marks(1);
          await isHeld(box, tacto, () => submit(box), stop.text);
          await tacto.noGate();
          assert.deepEqual(box.errors, []);
        }));
    }
  }

  test('a key that says its number alone is held too', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await isHeld(box, tacto, () => byKey(false)(box), stop.text);
    }));

  test('Ctrl+Enter beside the box, where the dialog hears it, is held too', () =>
    world.with('linkedin-share', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      const submit = () => box.at(box.spec.button, KEY, { keys: 'Control+Enter', named: true });
      await isHeld(box, tacto, submit, stop.text);
    }));

  test('while the question stands nothing of a script posts or answers it, and it is asked once', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await box.pressButton();
      const gate = await tacto.gate();
      for (const [, submit] of WAYS) await submit(box);
      await never('the post', isPosted(box), 300);
      assert.equal((await tacto.gate()).text, gate.text);
      await tacto.press(gate, 'gate.back');
      await tacto.noGate();
      await never('the question again', async () => (await tacto.shown()).gate !== null, 300);
      await isHeld(box, tacto, () => box.clickByScript(), stop.text);
    }));

  test('made before the check has answered: a stop is held, a clean draft goes out once', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await isHeld(box, tacto, () => box.clickByScript(), stop.text);
      await until('the box to be empty', async () => (await box.model()) === '');
      await box.type(clean);
      await box.clickByScript();
      await until('the second post', async () => (await box.posted()).length > 1);
      await never('a third', async () => (await box.posted()).length > 2, 300);
      assert.deepEqual(await box.posted(), [stop.text, clean]);
    }));

  test('what is released lets nothing else through: another box of the page is asked about', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(clean);
      await box.click(['[data-testid="SideNav_NewTweet_Button"]']);
      const other = ['[role="dialog"] [data-testid="tweetTextarea_0"]'];
      await until('the dialog', () => box.rectOf(other));
      await box.click(other);
      await box.page.keyboard.type(stop.text);
      // Whatever is clicked, the page clicks the other one's button as well, at once and from inside.
      await box.page.evaluate(() => {
        addEventListener(
          'click',
          ({ target }) =>
            target.closest('[data-testid="tweetButtonInline"]') &&
            document.querySelector('[data-testid="tweetButton"]').click(),
          true,
        );
      });
      await box.clickByScript();
      await until('the clean post', isPosted(box));
      const gate = await tacto.gate();
      assert.deepEqual(await box.posted(), [clean]);
      await tacto.press(gate, 'gate.back');
      await tacto.noGate();
    }));
});

inEveryBrowser('Words', {}, (world) => {
  const lab = (editor, use) => world.with('lab', use, { query: `?editor=${editor}` });
  const text = (box) => box.page.evaluate('lab.text()');
  const holds = (box, wanted) => until('the text', async () => (await text(box)) === wanted);

  for (const editor of EDITORS) {
    test(`${editor}: that a script has written are not asked about`, () =>
      lab(editor, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.page.evaluate((words) => {
          document.execCommand('insertText', false, words);
        }, stop.text);
        await holds(box, stop.text);
        await tacto.marks(1);
        await box.pressButton();
        await tacto.press(await tacto.gate(), 'gate.back');
        await tacto.noGate();
        await goesOut(box, () => box.clickByScript(), stop.text);
        assert.equal((await tacto.shown()).gate, null);
      }));

    test(`${editor}: that a script has added to a person's are not; a person's click is held`, () =>
      lab(editor, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.page.evaluate((words) => {
          // In the very moment in which somebody types.
          addEventListener('keydown', ({ key }) => {
            if (key === '!') document.execCommand('insertText', false, words);
          });
        }, NAMED);
        await press(box.page, world.kind, [...'Hola, ', '!', ...' sí']);
        await until('the text', async () => (await text(box)).endsWith('sí'));
        await tacto.marks(1);
        const all = await text(box);
        await box.pressButton();
        await tacto.press(await tacto.gate(), 'gate.back');
        await tacto.noGate();
        await goesOut(box, () => box.clickByScript(), all);
      }));

    test(`${editor}: typed, pasted, taken back, put right: a person's, and held`, () =>
      lab(editor, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await copy(box.page, world.kind, NAMED);
        await box.click(box.spec.editor);
        await box.type('Hoy, .');
        await box.press('ArrowLeft');
        await press(box.page, world.kind, ['Control+v']);
        await until('the words', async () => (await text(box)).includes(NAMED));
        await box.press('End');
        await press(box.page, world.kind, ['Backspace', ...`. ${fixable.wrong}`]);
        const [, mark] = await tacto.marks(2);
        await tacto.press(await tacto.openCard(mark), 'card.replace');
        await until('the fix', async () => (await text(box)).includes(fixable.right));
        await isHeld(box, tacto, () => box.clickByScript(), `Hoy, ${NAMED}. ${fixable.right}`);
      }));

    test(`${editor}: taken out and put back by undo are a person's, and held`, () =>
      lab(editor, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(stop.text);
        const typed = performance.now();
        await until('another undo step', () => performance.now() - typed > UNDO_PAUSE_MS);
        await press(box.page, world.kind, ['Control+a', 'Delete']);
        await holds(box, '');
        await press(box.page, world.kind, ['Control+z']);
        await holds(box, stop.text);
        await isHeld(box, tacto, () => box.clickByScript(), stop.text);
      }));
  }

  test('that a script takes some out of are no longer held for it', () =>
    lab('textarea', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.keyboard.type(`Hola ${stop.text}`);
      await tacto.marks(1);
      await box.page.evaluate((words) => {
        document.querySelector('textarea').value = words;
      }, stop.text);
      await goesOut(box, () => box.clickByScript(), stop.text);
    }));

  test("of an earlier draft, which a script puts back, are still a person's", () =>
    lab('textarea', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.keyboard.type(stop.text);
      await tacto.marks(1);
      await box.page.evaluate(() => {
        const old = document.querySelector('textarea');
        const fresh = old.cloneNode();
        fresh.value = old.value;
        old.replaceWith(fresh);
        lab.text = () => fresh.value;
      });
      await tacto.marks(1);
      await box.clickByScript();
      await tacto.press(await tacto.gate(), 'gate.back');
      await tacto.noGate();
    }));
});

/** In the page: the site clicks its own button some time after a key of a person. */
const CLICKS_AFTER = (wait) => {
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' || !event.ctrlKey) return;
      event.stopPropagation();
      event.preventDefault();
      const click = () => document.querySelector('[data-testid="tweetButtonInline"]').click();
      if (wait === null) click();
      else setTimeout(click, wait);
    },
    true,
  );
};

const SLOW = onEveryPort(`(port, listener) => {
  const say = port.postMessage.bind(port);
  listener({
    get name() { return port.name; },
    get sender() { return port.sender; },
    onMessage: port.onMessage,
    onDisconnect: port.onDisconnect,
    disconnect: () => port.disconnect(),
    postMessage: (message) => setTimeout(() => say(message), 2000),
  });
}`);

for (const [when, options] of [
  ['', {}],
  [
    ', with a background that is slow',
    async (kind) => ({ extension: await damaged(kind, (copy) => inBackground(copy, SLOW)) }),
  ],
]) {
  inEveryBrowser(`A site that clicks its own button after a key${when}`, options, (world) => {
    for (const [moment, wait] of [
      ['at once', null],
      ['after 0 ms', 0],
      ['after 400 ms', 400],
    ]) {
      test(`${moment}: ${when ? 'posts once' : 'asks once, posts once'}`, () =>
        world.with(
          'x-home',
          async (box) => {
            const tacto = new Tacto(box.page, world.kind);
            await box.page.evaluate(CLICKS_AFTER, wait);
            await box.type(stop.text);
            const submit = () => box.press('Control+Enter');
            if (when) await goesOut(box, submit, stop.text);
            else await isHeld(box, tacto, submit, stop.text);
            await never('a question', async () => (await tacto.shown()).gate !== null, 600);
            assert.deepEqual(await box.posted(), [stop.text]);
          },
          { alone: true },
        ));
    }
  });
}
