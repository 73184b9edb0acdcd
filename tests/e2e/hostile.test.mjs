// A page that is against us: it can neither dismiss a warning, nor read a finding, nor learn by
// fetching or messaging that Tacto is there. What it can observe: extension/README.md.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openExtensionPage } from '../harness/extension-page.mjs';
import { isPosted } from '../harness/posting.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { never, until } from '../harness/wait.mjs';

const NAME = 'Project Nightjar';
/** A draft that is held. */
const TEXT = `añadí: ${NAME} ships soon`;

/**
 * In the page: gets between everybody and the browser. Whatever goes through the page's own
 * prototypes is noted; what would let us hold, measure or hide is taken away or turned into spies.
 */
const SEIZE = () => {
  const seen = { roots: [], elements: [], listeners: [], calls: [] };
  globalThis.seized = seen;
  const wrap = (owner, name, note) => {
    const original = owner[name];
    owner[name] = function (...all) {
      const result = original.apply(this, all);
      note(this, all, result);
      return result;
    };
  };
  wrap(Element.prototype, 'attachShadow', (_, [init], root) => seen.roots.push(root, init.mode));
  wrap(Document.prototype, 'createElement', (_, __, made) => seen.elements.push(made));
  wrap(Document.prototype, 'createElementNS', (_, __, made) => seen.elements.push(made));
  wrap(EventTarget.prototype, 'addEventListener', (target, [type]) =>
    seen.listeners.push([target, type]),
  );
  for (const name of ['getClientRects', 'getBoundingClientRect', 'setStart', 'setEnd'])
    wrap(Range.prototype, name, (range) => seen.calls.push(`${name}: ${range}`));
  for (const name of ['append', 'appendChild', 'insertBefore', 'replaceChildren', 'setAttribute'])
    if (Element.prototype[name])
      wrap(Element.prototype, name, (at, all) => seen.calls.push(`${at.localName} ${String(all)}`));
  for (const name of ['fetch', 'postMessage', 'getComputedStyle', 'matchMedia', 'open'])
    wrap(globalThis, name, (_, all) => seen.calls.push(`${name} ${String(all)}`));
  if (globalThis.CSS?.highlights)
    wrap(Object.getPrototypeOf(CSS.highlights), 'set', (_, [name]) =>
      seen.calls.push(`highlight ${name}`),
    );
  for (const name of [
    'MutationObserver',
    'ResizeObserver',
    'IntersectionObserver',
    'CSSStyleSheet',
  ])
    globalThis[name] = new Proxy(globalThis[name], {
      construct(target, all) {
        seen.calls.push(`new ${name} of ${document.body.lastElementChild.localName}`);
        return Reflect.construct(target, all);
      },
    });
  // Holding a post, and telling a person from a script, must not hang on these.
  for (const name of ['preventDefault', 'stopPropagation', 'stopImmediatePropagation'])
    wrap(Event.prototype, name, ({ target }) => {
      if (target?.matches?.('body > div:not([id], [class])')) seen.calls.push(name);
    });
  Event.prototype.composedPath = () => [];
  Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true });
  Object.defineProperty(Node.prototype, 'isConnected', { get: () => true });
  Object.defineProperty(HTMLElement.prototype, 'isContentEditable', { get: () => false });
  HTMLDialogElement.prototype.showModal = () => {};
  HTMLElement.prototype.showPopover = () => {};
  HTMLElement.prototype.focus = () => {};
  Document.prototype.elementFromPoint = () => null;
};

