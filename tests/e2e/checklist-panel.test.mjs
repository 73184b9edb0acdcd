// The panel on a site's own settings pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inClosedRoots } from '../harness/pierce.mjs';
import { Popup, says } from '../harness/popup.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { never, until } from '../harness/wait.mjs';

const TAGGING = 'https://x.com/settings/audience_and_tagging';

const READ = `(root) => {
  const panel = root.querySelector('.panel');
  if (!panel) return null;
  const rect = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  return {
    text: [...panel.querySelectorAll('[words]')].map((one) => one.getAttribute('words')).join(' '),
    buttons: [...panel.querySelectorAll('button')].map((button) => ({
      label: button.getAttribute('aria-label'),
      ...rect(button),
      focused: root.activeElement === button,
    })),
  };
}`;

inEveryBrowser("The panel on a site's settings page", {}, (world) => {
  const panelOf = async (page) =>
    (await inClosedRoots(page, world.kind, READ)).find((one) => one !== null) ?? null;
  const shows = (page, text) =>
    until(`the panel with “${text}”`, async () => {
      const panel = await panelOf(page);
      return panel?.text.includes(text) ? panel : null;
    });
  const gone = (page) => until('the panel to go', async () => (await panelOf(page)) === null);
  const press = async (page, panel, label) => {
    const { x, y } = panel.buttons.find((button) => button.label === label);
    await page.mouse.click(x, y);
  };
  const withPage = async (address, use) => {
    const page = await world.session.browser.newPage();
    await page.goto(address);
    try {
      await use(page);
    } finally {
      const popup = await Popup.open(world.session);
      await popup.page.evaluate(() => chrome.storage.local.remove(['checklist', 'checklistDue']));
      await popup.close();
      await page.close();
    }
  };
  const tagging = 'Photo tagging: nobody, or only people you follow';

  test('says what lives here, and ticks it off with the mouse', () =>
    withPage(TAGGING, async (page) => {
      const panel = await shows(page, tagging);
      assert.match(panel.text, /Protect your posts/);
      assert.doesNotMatch(panel.text, /Grok/);
      await press(page, panel, says('panel.doneFor', { setting: tagging }));
      await shows(page, says('panel.isDone'));
      const popup = await Popup.open(world.session, '#x');
      await popup.says(says('checklist.progress', { done: 1, all: 14 }));
      await popup.close();
    }));

  test('is reached, ticked and closed with the keyboard alone', () =>
    withPage(TAGGING, async (page) => {
      await shows(page, tagging);
      const wanted = says('panel.doneFor', { setting: tagging });
      await until('Tab to lead into the panel', async () => {
        const panel = await panelOf(page);
        if (panel.buttons.some(({ label, focused }) => focused && label === wanted)) return true;
        await page.keyboard.press('Tab');
        return false;
      });
      await page.keyboard.press('Enter');
      await shows(page, says('panel.isDone'));
      await page.keyboard.press('Escape');
      await gone(page);
    }));

  test('follows the site where it changes its page without loading one', () =>
    withPage('https://x.com/home', async (page) => {
      await never('a panel on no settings page', async () => (await panelOf(page)) !== null, 300);
      const go = (path) => page.evaluate((to) => history.pushState({}, '', to), path);
      await go('/settings/audience_and_tagging');
      await shows(page, tagging);
      await go('/settings/grok_settings');
      await shows(page, 'Grok');
      await go('/home');
      await gone(page);
      await page.goBack();
      await shows(page, 'Grok');
    }));

  test('stays closed on a page where it was closed', () =>
    withPage(TAGGING, async (page) => {
      const panel = await shows(page, tagging);
      await press(page, panel, says('panel.close'));
      await gone(page);
      await page.evaluate(() => history.pushState({}, '', '/settings/grok_settings'));
      await shows(page, 'Grok');
      await page.evaluate(() => history.pushState({}, '', '/settings/audience_and_tagging'));
      await gone(page);
    }));

  test('does nothing on a click that no person made', () =>
    withPage(TAGGING, async (page) => {
      await shows(page, tagging);
      await page.evaluate(() => {
        for (const element of document.body.children)
          element.dispatchEvent(
            new MouseEvent('click', { bubbles: true, composed: true, clientX: 0, clientY: 0 }),
          );
      });
      const { text } = await panelOf(page);
      assert.doesNotMatch(text, new RegExp(says('panel.isDone')));
      const own = await page.evaluate(() => document.body.lastElementChild.outerHTML);
      assert.equal(own, '<div></div>');
    }));
});
