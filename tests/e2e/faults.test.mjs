// Faults while somebody types and while somebody posts: nothing is lost, nothing is posted twice,
// nothing is stuck for more than a second, and the toolbar tells.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composers } from '../harness/composers.mjs';
import { damaged, inBackground, inContentScripts, onEveryPort } from '../harness/damage.mjs';
import { openExtensionPage } from '../harness/extension-page.mjs';
import { copy, press } from '../harness/keys.mjs';
import { inClosedRoots } from '../harness/pierce.mjs';
import { goesOut, isHeld } from '../harness/posting.mjs';
import { setSettings } from '../harness/settings.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { toolbar } from '../harness/toolbar.mjs';
import { until } from '../harness/wait.mjs';
import { clean, stop } from './drafts.mjs';

/** A browser with a copy of the extension in whose background that code runs first. */
const withBackground = (code) => async (kind) => ({
  extension: await damaged(kind, (copy) => inBackground(copy, code)),
});

/** The toolbar says of the page's tab what it must. */
async function says(world, what, probe) {
  const bar = await toolbar(world.session);
  await bar.says(what, probe);
  await bar.close();
}
const notChecked = ({ badge, title }) => badge !== '' && /NOT checked/.test(title);
const checked = ({ badge, title }) => badge === '' && /are checked/.test(title);

// --- a background that is slow, or hangs up ------------------------------------------------------

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

inEveryBrowser('With a background that takes two seconds', withBackground(SLOW), (world) => {
  test('what is not judged yet goes out by itself, once, and the toolbar says so', () =>
    world.with('x-home', async (box) => {
      await box.type(stop.text);
      await goesOut(box, () => box.press('Control+Enter'), stop.text);
      await says(world, 'that the box was not checked', notChecked);
    }));

  if (world.kind === 'chromium') {
    test('stopped while a post waits for it: the post goes out by itself, once', () =>
      world.with('x-home', async (box) => {
        await box.type(stop.text);
        const [worker] = world.session.browser
          .targets()
          .filter(
            (one) => one.type() === 'service_worker' && one.url().startsWith(world.session.base),
          );
        const running = await worker.worker();
        const submit = async () => {
          await box.press('Control+Enter');
          await running.close();
        };
        await goesOut(box, submit, stop.text);
      }));
  }

  test('what has been judged is held; typing never waits', () =>
    world.with('facebook-post', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await tacto.marks(1);
      await isHeld(box, tacto, () => box.pressButton(), stop.text);
      await says(world, 'that drafts are checked', ({ title }) => !/NOT checked/.test(title));
    }));
});

/** The first port is closed at its first question, with the question unanswered. */
const HANGS_UP_ONCE = onEveryPort(`(port, listener, count) => {
  if (count > 1) listener(port);
  else port.onMessage.addListener((message) => message.kind === 'check' && port.disconnect());
}`);

inEveryBrowser(
  'With a port that is closed while a question is on its way',
  withBackground(HANGS_UP_ONCE),
  (world) => {
    test('it is asked again: the post is held as ever', () =>
      world.with('x-home', async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(stop.text);
        await isHeld(box, tacto, () => box.press('Control+Enter'), stop.text);
        await says(world, 'that drafts are checked', ({ title }) => !/NOT checked/.test(title));
      }));
  },
);

const HANGS_UP = onEveryPort(`(port, listener) => {
  const hear = port.onMessage.addListener.bind(port.onMessage);
  listener({
    get name() { return port.name; },
    get sender() { return port.sender; },
    onMessage: {
      addListener: (listen) =>
        hear((message) => (message.kind === 'check' ? port.disconnect() : listen(message))),
    },
    onDisconnect: port.onDisconnect,
    disconnect: () => port.disconnect(),
    postMessage: (message) => port.postMessage(message),
  });
}`);

inEveryBrowser(
  'With a port that is closed at every question',
  withBackground(HANGS_UP),
  (world) => {
    for (const name of ['x-home', 'facebook-comment', 'linkedin-share']) {
      test(`${name}: the post goes out by itself, once, and the toolbar says so`, () =>
        world.with(name, async (box) => {
          await box.type(stop.text);
          await says(world, 'that the box is not checked', notChecked);
          await box.page.bringToFront();
          await goesOut(box, () => box.press(composers[name].key), stop.text);
        }));
    }
  },
);

// --- storage ---------------------------------------------------------------------------------------

const FULL = `
  for (const area of [chrome.storage.session, chrome.storage.local])
    area.set = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
`;

inEveryBrowser('With a storage that is full', withBackground(FULL), (world) => {
  test('marks, gate and toolbar work as ever', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await tacto.marks(1);
      await says(world, 'that drafts are checked', checked);
      await box.page.bringToFront();
      await isHeld(box, tacto, () => box.press('Control+Enter'), stop.text);
    }));
});