/** In the page: everything that it can get to see of us, as one text. */
const PRY = () => {
  const found = [];
  const note = (what, value) => {
    const text = Array.isArray(value) ? value.join() : value;
    if (text) found.push(`${what}: ${text}`);
  };
  // Of a text that is not all ours: what we say in it.
  const ours = (text) => text.match(/the guide says|not useful|do not post|post anyway|go back/gi);
  const html = document.documentElement;
  for (const node of document.querySelectorAll('body > div:not([id], [class])')) {
    note('html', node.outerHTML);
    note('text', node.innerText + node.textContent);
    note('root', node.shadowRoot?.innerHTML);
    note('slot', node.assignedSlot);
    note('size', node.getBoundingClientRect().width + node.scrollHeight + node.offsetHeight || '');
    note('animations', node.getAnimations({ subtree: true }).length || '');
    for (const name of ['::before', '::after', '::backdrop', '::part(card)'])
      note('content', getComputedStyle(node, name).content.replace(/none|normal/, ''));
  }
  note('all text', ours(html.innerText));
  note(
    'animations',
    document.getAnimations().map(({ effect }) => effect.target.outerHTML),
  );
  const selection = getSelection();
  const before = [...Array(selection.rangeCount)].map((_, i) => selection.getRangeAt(i));
  selection.selectAllChildren(html);
  note('selection', ours(String(selection)));
  // From one of ours to the other, as if somebody had dragged over it.
  for (const host of document.querySelectorAll('body > div:not([id], [class])')) {
    selection.selectAllChildren(host);
    note('selected', String(selection));
  }
  selection.removeAllRanges();
  for (const range of before) selection.addRange(range);
  const outside = (node) => node && node.getRootNode() !== document && node.nodeName;
  for (let x = 5; x < innerWidth; x += 45) {
    for (let y = 5; y < innerHeight; y += 45) {
      for (const hit of document.elementsFromPoint(x, y)) note('hit', outside(hit));
      note('caret', outside(document.caretPositionFromPoint?.(x, y)?.offsetNode));
      note('caret', outside(document.caretRangeFromPoint?.(x, y)?.startContainer));
    }
  }
  note('focus', document.activeElement?.shadowRoot);
  note(
    'sheets',
    [...document.styleSheets, ...document.adoptedStyleSheets]
      .map(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText).join())
      .filter((css) => /severity|tacto|\.mark|\.card/.test(css))
      .join(),
  );
  note(
    'fonts',
    [...document.fonts]
      .map(({ family, status }) => `${family} ${status}`)
      .filter((font) => !font.endsWith('unloaded')),
  );
  note(
    'requests',
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => !name.startsWith(location.origin)),
  );
  for (const { sources, element, target, name } of globalThis.timed ?? []) {
    for (const { node } of sources ?? []) note('shifted', outside(node));
    note('painted', outside(element));
    note('timed', outside(target) && name);
  }
  for (const node of globalThis.told ?? []) note('event', outside(node));
  return [...new Set(found)].filter((line) => !/^html: <div><\/div>$/.test(line));
};

/** In the page: listens to everything, and has the browser time everything. */
const LISTEN = () => {
  globalThis.told = new Set();
  globalThis.heard = [];
  for (const type of Object.keys(window).filter((key) => key.startsWith('on')))
    window.addEventListener(
      type.slice(2),
      (event) => {
        for (const node of [event.target, event.relatedTarget, ...event.composedPath()])
          if (node instanceof Node) globalThis.told.add(node);
        if (event.target?.matches?.('body > div:not([id], [class])'))
          globalThis.heard.push(event.type);
      },
      true,
    );
  globalThis.timed = [];
  for (const type of PerformanceObserver.supportedEntryTypes)
    new PerformanceObserver((list) => globalThis.timed.push(...list.getEntries())).observe({
      type,
      buffered: true,
      durationThreshold: 16,
    });
};

/** In the page: a sheet that would fetch a file for a sign that only we draw, in any known font. */
const FONTS = () => {
  const families = ['system-ui', 'sans-serif', '-apple-system', 'Segoe UI', 'Roboto', 'Noto Sans'];
  const style = document.createElement('style');
  style.textContent = families
    .map(
      (name) =>
        `@font-face { font-family: "${name}"; src: url("/seen.css?${name}"); unicode-range: U+201C }`,
    )
    .join('\n');
  document.head.append(style);
};

const before = (script) => ({ prepare: (page) => page.evaluateOnNewDocument(script) });

