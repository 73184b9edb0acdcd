// What is found is marked over exactly its own characters.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { joined, Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { known } from './drafts.mjs';

/** One of each kind; the table of composers drives all of them. */
const BOXES = ['x-home', 'facebook-comment', 'linkedin-share'];

/** The marks stand on the characters' own rectangles: within a pixel sideways, on their line. */
function compare(painted, expected) {
  assert.equal(painted.length, expected.length, 'places marked');
  painted.forEach((place, i) => {
    for (const side of ['left', 'right']) {
      const off = Math.abs(place[side] - expected[i][side]);
      assert.ok(off <= 1, `place ${i + 1}: ${side} is ${off.toFixed(2)} px off`);
    }
    assert.ok(
      place.top >= expected[i].top - 2 && place.bottom <= expected[i].bottom + 4,
      `place ${i + 1}: painted from ${place.top} to ${place.bottom}, its text from ${expected[i].top} to ${expected[i].bottom}`,
    );
  });
}

/** Waits until the marks stand where `words` are drawn now. */
async function marked(box, tacto, words) {
  let problem = new Error('no marks');
  const settle = async () => {
    try {
      const { marks } = await tacto.shown();
      const text = await box.seen();
      const drawn = [];
      let from = 0;
      for (const word of words) {
        const start = text.indexOf(word, from);
        assert.ok(start >= 0, `${word} is seen`);
        from = start + word.length;
        drawn.push(...(await box.drawn(start, from)));
      }
      compare(joined(marks.map(({ rect }) => rect)), joined(drawn));
      return true;
    } catch (error) {
      problem = error;
      return false;
    }
  };
  await until('marks', settle).catch(() => {
    throw problem;
  });
}

/**
 * In the page, with the closed root at hand: after each frame, where the words are drawn and where
 * their mark is.
 */
const WATCH = `(root, { path, words }) => {
  const editor = path.reduce((at, selector, i) => (i ? at.shadowRoot : document).querySelector(selector), null);
  const channel = new MessageChannel();
  const sides = (rect) => rect && [rect.left, rect.right, rect.top];
  const frames = (globalThis.frames = []);
  const note = () => {
    const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && !node.data.includes(words)) node = walker.nextNode();
    const range = document.createRange();
    range.setStart(node, node.data.indexOf(words));
    range.setEnd(node, node.data.indexOf(words) + words.length);
    const mark = root.querySelector('.mark');
    frames.push({ text: sides(range.getBoundingClientRect()), mark: sides(mark?.getBoundingClientRect()) });
    if (frames !== globalThis.frames) return;
    // Between a frame that was looked at and the next: what is seen here was also painted.
    const { move } = globalThis;
    globalThis.move = null;
    move?.();
    requestAnimationFrame(() => channel.port2.postMessage(null));
  };
  channel.port1.onmessage = note;
  note();
}`;