// --- policy ----------------------------------------------------------------------------------------

/** The browser says what IT has set once it is told to, long after anybody would wait. */
const LATE = `
  const told = new Promise((tell) => {
    new BroadcastChannel('policy').onmessage = ({ data }) => tell(data);
  });
  chrome.storage.managed.get = () => told;
`;

inEveryBrowser(
  'With a browser that is slow to say what IT has set',
  withBackground(LATE),
  (world) => {
    test('the shipped guide serves, and it is said so; then the policy does, without a reload', () =>
      world.with('x-home', async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        const text = 'Northmere Energy, Quorvane Industries';
        await box.type(text);
        await tacto.marks(1);
        const own = await openExtensionPage(world.session, 'pages/popup.html');
        const status = () =>
          own.evaluate(() => chrome.runtime.sendMessage({ kind: 'policyStatus' }));
        const { state, source } = await status();
        assert.deepEqual([state, source], ['unknown', 'shipped']);
        await own.evaluate(() => {
          const policy = { lists: { clients: ['Quorvane Industries'] } };
          new BroadcastChannel('policy').postMessage(policy);
        });
        await until('the policy to be in force', async () => (await status()).state === 'loaded');
        await own.close();
        await box.page.bringToFront();
        await tacto.marks(2);
        assert.equal(await box.model(), text);
      }));
  },
);

// --- adapters --------------------------------------------------------------------------------------

inEveryBrowser(
  'With adapters whose selectors are all wrong',
  async (kind) => ({
    extension: await damaged(kind, (copy) => inContentScripts(copy, 'data-testid', 'data-gone')),
  }),
  (world) => {
    for (const [way, submit] of [
      ['the button, known by its words', (box) => box.pressButton()],
      ['Ctrl+Enter', (box) => box.press('Control+Enter')],
    ]) {
      test(`x-home: the generic way in still reads, marks and holds: ${way}`, () =>
        world.with('x-home', async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          await box.type(stop.text);
          await tacto.marks(1);
          await isHeld(box, tacto, () => submit(box), stop.text);
        }));
    }
  },
);

// --- the page --------------------------------------------------------------------------------------

/** A bare editor of the lab, as a compose box of the harness. */
composers.lab = {
  url: 'https://x.com/lab',
  editor: ['[contenteditable="true"], textarea'],
  button: ['#post'],
  key: 'Control+Enter',
};

