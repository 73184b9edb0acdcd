// Pictures of Tacto's own screens: popup, guide, practice page, notice, and the panel on a site's
// settings page; in both languages, light and dark. Part of ./build.sh pictures.
import { join } from 'node:path';
import { launch } from './harness/browsers.mjs';
import { Composer } from './harness/composers.mjs';
import { openExtensionPage } from './harness/extension-page.mjs';
import { inClosedRoots } from './harness/pierce.mjs';
import { Popup, says } from './harness/popup.mjs';
import { toolbar } from './harness/toolbar.mjs';
import { until } from './harness/wait.mjs';

const DAY = 86_400_000;
const at = Date.UTC(2026, 10, 20);
const done = { state: 'done', at };
/** Somebody half-way through. */
const CHECKLIST = {
  'x-photo-tagging': done,
  'x-messages': done,
  'x-post-location': { state: 'later', at: Date.now() },
  'x-two-factor': done,
  'x-ads': done,
  'facebook-checkup': done,
  'facebook-future-posts': done,
  'facebook-tag-review': done,
  'linkedin-public-profile': { state: 'done', at: at - 190 * DAY },
  'linkedin-two-step': done,
  'linkedin-ai': done,
  'linkedin-emails': done,
};
const DRAFT = {
  en: 'Proud of the team behind Project Nightjar, built on WattFlow.',
  es: 'Orgullo del equipo del Proyecto Quijarra, hecho con WattFlow.',
};

const SCREENS = [
  { name: 'popup-checklist', path: '#x', size: [400, 760], open: 'x-photo-tagging' },
  { name: 'popup-habits', path: '#habits', size: [400, 760] },
  { name: 'popup-about', path: '#about', size: [400, 960] },
  { name: 'popup-settings', path: '#settings', size: [400, 480] },
];
const PAGES = [
  { name: 'guide', path: 'pages/guide.html#clients', size: [860, 760] },
  { name: 'practice', path: 'pages/practice.html', size: [860, 960], draft: true },
  { name: 'notice', path: 'pages/notice.html', size: [860, 760] },
];

/** Takes them all into a folder. */
export async function ownPictures(server, folder) {
  for (const language of ['en', 'es']) {
    const session = await launch('chromium', { server, language });
    const popup = await Popup.open(session);
    await popup.store({ checklist: CHECKLIST });
    for (const theme of ['light', 'dark']) {
      const dress = (page, [width, height]) =>
        Promise.all([
          page.setViewport({ width, height }),
          page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]),
        ]);
      const save = (page, name) =>
        page.screenshot({ path: join(folder, `${name}-${language}-${theme}.png`) });
      const box = await Composer.open(session, 'x-home');
      await box.type('¡Hola! Hello!');
      const bar = await toolbar(session);
      await bar.says(
        'the tab to be covered',
        ({ title }) => title === says('status.covered', {}, language),
      );
      await bar.close();
      const over = await Popup.over(session, box.page);
      await dress(over.page, [400, 660]);
      await until('the state of the tab', () => over.has('.status.covered'));
      await save(over.page, 'popup-home');
      await over.close();
      await box.close();
      for (const { name, path, size, open } of SCREENS) {
        const one = await Popup.open(session, path);
        await dress(one.page, size);
        await one.says(says('popup.guideOf', { company: 'Ondavolt' }, language));
        if (open) await one.click(`[data-do="fold ${open}"]`);
        await save(one.page, name);
        await one.close();
      }
      for (const { name, path, size, draft } of PAGES) {
        const page = await openExtensionPage(session, path);
        await dress(page, size);
        await until('the page', () => page.evaluate(() => document.querySelector('h1') !== null));
        if (draft) {
          await page.type('textarea', DRAFT[language]);
          await until('an explanation', () =>
            page.evaluate(() => document.querySelector('.found') !== null),
          );
        } else if (name === 'guide') {
          await page.evaluate(() => {
            document.querySelector('#clients details').open = true;
            document.getElementById('clients').scrollIntoView();
          });
        }
        await save(page, name);
        await page.close();
      }
      const page = await session.browser.newPage();
      await dress(page, [860, 560]);
      await page.goto('https://x.com/settings/audience_and_tagging');
      await until('the panel', async () =>
        (
          await inClosedRoots(page, 'chromium', '(root) => root.querySelector(".panel") !== null')
        ).some(Boolean),
      );
      await save(page, 'panel');
      await page.close();
      console.log(`own screens, ${language}, ${theme}`);
    }
    await session.close();
  }
}
