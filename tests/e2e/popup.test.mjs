// The toolbar popup: status, checklist, languages, what is kept and how it is taken along.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Popup, says } from '../harness/popup.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { toolbar } from '../harness/toolbar.mjs';
import { until } from '../harness/wait.mjs';
import { stop } from './drafts.mjs';

const DAY = 86_400_000;
const ITEM = 'x-photo-tagging';
const check = `[data-do="check ${ITEM}"]`;
const fold = `[data-do="fold ${ITEM}"]`;
const later = `[data-do="later ${ITEM}"]`;
const notForMe = `[data-do="not-for-me ${ITEM}"]`;
const progress = (done, all) => says('checklist.progress', { done, all });

const files = await mkdtemp(join(tmpdir(), 'tacto-popup-'));
after(() => rm(files, { recursive: true, force: true }));

/** Where downloads go, without Firefox's panel, which takes the keys. */
const options = {
  preferences: {
    'browser.download.dir': files,
    'browser.download.folderList': 2,
    'browser.download.alwaysOpenPanel': false,
  },
};

inEveryBrowser('The popup', options, (world) => {
  /** Opens the popup for one test; afterwards nothing is ticked and nothing chosen. */
  const withPopup = async (view, use) => {
    const popup = await Popup.open(world.session, view);
    try {
      await use(popup);
      assert.deepEqual(popup.errors, []);
    } finally {
      await popup.page.evaluate(() =>
        chrome.storage.local.remove(['checklist', 'checklistDue', 'preferences', 'filler']),
      );
      await popup.close();
    }
  };

  test('says whether the tab is checked, pauses it, and goes on', () =>
    world.with('x-home', async (box) => {
      await box.type('Hello');
      const popup = await Popup.over(world.session, box.page);
      await until('the state of the tab', () => popup.has('.status.covered'));
      await popup.click('[data-do="pause on"]');
      await popup.says(says('popup.paused'), '.status');
      await popup.click('[data-do="pause off"]');
      await until('the state of the tab', () => popup.has('.status.covered'));
      await popup.close();
    }));

  test('says where the company has turned Tacto off', () =>
    world.with('x-home', async (box) => {
      const popup = await Popup.open(world.session);
      const platforms = { x: false, facebook: true, linkedin: true };
      await popup.store({ pageSettings: { platforms } });
      await box.page.bringToFront();
      await until('the popup to say so', async () => {
        await popup.reload();
        return popup.has('.status.off');
      });
      await popup.says(says('popup.off'), '.status');
      await popup.page.evaluate(() => chrome.storage.local.remove('pageSettings'));
      await popup.close();
    }));

  test('says which guide is in force, and that nothing leaves the browser', () =>
    withPopup('', async (popup) => {
      await popup.says(says('popup.guideOf', { company: 'Ondavolt' }), '.guide');
      await popup.says(says('popup.source.shipped'), '.guide');
      await popup.says(says('popup.promise'));
    }));

  test('ticks, puts off and leaves out with the mouse, and keeps it', () =>
    withPopup('#x', async (popup) => {
      await popup.says(progress(0, 14));
      await popup.click(check);
      await popup.says(progress(1, 14));
      assert.equal(await popup.isChecked(check), true);
      await popup.click(fold);
      await popup.says(says('checklist.you').trim());
      const links = await popup.page.evaluate(() =>
        [...document.querySelectorAll('.more a')].map(({ href }) => href),
      );
      assert.deepEqual(links, [
        'https://x.com/settings/audience_and_tagging',
        'https://x.com/settings',
      ]);
      await popup.click(notForMe);
      await popup.says(progress(0, 13));
      await popup.click(later);
      await popup.says(progress(0, 14));
      await popup.reload();
      await until('the list again', () => popup.has(check));
      const { checklist, checklistDue } = await popup.stored('checklist', 'checklistDue');
      assert.equal(checklist[ITEM].state, 'later');
      assert.equal(checklistDue[0] - checklist[ITEM].at, 7 * DAY);
    }));

  test('does all of that with the keyboard alone', () =>
    withPopup('', async (popup) => {
      await popup.press('#views a[href="#x"]', 'Enter');
      await popup.says(progress(0, 14));
      await popup.press(check, ' ');
      await popup.says(progress(1, 14));
      await popup.press(fold, 'Enter');
      await until('the item to unfold', () => popup.has(notForMe));
      await popup.press(notForMe, 'Enter');
      await popup.says(progress(0, 13));
      await popup.press(notForMe, ' ');
      await popup.says(progress(0, 14));
      await popup.page.evaluate(() => document.activeElement.blur());
      await popup.press('#views a[href="#about"]', 'Enter');
      await popup.says(says('about.title'), '#view');
      assert.equal(await popup.page.evaluate(() => document.activeElement.id), 'view');
    }));

  test('counts the progress of each platform, as a ring and in words', () =>
    withPopup('', async (popup) => {
      const at = Date.now();
      await popup.store({
        checklist: { [ITEM]: { state: 'done', at }, 'facebook-apps': { state: 'not-for-me', at } },
      });
      await popup.says(progress(1, 14), '.rings');
      await popup.says(progress(0, 11), '.rings');
      const arcs = await popup.page.evaluate(() =>
        [...document.querySelectorAll('.arc')].map((arc) => arc.getAttribute('stroke-dasharray')),
      );
      assert.deepEqual(arcs, ['7 100']);
    }));

  test('reminds by a number on the button when something is due again, unless told not to', () =>
    withPopup('#x', async (popup) => {
      const bar = await toolbar(world.session);
      const at = Date.now() - 200 * DAY;
      await popup.store({
        checklist: { [ITEM]: { state: 'done', at } },
        checklistDue: [at + 180 * DAY],
      });
      await bar.says('the reminder', ({ badge }) => badge === '1');
      await popup.says(says('checklist.state.due'));
      await popup.click('#views a[href="#settings"]');
      await popup.click('[data-do="reminders"]');
      await bar.says('no reminder', ({ badge }) => badge === '');
      await popup.click('[data-do="reminders"]');
      await bar.says('the reminder', ({ badge }) => badge === '1');
      await popup.click('#views a[href="#x"]');
      await popup.click(`[data-do="again ${ITEM}"]`);
      await bar.says('no reminder', ({ badge }) => badge === '');
      await bar.close();
    }));

  test('speaks the language that is chosen, at once, in popup and on the sites', () =>
    world.with('x-home', async (box) => {
      await withPopup('#settings', async (popup) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.page.bringToFront();
        await box.type(stop.text);
        await tacto.marks(1);
        await popup.page.bringToFront();
        await popup.page.select('select', 'es');
        await popup.says(says('settings.title', {}, 'es'), 'h2');
        assert.equal(await popup.page.evaluate(() => document.documentElement.lang), 'es');
        await box.page.bringToFront();
        await tacto.marks(1);
        await box.pressButton();
        const gate = await tacto.gate();
        assert.match(gate.text, new RegExp(says('gate.title', {}, 'es')));
        await tacto.press(gate, 'gate.back');
        await tacto.noGate();
      });
    }));

  test('exports, erases and imports: the same state as before', () =>
    withPopup('?page#settings', async (popup) => {
      if (world.kind === 'chromium') {
        const session = await popup.page.createCDPSession();
        await session.send('Browser.setDownloadBehavior', {
          behavior: 'allow',
          downloadPath: files,
        });
      }
      const at = Date.now() - DAY;
      await popup.store({
        checklist: { [ITEM]: { state: 'done', at }, 'of-a-former-list': { state: 'later', at } },
        preferences: { language: 'en', reminders: false },
      });
      await until('the choice', async () => !(await popup.isChecked('[data-do="reminders"]')));
      const before = await popup.stored('checklist', 'preferences');
      await popup.click('[data-do="export"]');
      await popup.says(says('data.exported'));
      const file = join(files, 'tacto-checklist.json');
      await until('the file', () => readFile(file, 'utf8').catch(() => ''));

      await popup.press('[data-do="erase"]', 'Enter');
      await popup.says(says('data.sure'));
      await popup.click('[data-do="keep"]');
      assert.deepEqual(await popup.stored('checklist', 'preferences'), before);
      await popup.click('[data-do="erase"]');
      await popup.press('[data-do="erase-now"]', 'Enter');
      await popup.says(says('data.erased'));
      assert.deepEqual(await popup.stored('checklist', 'checklistDue', 'preferences'), {
        checklist: {},
        checklistDue: [],
        preferences: {},
      });

      const input = await popup.page.$('[data-do="import"]');
      await input.uploadFile(file);
      await popup.says(says('data.imported'));
      assert.deepEqual(await popup.stored('checklist', 'preferences'), before);
      assert.equal((await popup.stored('checklistDue')).checklistDue.length, 1);
    }));

  test('refuses a broken import with a reason, and changes nothing', () =>
    withPopup('?page#settings', async (popup) => {
      const at = Date.now();
      const mine = { [ITEM]: { state: 'done', at } };
      await popup.store({ checklist: mine });
      const good = { format: 'tacto-checklist', version: 1, ticks: {}, preferences: {} };
      for (const [content, reason] of [
        ['{', 'data.refused.unreadable'],
        ['[]', 'data.refused.other'],
        [JSON.stringify({ ...good, version: 2 }), 'data.refused.newer'],
        [JSON.stringify({ ...good, ticks: { a: { state: 'x', at } } }), 'data.refused.damaged'],
        [' '.repeat(600_000), 'data.refused.tooLarge'],
      ]) {
        const file = join(files, `${reason}.json`);
        await writeFile(file, content);
        const input = await popup.page.$('[data-do="import"]');
        await input.uploadFile(file);
        await popup.says(says(reason), '#said');
        assert.deepEqual((await popup.stored('checklist')).checklist, mine);
      }
    }));

  test('says when storage is full, and shows what is really kept', () =>
    withPopup('#x', async (popup) => {
      if (world.kind === 'chromium') {
        await popup.page.evaluate(async () => {
          const { local } = chrome.storage;
          const room = local.QUOTA_BYTES - (await local.getBytesInUse(null)) - 'filler'.length - 2;
          await local.set({ filler: 'x'.repeat(room) });
        });
      } else {
        // Firefox sets an extension no limit but the disk's: here the page's own storage refuses.
        await popup.page.evaluate(() => {
          Object.defineProperty(chrome.storage.local, 'set', {
            value: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
          });
        });
      }
      await popup.click(check);
      await popup.says(says('data.full'), '#said');
      assert.equal(await popup.isChecked(check), false);
      await popup.says(progress(0, 14));
    }));

  test('shows the company what IT has added, and what IT has fixed', () =>
    withPopup('#x', async (popup) => {
      const both = { es: 'Ajuste propio', en: 'Our own setting' };
      await popup.store({
        popupSettings: {
          checklist: {
            shown: true,
            items: [
              { id: 'own', platform: 'x', setting: both, url: 'https://intranet.example/a' },
              { id: 'bad', platform: 'x', setting: both, url: 'javascript:alert(1)' },
            ],
          },
          employeeMay: { pause: true, language: false, reminders: true },
        },
      });
      await popup.says(progress(0, 15));
      await popup.says('Our own setting');
      await popup.click('#views a[href="#settings"]');
      await until('the choice to be fixed', () => popup.has('select[disabled]'));
      await popup.store({ popupSettings: { checklist: { shown: false, items: [] } } });
      await until('the checklist to go', async () => !(await popup.has('#views a[href="#x"]')));
      await popup.page.evaluate(() => chrome.storage.local.remove('popupSettings'));
    }));

  test('is narrow where the window is, and large where the text is', () =>
    withPopup('', async (popup) => {
      for (const [width, scale] of [
        [320, '100%'],
        [640, '200%'],
      ]) {
        await popup.page.setViewport({ width, height: 700 });
        await popup.page.evaluate((size) => {
          document.documentElement.style.fontSize = size;
        }, scale);
        for (const language of ['en', 'es']) {
          await popup.store({ preferences: { language } });
          for (const view of ['', 'x', 'habits', 'about', 'settings']) {
            await popup.page.evaluate((hash) => {
              location.hash = hash;
            }, view);
            await until('the language', () =>
              popup.page.evaluate((wanted) => document.documentElement.lang === wanted, language),
            );
            const over = await popup.page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            assert.equal(over, 0, `${view || 'home'}, ${language}, ${width} px, ${scale}`);
          }
        }
      }
    }));
});