/** Ways in which a page moves its text: what starts it, and whether it goes on by itself. */
const MOVES = {
  'the page scrolls': () => scrollBy(0, 37),
  'the page scrolls smoothly': () => scrollBy({ top: 60, behavior: 'smooth' }),
  'a banner comes above': () => {
    const banner = document.createElement('p');
    banner.textContent = 'News';
    document.body.prepend(banner);
  },
  'an ancestor gets another style': () => {
    document.querySelector('#react-root').style.paddingTop = '23px';
  },
  'a style sheet changes': () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('#react-root { margin-left: 31px !important }');
    document.adoptedStyleSheets.push(sheet);
  },
  'a script moves it frame by frame, and says nothing': () => {
    let step = 0;
    const go = () => {
      step += 3;
      document.querySelector('#react-root > *').style.translate = `${step}px ${step}px`;
      if (step < 60) requestAnimationFrame(go);
    };
    requestAnimationFrame(go);
  },
  'the browser animates it': () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      @keyframes drift { to { transform: translate(40px, 20px) } }
      #react-root > * > * { animation: drift 300ms linear forwards }
    `);
    document.adoptedStyleSheets.push(sheet);
  },
  'it is scaled': () => {
    document.querySelector('#react-root > *').style.scale = '0.8';
  },
  'it is zoomed': () => {
    document.querySelector('#react-root > *').style.zoom = '1.25';
  },
  'all of the page is zoomed': () => {
    document.documentElement.style.zoom = '0.9';
  },
  'all of the page is transformed': () => {
    document.documentElement.style.transform = 'translate(11px, 7px) scale(1.1)';
  },
};

inEveryBrowser('Marks', {}, (world) => {
  test('they are never more than a frame and a pixel off, whatever moves the words', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type('é 🎉 Northmere Energy');
      await box.page.evaluate(() => {
        for (const [where, height] of [
          ['prepend', 250],
          ['append', 3000],
        ]) {
          const room = document.createElement('div');
          room.style.height = `${height}px`;
          document.body[where](room);
        }
        document.documentElement.style.overflowAnchor = 'none';
      });
      await marked(box, tacto, ['Northmere Energy']);
      for (const [move, start] of Object.entries(MOVES)) {
        await tacto.evaluate(WATCH, { path: box.spec.editor, words: 'Northmere Energy' });
        const first = await box.page.evaluate(() => globalThis.frames.at(-1).text);
        await box.page.evaluate(`globalThis.move = ${start}`);
        // Until it has moved, and then stood still for long enough that nothing is followed any
        // more: the next move finds the marks at rest.
        await until(`the move: ${move}`, () =>
          box.page.evaluate((start) => {
            const last = globalThis.frames.slice(-25).map(({ text }) => String(text));
            return last[0] !== String(start) && new Set(last).size === 1;
          }, first),
        );
        const frames = await box.page.evaluate(() => {
          const all = globalThis.frames;
          globalThis.frames = [];
          return all;
        });
        for (const [i, { text, mark }] of frames.entries()) {
          // A busy machine may skip frames: between the last one and this one is on time, too.
          const before = frames[i - 1]?.text ?? text;
          const isNear = mark?.every(
            (side, at) =>
              side >= Math.min(text[at], before[at]) - 1 &&
              side <= Math.max(text[at], before[at]) + 1,
          );
          assert.ok(
            isNear,
            `${move}: in frame ${i} of ${frames.length} the words were at ${before} and are at ${text}, their mark at ${mark}`,
          );
        }
      }
    }));

  test('a font that comes late moves the marks too', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type('iiii llll Northmere Energy');
      await box.page.evaluate((selector) => {
        document.querySelector(selector).style.fontFamily = 'Late, sans-serif';
      }, box.spec.editor[0]);
      await marked(box, tacto, ['Northmere Energy']);
      const font = await readFile('/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf', 'base64');
      const before = await box.drawn(10, 26);
      await box.page.evaluate(async (data) => {
        const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
        document.fonts.add(await new FontFace('Late', bytes).load());
      }, font);
      await until('the font', async () => (await box.drawn(10, 26))[0].left !== before[0].left);
      await marked(box, tacto, ['Northmere Energy']);
    }));

  test('they are cut off where the text is, and go where something lies over it', () =>
    world.with('facebook-post', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type('Northmere Energy');
      await marked(box, tacto, ['Northmere Energy']);
      const style = (selector, name, value) =>
        box.page.evaluate(
          (...all) => document.querySelector(all[0]).style.setProperty(all[1], all[2]),
          selector,
          name,
          value,
        );
      const [text] = await box.drawn(0, 16);
      const scroll = '[role="dialog"] .scroll';
      const { x } = await box.rectOf([scroll]);
      // A narrow window on the text, as of a dialog that has become small.
      await style(scroll, 'width', `${text.left + 60 - x}px`);
      await style(scroll, 'overflow', 'hidden');
      await style('[role="dialog"] [role="textbox"]', 'width', '400px');
      const edge = await box.page.evaluate((selector) => {
        const element = document.querySelector(selector);
        return element.getBoundingClientRect().left + element.clientLeft + element.clientWidth;
      }, scroll);
      await until('the mark to end at the edge', async () => {
        const { marks } = await tacto.shown();
        return marks.length === 1 && Math.abs(marks[0].rect.right - edge) <= 1;
      });
      await style(scroll, 'width', '');
      await style(scroll, 'clip-path', 'inset(0 0 100% 0)');
      await tacto.marks(0);
      await style(scroll, 'clip-path', '');
      await tacto.marks(1);
      await style('[role="dialog"]', 'opacity', '0');
      await tacto.marks(0);
      await style('[role="dialog"]', 'opacity', '');
      await tacto.marks(1);
      await box.page.evaluate(
        ({ left, top }) => {
          const menu = document.createElement('div');
          menu.id = 'menu';
          menu.style.cssText = `position: fixed; z-index: 99; background: white; width: 60px; height: 40px; left: ${left}px; top: ${top}px`;
          document.body.append(menu);
        },
        { left: text.left, top: text.top },
      );
      await tacto.marks(0);
      await box.page.evaluate(() => document.querySelector('#menu').remove());
      await marked(box, tacto, ['Northmere Energy']);
    }));

  test("in a modal dialog of the browser's own, marks, card and gate are above it and can be used", () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      // React does not mind where its root element is.
      await box.page.evaluate(() => {
        const dialog = document.createElement('dialog');
        document.body.append(dialog);
        dialog.append(document.querySelector('#react-root'));
        dialog.showModal();
      });
      await box.click(box.spec.editor);
      await box.type('Northmere Energy');
      await marked(box, tacto, ['Northmere Energy']);
      const [mark] = await tacto.marks(1);
      await tacto.press(await tacto.openCard(mark), 'card.dismiss');
      await tacto.marks(0);
      await box.type(' Project Nightjar');
      await tacto.marks(1);
      await box.pressButton();
      await tacto.press(await tacto.gate(), 'gate.back');
      await tacto.noGate();
      assert.deepEqual(await box.posted(), []);
    }));

  for (const name of BOXES) {
    for (const draft of known) {
      test(`${name}: ${draft.name}`, () =>
        world.with(name, async (box) => {
          await box.type(draft.text);
          await marked(box, new Tacto(box.page, world.kind), draft.marked);
          assert.equal(await box.model(), draft.text, 'the draft is as it was typed');
          assert.deepEqual(box.errors, []);
        }));
    }
  }

  test('two findings on two lines', () =>
    world.with('linkedin-share', async (box) => {
      await box.page.keyboard.type('é Northmere Energy 🎉\nand 🙂 Dunmarrow Foods too');
      await marked(box, new Tacto(box.page, world.kind), ['Northmere Energy', 'Dunmarrow Foods']);
    }));

  test('a finding that the line breaks in two', () =>
    world.with('x-home', async (box) => {
      const filler = 'Palabras y más palabras hasta el final de la línea y así ';
      const tacto = new Tacto(box.page, world.kind);
      await box.type(`${filler}`.repeat(1));
      // Pushed a character at a time towards the edge, until the name is drawn on two lines.
      await box.type('Northmere Energy');
      const start = () => box.seen().then((text) => text.indexOf('Northmere'));
      for (let pushed = 0; pushed < 60; pushed += 1) {
        const at = await start();
        if (new Set((await box.drawn(at, at + 16)).map(({ top }) => top)).size > 1) break;
        await box.press('Home');
        await box.page.keyboard.type('o');
      }
      const at = await start();
      assert.equal(new Set((await box.drawn(at, at + 16)).map(({ top }) => top)).size, 2);
      await marked(box, tacto, ['Northmere Energy']);
    }));

  test('marks follow the text while it is typed before them, and go when it goes', () =>
    world.with('facebook-post', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type('Northmere Energy');
      await marked(box, tacto, ['Northmere Energy']);
      await box.press('Home');
      await box.page.keyboard.type('🎉 y ');
      await marked(box, tacto, ['Northmere Energy']);
      await box.press('End');
      for (let i = 0; i < 'Northmere Energy'.length; i += 1) await box.press('Backspace');
      await tacto.marks(0);
      assert.equal(await box.model(), '🎉 y ');
    }));

  test('marks follow when the box scrolls, and are not painted outside it', () =>
    world.with('linkedin-share', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.keyboard.type(`Northmere Energy${'\nuna línea más'.repeat(16)}`);
      // The caret is at the end: the name is scrolled away.
      await tacto.marks(0);
      await box.page.evaluate(
        "document.querySelector('#interop-outlet').shadowRoot.querySelector('.share-creation-state__text-editor').scrollTop = 0",
      );
      await marked(box, tacto, ['Northmere Energy']);
    }));

  test('marks follow when the window is resized', () =>
    world.with(
      'x-home',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type('é 🎉 Northmere Energy');
        await marked(box, tacto, ['Northmere Energy']);
        await box.page.setViewport({ width: 1000, height: 700 });
        await marked(box, tacto, ['Northmere Energy']);
      },
      { alone: true },
    ));
});
