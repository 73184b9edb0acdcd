// The browser's owner takes back what Tacto may read, or keeps it to a click: nothing of ours is in
// the page then, and the toolbar and the popup say so, and what to do.
import { test } from 'node:test';
import { openExtensionPage } from '../harness/extension-page.mjs';
import { Popup, says } from '../harness/popup.mjs';
import { goesOut } from '../harness/posting.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { toolbar } from '../harness/toolbar.mjs';
import { stop } from './drafts.mjs';

const X = ['https://*.x.com/*'];
const ALL = 'x.com, twitter.com, facebook.com, linkedin.com';

/** Firefox takes back a site; Chromium's way for people is all of them, to be clicked for. */
const OWNERS = {
  firefox: {
    barred: 'x.com',
    async takeBack(session) {
      const page = await openExtensionPage(session, 'pages/practice.html');
      await page.evaluate((origins) => globalThis.browser.permissions.remove({ origins }), X);
      await page.close();
    },
    async allow(session) {
      const page = await openExtensionPage(session, 'pages/practice.html');
      await page.evaluate((origins) => {
        const ask = () => globalThis.browser.permissions.request({ origins }).then(tell);
        const tell = (answer) => {
          globalThis.answer = answer;
        };
        document.addEventListener('click', ask, { once: true });
      }, X);
      await page.mouse.click(10, 10);
      await page.waitForFunction('globalThis.answer === true');
      await page.close();
    },
  },
  chromium: {
    barred: ALL,
    takeBack: (session) => setAccess(session, 'ON_CLICK'),
    allow: (session) => setAccess(session, 'ON_ALL_SITES'),
  },
};

async function setAccess(session, hostAccess) {
  const page = await session.browser.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(
    (extensionId, access) =>
      chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: access }),
    session.id,
    hostAccess,
  );
  await page.close();
}

/** Where the questions of the browser itself are in nobody's way. */
const UNASKED = { preferences: { 'extensions.webextOptionalPermissionPrompts': false } };

inEveryBrowser('What Tacto may not read', UNASKED, (world) => {
  const { barred, takeBack, allow } = OWNERS[world.kind];
  const isBarred = ({ badge, title }) =>
    badge === '!' && title === says('status.barred', { sites: barred });

  test('a new tab posts as if we were not there; toolbar and popup say so, and how to allow it', async () => {
    await takeBack(world.session);
    await world.with(
      'x-home',
      async (box) => {
        await goesOut(
          box,
          async () => {
            await box.type(stop.text);
            await box.press('Control+Enter');
          },
          stop.text,
        );
        const bar = await toolbar(world.session);
        await bar.says('that this site may not be read', isBarred);
        await bar.close();
        const popup = await Popup.over(world.session, box.page);
        // The first line of all that it shows.
        const first = '#view > .status:first-child > p:first-child';
        await popup.says(says('popup.barred', { sites: barred }), first);
        await popup.close();
      },
      { alone: true },
    );
  });

  /** Drafts are marked in that composer, and the toolbar says so. */
  const isChecked = (composer) =>
    world.with(
      composer,
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(stop.text);
        await tacto.marks(1);
        const bar = await toolbar(world.session);
        const says = ({ badge, title }) => badge === '' && /are checked/.test(title);
        await bar.says('that drafts are checked', says);
        await bar.close();
      },
      { alone: true },
    );

  if (world.kind === 'firefox') {
    test('another site is checked and said to be', () => isChecked('facebook-comment'));
  }

  test('allowed again, everything is as before', async () => {
    await allow(world.session);
    await isChecked('x-home');
  });
});