inEveryBrowser('A hostile page', {}, (world) => {
  for (const [when, opening] of [
    ['before', before(SEIZE)],
    ['after', {}],
  ]) {
    test(`prototypes that it has overridden ${when} we came change nothing and tell it nothing`, () =>
      world.with(
        'x-home',
        async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          if (when === 'after') await box.page.evaluate(SEIZE);
          await box.page.keyboard.type(TEXT);
          const [mark] = await tacto.marks(1);
          await tacto.openCard(mark);
          await box.page.evaluate(() => {
            globalThis.seized.calls.length = 0;
            globalThis.seized.elements.length = 0;
          });
          await box.press('F8');
          await box.press('Escape');
          await box.press('Control+Enter');
          await tacto.press(await tacto.gate(), 'gate.back');
          await tacto.noGate();
          assert.deepEqual(await box.posted(), []);
          const seen = await box.page.evaluate((name) => {
            const { roots, elements, calls, listeners } = globalThis.seized;
            const host = document.querySelector('body > div:not([id], [class])');
            return {
              roots: roots.length,
              host: elements.some((one) => one === host),
              listeners: listeners.some(([target]) => target === host),
              calls: calls.filter((call) => call.includes(name) || /^(prevent|stop)/.test(call)),
            };
          }, NAME);
          assert.deepEqual(seen, {
            roots: 0,
            host: false,
            listeners: false,
            calls: [],
          });
        },
        opening,
      ));
  }

  test('however it looks, it finds one empty element, with mark, card and gate open', () =>
    world.with(
      'x-home',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.page.evaluate(LISTEN);
        await box.page.evaluate(FONTS);
        await box.type(TEXT);
        const [mark] = await tacto.marks(1);
        assert.deepEqual(await box.page.evaluate(PRY), []);
        const card = await tacto.openCard(mark);
        assert.deepEqual(await box.page.evaluate(PRY), []);
        // A click on it, and a drag over its words.
        const { left, top, right, bottom } = card.rect;
        await box.page.mouse.move(left + 20, top + 40);
        await box.page.mouse.down();
        await box.page.mouse.move(right - 20, bottom - 60, { steps: 4 });
        await box.page.mouse.up();
        assert.equal(await box.page.evaluate(() => String(getSelection())), '');
        assert.deepEqual(await box.page.evaluate(PRY), []);
        await box.press('F8');
        await until('the keyboard in the card', () => tacto.hasFocus());
        assert.deepEqual(await box.page.evaluate(PRY), []);
        await box.press('Escape');
        await box.press('Control+Enter');
        await tacto.gate();
        assert.deepEqual(await box.page.evaluate(PRY), []);
        const { x, y } = await box.page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }));
        await box.page.mouse.move(x - 150, y - 20);
        await box.page.mouse.down();
        await box.page.mouse.move(x + 150, y + 20, { steps: 4 });
        await box.page.mouse.up();
        assert.equal(await box.page.evaluate(() => String(getSelection())), '');
        // What its listeners heard of our element.
        assert.deepEqual(await box.page.evaluate(() => globalThis.heard), []);
        assert.deepEqual(
          world.server.requests.filter(({ path }) => path.includes('seen.css')),
          [],
        );
      },
      { query: '?no-policy' },
    ));

  test('it cannot search for the words of a card', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(TEXT);
      const [mark] = await tacto.marks(1);
      const card = await tacto.openCard(mark);
      const words = card.text.split('\n').filter((line) => line.length > 6);
      assert.ok(words.length > 2);
      const found = await box.page.evaluate(
        (lines) => lines.filter((line) => globalThis.find?.(line, false, false, true)),
        words,
      );
      assert.deepEqual(found, []);
    }));

  test('it may remove, move, hide and cover us: the gate is there again, and only a person answers it', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(TEXT);
      await box.pressButton();
      await tacto.gate();
      const attacks = {
        remove: () => document.querySelector('body > div:not([id], [class])').remove(),
        move: () => {
          const attic = document.createElement('div');
          attic.id = 'attic';
          attic.style.display = 'none';
          document.body.append(attic);
          attic.append(document.querySelector('body > div:not([id], [class])'));
        },
        hide: () => {
          const host = document.querySelector('body > div:not([id], [class])');
          host.style.cssText =
            'display: none !important; opacity: 0 !important; transform: scale(0) !important; visibility: hidden !important; content-visibility: hidden !important';
          host.hidden = true;
          host.inert = true;
          host.setAttribute('popover', 'auto');
        },
        cover: () => {
          const cover = document.createElement('dialog');
          cover.style.cssText = 'width: 100vw; height: 100vh; background: white';
          document.body.append(cover);
          cover.showModal();
        },
        'make everything inert': () => {
          document.body.inert = true;
          document.documentElement.inert = true;
        },
      };
      for (const [name, attack] of Object.entries(attacks)) {
        await box.page.evaluate(attack);
        await until(`the gate after "${name}"`, async () => {
          const { gate } = await tacto.shown();
          if (!gate) return false;
          const { left, top, right, bottom } = tacto.button(gate, 'gate.back').rect;
          const [x, y] = [(left + right) / 2, (top + bottom) / 2];
          return box.page.evaluate(
            (at) =>
              document.elementFromPoint(...at)?.matches('body > div:not([id], [class])') ?? false,
            [x, y],
          );
        }).catch((error) => {
          throw new Error(`${name}: ${error.message}`);
        });
        assert.deepEqual(await box.posted(), []);
      }
      await box.page.evaluate(() => {
        document.body.inert = false;
        document.documentElement.inert = false;
        for (const cover of document.querySelectorAll('body > dialog')) cover.remove();
      });
      await never('the post', isPosted(box), 200);
      await tacto.press(await tacto.gate(), 'gate.post');
      await until('the post', isPosted(box));
      assert.deepEqual(await box.posted(), [TEXT]);
    }));

  test('a text that it swaps while the gate is open was not agreed to', () =>
    world.with('linkedin-message', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(TEXT);
      await box.pressButton();
      const gate = await tacto.gate();
      await box.page.evaluate(() => {
        document.querySelector('.msg-form__contenteditable p').textContent =
          'Mañana nos visita Northmere Energy';
      });
      await tacto.press(gate, 'gate.post');
      await never('the post', isPosted(box), 500);
      // What is there now is asked about, for it was never agreed to.
      await tacto.noGate();
      await box.pressButton();
      assert.match((await tacto.gate()).text, /Northmere/);
    }));

  test('no message gets through to us, and nobody answers one', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(TEXT);
      await tacto.marks(1);
      const answers = await box.page.evaluate(async (id) => {
        const heard = [];
        const api = [globalThis.chrome?.runtime, globalThis.browser?.runtime].filter(Boolean);
        for (const runtime of api) {
          for (const ask of [
            () => runtime.sendMessage?.(id, { kind: 'guideInfo' }),
            () => runtime.connect?.(id, { name: 'draft' }),
          ]) {
            try {
              const answer = await ask();
              if (answer !== undefined && !answer?.onMessage) heard.push(answer);
            } catch {
              // Refused, as it should be.
            }
          }
        }
        // React's own messages to itself, by which Draft.js puts off work.
        const own = (data) => typeof data === 'string' && data.startsWith('setImmediate$');
        const hear = ({ data }) => data?.hello || own(data) || heard.push(data);
        const channel = new BroadcastChannel('draft');
        channel.onmessage = hear;
        addEventListener('message', hear);
        for (const kind of ['check', 'report', 'paused', 'status', 'wake', 'openGuide']) {
          const message = { kind, paused: true, hello: true, source: 'tacto', id: 1 };
          postMessage(message, '*');
          channel.postMessage(message);
          document.dispatchEvent(new CustomEvent(kind, { detail: message }));
        }
        await new Promise((done) => setTimeout(done, 100));
        return heard;
      }, world.session.id);
      assert.deepEqual(answers, []);
      await tacto.marks(1);
    }));

  test('our address answers like one that nobody has, with no policy of the page in the way', () =>
    world.with(
      'x-home',
      async (box) => {
        const nobody =
          world.kind === 'chromium'
            ? 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
            : 'moz-extension://00000000-1111-4222-8333-444444444444';
        const probe = (base) =>
          box.page.evaluate(async (address) => {
            const answers = {};
            const load = (element, name, url) =>
              new Promise((done) => {
                element.onload = () => done('loaded');
                element.onerror = () => done('refused');
                element[name] = url;
                document.body.append(element);
                setTimeout(done, 300, 'nothing');
              });
            for (const file of ['manifest.json', 'pages/popup.html', 'engine.wasm', 'guide.json']) {
              for (const mode of ['no-cors', 'cors'])
                answers[`fetch ${file} ${mode}`] = await fetch(`${address}/${file}`, { mode }).then(
                  () => 'answered',
                  ({ name }) => name,
                );
            }
            const all = await Promise.all([
              load(document.createElement('script'), 'src', `${address}/content-x.js`),
              load(document.createElement('script'), 'src', `${address}/background.js`),
              load(document.createElement('img'), 'src', `${address}/icons/tacto-16.png`),
              load(
                Object.assign(document.createElement('link'), { rel: 'stylesheet' }),
                'href',
                `${address}/pages/page.css`,
              ),
            ]);
            return { ...answers, all };
          }, base);
        const ours = await probe(world.session.base);
        assert.deepEqual(ours, await probe(nobody));
        assert.doesNotMatch(JSON.stringify(ours), /loaded|answered/);
      },
      { query: '?no-policy' },
    ));

  test('it cannot pause us, change what is in force, or reach our pages through an opened one', async () => {
    const own = await openExtensionPage(world.session, 'pages/popup.html');
    const stored = await own.evaluate(() => chrome.storage.local.get());
    await own.close();
    await world.with(
      'x-home',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.page.evaluate(() => {
          localStorage.setItem('pageSettings', '{"platforms":{"x":false}}');
          sessionStorage.setItem('tab:1', '{"paused":true}');
          globalThis.chrome ??= {};
          globalThis.chrome.storage = { local: { get: () => ({}) } };
        });
        await box.type(TEXT);
        await tacto.marks(1);
        await box.press('Control+Enter');
        await tacto.press(await tacto.gate(), 'gate.back');
      },
      { alone: true },
    );
    const again = await openExtensionPage(world.session, 'pages/popup.html');
    assert.deepEqual(await again.evaluate(() => chrome.storage.local.get()), stored);
    await again.close();
  });
});
