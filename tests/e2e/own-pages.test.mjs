// The guide to read, the practice page, the notice; and every screen of Tacto's own before axe.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objections } from '../harness/axe.mjs';
import { openExtensionPage } from '../harness/extension-page.mjs';
import { Popup, says } from '../harness/popup.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { stop } from './drafts.mjs';

const shown = (page, text) =>
  until(`“${text}”`, () =>
    page.evaluate((wanted) => document.body.innerText.includes(wanted), text),
  );

inEveryBrowser('The guide, practice and the notice', {}, (world) => {
  const withPage = async (path, use) => {
    const errors = [];
    const page = await openExtensionPage(world.session, path, (opened) => {
      opened.on('pageerror', (error) => errors.push(error.message));
    });
    await until('a heading', () => page.evaluate(() => document.querySelector('h1') !== null));
    await use(page);
    assert.deepEqual(errors, []);
    await page.close();
  };

  test("the guide opens at a section, with its rules' own examples", () =>
    withPage('pages/guide.html#clients', async (page) => {
      await until('the section to be in sight', () =>
        page.evaluate(() => {
          const section = document.getElementById('clients');
          return section && section.getBoundingClientRect().top < innerHeight;
        }),
      );
      const examples = await page.evaluate(() => {
        const details = document.querySelector('#clients details');
        details.open = true;
        return [...details.querySelectorAll('ul.hits li, ul.misses li')].length;
      });
      assert.ok(examples >= 4, `${examples} examples`);
      await shown(page, says('guide.hits'));
      await shown(page, says('guide.misses'));
      // The same text that fires in public and not among friends would contradict itself.
      const both = await page.evaluate(() =>
        [...document.querySelectorAll('details')].flatMap((details) => {
          const texts = (kind) =>
            [...details.querySelectorAll(`ul.${kind} li`)].map((one) => one.textContent);
          const hits = texts('hits');
          return texts('misses').filter((text) => hits.includes(text));
        }),
      );
      assert.deepEqual(both, []);
    }));

  test('the guide is searched, by words without accents, with the keyboard', () =>
    withPage('pages/guide.html', async (page) => {
      const visible = () =>
        page.evaluate(
          () =>
            [...document.querySelectorAll('main > section[id]')].filter((one) => !one.hidden)
              .length,
        );
      const all = await visible();
      await page.focus('input[type="search"]');
      await page.keyboard.type('pássword');
      await until('fewer sections', async () => (await visible()) < all && (await visible()) > 0);
      await page.keyboard.type('zzz');
      await shown(page, says('guide.found.none'));
      for (let i = 0; i < 'pásswordzzz'.length; i += 1) await page.keyboard.press('Backspace');
      await until('all sections', async () => (await visible()) === all);
    }));

  test('the practice page says what each rule made of the draft, and why it kept silent', () =>
    withPage('pages/practice.html', async (page) => {
      const tacto = new Tacto(page, world.kind);
      await page.click('textarea');
      await page.keyboard.type(stop.text);
      await tacto.marks(1);
      await shown(page, says('practice.found'));
      const found = await page.evaluate(() => document.querySelector('.found').innerText);
      assert.match(found, new RegExp(says('severity.stop')));
      await page.click('textarea', { clickCount: 3 });
      await page.keyboard.type(
        'My boss pays us less than the agreement says, this company is garbage. ',
      );
      await shown(page, says('practice.explain.protected'));
    }));

  test('the practice page asks on the day that is chosen', () =>
    withPage('pages/practice.html', async (page) => {
      const findings = () =>
        page.evaluate(() => [...document.querySelectorAll('.found q')].map((q) => q.textContent));
      await page.click('textarea');
      await page.keyboard.type('Project Bellwether is ready.');
      await until('a finding', async () => (await findings()).length > 0);
      await page.evaluate(() => {
        const when = document.querySelector('input[type="date"]');
        when.value = '2028-01-01';
        when.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await until('no finding any more', async () => (await findings()).length === 0);
    }));

  test('the notice for works councils is there to read', () =>
    withPage('pages/notice.html', async (page) => {
      await shown(page, 'Nobody is told.');
      assert.ok(await page.evaluate(() => document.querySelectorAll('h2').length > 3));
    }));

  test('axe objects to nothing, on any screen, in both languages and themes', async () => {
    const screens = [
      ['pages/popup.html', null],
      ['pages/popup.html#x', () => document.querySelector('.fold').click()],
      ['pages/popup.html#habits', null],
      ['pages/popup.html#about', null],
      ['pages/popup.html?page#settings', () => document.querySelector('[data-do="erase"]').click()],
      [
        'pages/guide.html',
        () => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        },
      ],
      ['pages/practice.html', null],
      ['pages/notice.html', null],
    ];
    const popup = await Popup.open(world.session);
    const found = [];
    for (const language of ['en', 'es']) {
      await popup.store({ preferences: { language } });
      await popup.says(says('popup.settings', {}, language));
      for (const [path, prepare] of screens) {
        await withPage(path, async (page) => {
          await until('the language', () =>
            page.evaluate((wanted) => document.documentElement.lang === wanted, language),
          );
          await until('content', () =>
            page.evaluate(() => document.querySelector('main h2, main .items') !== null),
          );
          if (prepare) await page.evaluate(prepare);
          if (path.includes('practice')) {
            await page.type('textarea', stop.text);
            await shown(page, says('practice.found', {}, language));
          }
          // Firefox has no way to change the theme of an open page; its colours are the same.
          for (const theme of world.kind === 'chromium' ? ['light', 'dark'] : ['light']) {
            if (world.kind === 'chromium')
              await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
            for (const objection of await objections(page))
              found.push(`${path}, ${language}, ${theme}: ${objection}`);
          }
        });
      }
    }
    await popup.page.evaluate(() => chrome.storage.local.remove('preferences'));
    await popup.close();
    assert.deepEqual(found, []);
  });
});
