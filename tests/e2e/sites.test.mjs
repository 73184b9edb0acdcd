// What is a compose box and what is none; boxes that post together; what IT sets for a site.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../harness/browsers.mjs';
import { Composer } from '../harness/composers.mjs';
import { isPosted } from '../harness/posting.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { joined, Tacto } from '../harness/tacto.mjs';
import { toolbar } from '../harness/toolbar.mjs';
import { never, until } from '../harness/wait.mjs';

const STOP = 'hoy visita Northmere Energy';

const pagesOf = (host, settings) => ({
  settings: `https://${host}/${settings}`,
  nothing: `https://${host}/nothing`,
  strange: `https://${host}/strange`,
});
const SITES = {
  x: pagesOf('x.com', 'settings/account'),
  facebook: pagesOf('www.facebook.com', 'settings'),
  linkedin: pagesOf('www.linkedin.com', 'mypreferences/d/categories/account'),
};

/** A box that no adapter describes, as `Composer` drives the others. */
const strange = (site) => ({
  url: SITES[site].strange,
  editor: ['.strange-box'],
  button: ['.strange-button'],
  key: 'Control+Enter',
  model: `${site}-strange`,
});

inEveryBrowser('Sites', {}, (world) => {
  const open = async (spec, use) => {
    const box = await Composer.open(world.session, spec);
    try {
      return await use(box, new Tacto(box.page, world.kind));
    } finally {
      await box.close();
    }
  };

  /** What IT has set, as the background stores it; taken back afterwards. */
  const withSettings = async (settings, use) => {
    const bar = await toolbar(world.session);
    const set = (value) =>
      bar.page.evaluate(async (stored) => {
        const { local } = (globalThis.browser ?? globalThis.chrome).storage;
        if (stored) await local.set({ pageSettings: stored });
        else await local.remove('pageSettings');
      }, value);
    try {
      return await use(
        () => set(settings),
        () => set(null),
        bar,
      );
    } finally {
      await set(null);
      await bar.close();
    }
  };

  /** Writes a draft that would be held into everything on a page that is no compose box. */
  const nothingIsShown = async (url, count) => {
    const page = await world.session.browser.newPage();
    await page.goto(url);
    const fields = await page.$$eval(
      '#no-composers :is(input, textarea, [contenteditable])',
      (all) => all.map(({ id }) => `#${id}`),
    );
    assert.equal(fields.length, count);
    for (const field of fields) {
      await page.focus(field);
      await page.keyboard.type(STOP);
    }
    const texts = await page.$$eval('#no-composers :is(input, textarea)', (all) =>
      all.map(({ value }) => value),
    );
    assert.ok(texts.filter((text) => text === STOP).length >= 2, 'it was typed');
    for (const button of await page.$$('#no-composers button')) await button.click();
    await page.focus(fields[0]);
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    const tacto = new Tacto(page, world.kind);
    const shows = async () => {
      const { marks, card, gate } = await tacto.shown();
      return marks.length > 0 || card || gate;
    };
    // Longer than it takes to look at a page again and to have a draft checked.
    await never('anything was shown', shows, 700);
    const bar = await toolbar(world.session);
    const { badge, title } = await bar.read();
    assert.equal(badge, '');
    assert.match(title, /no compose box/);
    await bar.close();
    await page.close();
  };

  for (const [site, { nothing, settings }] of Object.entries(SITES)) {
    test(`${site}: search, login, codes and filters are no compose boxes`, () =>
      nothingIsShown(nothing, 13));

    test(`${site}: settings are no compose boxes`, () => nothingIsShown(settings, 2));

    test(`${site}: a box that no adapter describes is checked all the same`, () =>
      open(strange(site), async (box, tacto) => {
        await box.type(STOP);
        await tacto.marks(1);
        await box.pressButton();
        const gate = await tacto.gate();
        assert.deepEqual(await box.posted(), []);
        await tacto.press(gate, 'gate.post');
        await until('the post', isPosted(box));
        assert.deepEqual(await box.posted(), [STOP]);
        assert.deepEqual(box.errors, []);
      }));
  }

  test('a draft that was there before anybody touched its box is held all the same', async () => {
    const page = await world.session.browser.newPage();
    await page.goto(SITES.linkedin.strange);
    await page.$eval('.strange-box', (box, text) => box.append(text), STOP);
    await page.click('.strange-button');
    await new Tacto(page, world.kind).gate();
    assert.deepEqual(await page.evaluate('testbed.posted'), []);
    await page.close();
  });

  test('a hidden copy of a box is no draft', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.page.evaluate((text) => {
        const real = document.querySelector('[data-testid="tweetTextarea_0"]');
        const copy = real.cloneNode();
        copy.textContent = text;
        const hidden = document.createElement('div');
        hidden.hidden = true;
        hidden.append(copy);
        document.querySelector('.column').prepend(hidden);
      }, STOP);
      await box.type('Buenos días');
      await box.click(box.spec.button);
      await until('the post', isPosted(box));
      assert.deepEqual(await box.posted(), ['Buenos días']);
      assert.equal((await tacto.shown()).gate, null);
    }));

  const TOGETHER = [
    ['a thread', 'x-thread', '[role="dialog"] [data-testid="tweetTextarea_0"]'],
    ['a poll', 'x-poll', '[role="dialog"] [data-testid="tweetTextarea_0"]'],
    ['an article', 'x-article', '.article textarea'],
    ['a long article', 'linkedin-article', '#article-editor-headline__textarea'],
  ];
  for (const [what, name, other] of TOGETHER) {
    test(`${what} (${name}) has one gate for all its boxes`, () =>
      world.with(name, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type('WattFlow');
        await box.click([other]);
        await box.press('Control+End');
        await box.page.keyboard.type(` ${STOP}`);
        const places = async () =>
          joined((await tacto.shown()).marks.map(({ rect }) => rect)).length;
        await until('both to be marked', async () => (await places()) === 2);
        await box.pressButton();
        const gate = await tacto.gate();
        assert.match(gate.text, /Northmere Energy/);
        assert.match(gate.text, /WattFlow/);
        assert.deepEqual(await box.posted(), []);
        await tacto.press(gate, 'gate.post');
        await until('the post', async () => (await box.posted()).some((one) => one === 'WattFlow'));
        await tacto.noGate();
        const last = (await box.posted()).filter((one) => one.endsWith(STOP));
        assert.equal(last.length, 1, 'the other box is posted, once');
      }));
  }

  test('a site that IT turns off is left at once in open tabs, and taken up again at once', () =>
    world.with('x-home', (box) =>
      withSettings(
        { platforms: { x: false, facebook: true, linkedin: true } },
        async (set, takeBack, bar) => {
          const tacto = new Tacto(box.page, world.kind);
          await box.page.bringToFront();
          await box.type(STOP);
          await tacto.marks(1);
          await set();
          await tacto.marks(0);
          await bar.says('the toolbar to say so', ({ title }) => /turned off here/.test(title));
          await box.press('Control+Enter');
          await until('the post', isPosted(box));
          await world.with('facebook-comment', async (other) => {
            await other.type(STOP);
            await new Tacto(other.page, world.kind).marks(1);
          });
          await box.page.bringToFront();
          await box.type(STOP);
          await never('a mark', async () => (await tacto.shown()).marks.length > 0, 300);
          await takeBack();
          await tacto.marks(1);
          await box.press('Control+Enter');
          await tacto.gate();
        },
      ),
    ));

  test('a page that is opened while its site is off has nothing of ours', () =>
    withSettings({ platforms: { x: true, facebook: true, linkedin: false } }, async (set) => {
      await set();
      await world.with('linkedin-share', async (box) => {
        await box.type(STOP);
        await box.pressButton();
        await until('the post', isPosted(box));
        const tacto = new Tacto(box.page, world.kind);
        assert.deepEqual(await tacto.evaluate('() => true'), [], 'no root of ours');
      });
    }));

  test('the toolbar says of a page without boxes that its site is off, and no longer so', async () => {
    const page = await world.session.browser.newPage();
    await page.goto(SITES.x.settings);
    const off = { platforms: { x: false, facebook: true, linkedin: true } };
    await withSettings(off, async (set, takeBack, bar) => {
      await set();
      await bar.says('the toolbar to say so', ({ title }) => /turned off here/.test(title));
      await takeBack();
      await bar.says('the toolbar to be idle', ({ title }) => /no compose box/.test(title));
    });
    await page.close();
  });

  test('an adapter from policy finds what the shipped one no longer finds, without a reload', async () => {
    const file = join(root, 'extension/src/adapters/x.json');
    const shipped = JSON.parse(await readFile(file, 'utf8'));
    const mended = {
      ...shipped,
      composers: shipped.composers.map((kind) =>
        kind.id === 'inline' ? { ...kind, submit: [{ select: '.bar .post' }] } : kind,
      ),
    };
    await world.with('x-home', (box) =>
      withSettings({ adapters: { x: mended } }, async (set, takeBack, bar) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.page.bringToFront();
        // The site has renamed its button.
        await box.page.evaluate(() => {
          const button = document.querySelector('[data-testid="tweetButtonInline"]');
          button.removeAttribute('data-testid');
          button.firstChild.textContent = 'Zap';
        });
        await box.type(STOP);
        await tacto.marks(1);
        await bar.says('the toolbar to say that nothing can be held', ({ badge, title }) => {
          return badge !== '' && /nothing can be held/.test(title);
        });
        await set();
        await tacto.marks(1);
        await bar.says('the toolbar to say that it is checked', ({ badge }) => badge === '');
        await box.click(['.bar .post']);
        await tacto.gate();
        assert.deepEqual(await box.posted(), []);
        await box.press('Escape');
        await tacto.noGate();
        await takeBack();
        await bar.says('the shipped adapter to be back', ({ badge }) => badge !== '');
      }),
    );
  });

  test('an adapter from policy whose selectors all miss leaves the generic way in', () =>
    world.with('facebook-post', (box) =>
      withSettings(
        {
          adapters: {
            facebook: {
              format: 'tacto-site',
              version: 1,
              platform: 'facebook',
              hosts: ['facebook.com'],
              shadowHosts: [],
              composers: [
                {
                  id: 'post',
                  surface: 'post',
                  box: ['.no-such-box'],
                  root: ['.no-such-root'],
                  submit: [{ select: '.no-such-button' }],
                  keys: [],
                },
              ],
              fallback: { submit: [], keys: [] },
              ignore: [],
              pickers: [],
              audience: [],
              author: [],
            },
          },
        },
        async (set) => {
          const tacto = new Tacto(box.page, world.kind);
          await set();
          await box.page.bringToFront();
          await box.type(STOP);
          await tacto.marks(1);
          await box.pressButton();
          await tacto.gate();
          assert.deepEqual(await box.posted(), []);
        },
      ),
    ));
});