inEveryBrowser('A page', {}, (world) => {
  const lab = (editor, use) => world.with('lab', use, { query: `?editor=${editor}` });

  test('that replaces its box while somebody types in it: the new one is read, marked, held', () =>
    lab('plain', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.keyboard.type(stop.text.slice(0, 20));
      for (let i = 0; i < 3; i += 1) {
        await box.page.evaluate(() => {
          const old = document.querySelector('.box');
          const fresh = old.cloneNode(true);
          old.replaceWith(fresh);
          fresh.focus();
          document.getSelection().selectAllChildren(fresh);
          document.getSelection().collapseToEnd();
        });
        await box.page.keyboard.type(stop.text.slice(20 + i * 8, 28 + i * 8));
      }
      await box.page.keyboard.type(stop.text.slice(44));
      await tacto.marks(1);
      assert.equal(
        await box.page.evaluate(() => document.querySelector('.box').innerText),
        stop.text,
      );
      await box.pressButton();
      const gate = await tacto.gate();
      await tacto.press(gate, 'gate.back');
      await tacto.noGate();
      assert.equal(
        await box.page.evaluate(() => document.querySelector('.box').innerText),
        stop.text,
      );
    }));

  test('into which 100,000 characters are pasted: they are there, and go out by themselves', () =>
    lab('plain', async (box) => {
      const long = `${'lorem ipsum dolor '.repeat(5555)}0123456789`;
      assert.equal(long.length, 100_000);
      await copy(box.page, world.kind, long);
      await box.click(box.spec.editor);
      await press(box.page, world.kind, ['Control+v', '!']);
      const text = `${long}!`;
      await until('the text', async () => (await box.page.evaluate(() => lab.text())) === text);
      await box.page.evaluate(() => document.getElementById('post').scrollIntoView());
      await goesOut(box, () => box.pressButton(), text);
      // One character too many to be checked.
      await says(world, 'that it was not checked, or that the box is empty again', ({ title }) =>
        /NOT checked|are checked/.test(title),
      );
    }));

  test('with a box that nothing of ours can read: the toolbar says that it is not checked', () =>
    lab('plain', async (box) => {
      await box.page.evaluate(() => {
        const host = document.createElement('div');
        host.style.cssText = 'display:block; height: 40px; border: 1px solid';
        host.id = 'closed';
        const root = host.attachShadow({ mode: 'closed' });
        const inner = document.createElement('div');
        inner.contentEditable = 'true';
        inner.style.height = '40px';
        root.append(inner);
        document.querySelector('main').prepend(host);
        inner.focus();
      });
      await box.page.keyboard.type('hello');
      await says(world, 'that the box is not checked', notChecked);
      await box.page.bringToFront();
      await box.page.evaluate(() => document.getElementById('closed').remove());
      await box.click(box.spec.editor);
      await box.type(clean);
      await says(world, 'that drafts are checked', checked);
    }));

  test('with fifty boxes, and a feed that comes and goes: every box is read, the last is held', () =>
    lab('plain', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.evaluate(() => {
        const main = document.querySelector('main');
        for (let i = 0; i < 50; i += 1) {
          const article = document.createElement('article');
          const editable = document.createElement('div');
          editable.contentEditable = 'true';
          editable.setAttribute('role', 'textbox');
          editable.className = 'box';
          article.append(editable);
          main.append(article);
        }
        // A feed of thousands of nodes, made anew again and again.
        const feed = document.createElement('section');
        main.append(feed);
        globalThis.turns = 0;
        const turn = () => {
          feed.replaceChildren(
            ...Array.from({ length: 1000 }, (_, i) => {
              const post = document.createElement('article');
              post.append(document.createElement('b'), `post ${i}`);
              return post;
            }),
          );
          if (++globalThis.turns < 20) setTimeout(turn, 20);
        };
        turn();
      });
      await box.page.evaluate(() => {
        [...document.querySelectorAll('.box')].at(-1).scrollIntoView({ block: 'center' });
        [...document.querySelectorAll('.box')].at(-1).focus();
      });
      await box.page.keyboard.type(stop.text);
      await until('the feed to have turned', () =>
        box.page.evaluate(() => globalThis.turns === 20),
      );
      await tacto.marks(1);
      const drawn = await box.page.evaluate(
        () => [...document.querySelectorAll('.box')].at(-1).innerText,
      );
      assert.equal(drawn, stop.text);
      await box.press('Control+Enter');
      await tacto.gate();
      assert.deepEqual(await box.posted(), []);
      assert.deepEqual(box.errors, []);
    }));

  test('that goes to the back/forward cache and comes back: marked, held and told as before', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await tacto.marks(1);
      if (!(await awayAndBack(box))) return;
      await tacto.marks(1);
      await says(world, 'that drafts are checked', checked);
      await box.page.bringToFront();
      await isHeld(box, tacto, () => box.press('Control+Enter'), stop.text);
    }));

  test('that is away while IT changes the gate, and the site: what is in force then is followed', () =>
    world.with(
      'x-home',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        const warned = 'Bienvenidos a la oficina nueva. Wifi: girasoles';
        await box.type(warned);
        await tacto.marks(1);
        if (!(await awayAndBack(box, () => setSettings(world.session, { gate: 'warn' })))) return;
        await tacto.marks(1);
        await box.press('Control+Enter');
        await tacto.press(await tacto.gate(), 'gate.back');
        await tacto.noGate();
        const off = { gate: 'stop', platforms: { x: false, facebook: true, linkedin: true } };
        await awayAndBack(box, () => setSettings(world.session, off));
        await tacto.marks(0);
        await goesOut(box, () => box.press('Control+Enter'), warned);
        const on = { platforms: { x: true, facebook: true, linkedin: true } };
        await awayAndBack(box, () => setSettings(world.session, on));
        await box.click(box.spec.editor);
        await box.type(stop.text);
        await tacto.marks(1);
      },
      { alone: true },
    ));
});

/**
 * In the page's own tab: to another page and back, with something done meanwhile. False where the
 * browser did not keep it: that is another page then, which other tests are about.
 */
async function awayAndBack(box, meanwhile = () => {}) {
  await box.page.evaluate(() => {
    globalThis.isSame = true;
    globalThis.cameBack = false;
    addEventListener('pageshow', (event) => {
      globalThis.cameBack = event.persisted;
    });
  });
  // Not `goto`, nor `goBack`: what comes from Firefox's cache loads nothing that they could wait for.
  const goes = (how) => box.page.evaluate(how);
  await goes(() => {
    setTimeout(() => location.assign('https://www.facebook.com/'));
  });
  await until('the other page', () =>
    box.page
      .evaluate(() => location.host !== 'x.com' && document.readyState === 'complete')
      .catch(() => false),
  );
  await meanwhile();
  await box.page.bringToFront();
  await goes(() => {
    setTimeout(() => history.back());
  });
  const came = await until('the page to be back', () =>
    box.page
      .evaluate(
        () =>
          location.host === 'x.com' &&
          document.readyState === 'complete' && {
            same: globalThis.isSame ?? false,
            back: globalThis.cameBack ?? false,
          },
      )
      .catch(() => false),
  );
  if (!came.same) return false;
  await until('it to know', () => box.page.evaluate(() => globalThis.cameBack));
  return true;
}

// --- another extension under an open page ----------------------------------------------------------

const closedRoots = (box, kind) => inClosedRoots(box.page, kind, '() => 1');

/** What a browser does when an extension is updated, or when somebody turns it off. */
const LEAVINGS = {
  reloaded: async (session) => {
    const page = await openExtensionPage(session, 'pages/popup.html');
    await page
      .evaluate(() => (globalThis.browser ?? globalThis.chrome).runtime.reload())
      .catch(() => {});
    if (!page.isClosed()) await page.close().catch(() => {});
  },
  disabled: async (session) => {
    const page = await session.browser.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate((id) => chrome.management.setEnabled(id, false), session.id);
    await page.close();
  },
  removed: (session) => session.browser.uninstallExtension(session.id),
};

for (const [what, leave] of Object.entries(LEAVINGS)) {
  inEveryBrowser(`An extension that is ${what} under an open draft`, {}, (world) => {
    // Firefox stops the script of an extension that is gone at once (extension/README.md, "Limits").
    if (what !== 'reloaded' && world.kind === 'firefox') return;

    test('leaves nothing behind; what takes over, if anything, holds the post once', () =>
      world.with('x-home', async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(stop.text);
        await tacto.marks(1);
        const before = await box.page.evaluate(() => {
          globalThis.old = document.body.lastElementChild;
          return document.querySelectorAll('*').length;
        });
        const isGone = () => box.page.evaluate(() => !globalThis.old.isConnected);
        await leave(world.session);
        await box.page.bringToFront();
        if (world.kind === 'firefox') {
          // Firefox gives the open page the new content script.
          await until('the new one to mark', async () => {
            const { marks } = await tacto.shown();
            return (await isGone()) && marks.length > 0;
          });
          await until(
            'one element of ours',
            async () => (await closedRoots(box, world.kind)).length === 1,
          );
          await isHeld(box, tacto, () => box.press('Control+Enter'), stop.text);
          return;
        }
        await until(
          'nothing of ours to be left',
          async () => (await closedRoots(box, world.kind)).length === 0,
        );
        const after = await box.page.evaluate(() => document.querySelectorAll('*').length);
        assert.equal(after, before - 1, 'the element that held it is gone');
        await box.page.keyboard.type(' Más.');
        await goesOut(box, () => box.press('Control+Enter'), `${stop.text} Más.`);
        assert.deepEqual(box.errors, []);
      }));
  });
}

inEveryBrowser('An extension that is reloaded while a page is in the cache', {}, (world) => {
  test('leaves no mark in it; where nobody checks it any more, the toolbar says so, and a reload helps', () =>
    world.with(
      'x-home',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(stop.text);
        await tacto.marks(1);
        const isKept = await awayAndBack(box, async () => {
          await LEAVINGS.reloaded(world.session);
          if (world.kind === 'chromium') return;
          // Until it is at work again: a page that comes back before that is given the new script.
          const own = await openExtensionPage(world.session, 'pages/practice.html');
          const ask = () => own.evaluate(() => chrome.runtime.sendMessage({ kind: 'guideInfo' }));
          await until('the guide', async () => (await ask())?.problem === null);
          await own.close();
        });
        if (!isKept) return;
        assert.equal((await closedRoots(box, world.kind)).length, 0);
        assert.equal(await box.model(), stop.text);
        if (world.kind === 'firefox') {
          await says(
            world,
            'that the page is to be loaded anew',
            ({ badge, title }) => badge === '!' && /NOT checked.*Reload it/.test(title),
          );
          await box.page.bringToFront();
        }
        await goesOut(box, () => box.press('Control+Enter'), stop.text);
        await box.page.evaluate(() => {
          globalThis.isSame = false;
          setTimeout(() => location.reload());
        });
        await until('the page to be loaded anew', () =>
          box.page
            .evaluate(() => globalThis.isSame === undefined && document.readyState === 'complete')
            .catch(() => false),
        );
        await until('the box', () => box.rectOf(box.spec.editor));
        await box.click(box.spec.editor);
        await box.page.keyboard.type(stop.text);
        await tacto.marks(1);
        await says(world, 'that drafts are checked', checked);
      },
      { alone: true },
    ));
});
