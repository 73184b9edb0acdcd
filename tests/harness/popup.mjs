// The toolbar popup, opened in a tab of its own, and driven as a person drives it.
import { readFile } from 'node:fs/promises';
import { openExtensionPage } from './extension-page.mjs';
import { until } from './wait.mjs';

export const locales = {};
for (const language of ['en', 'es']) {
  const file = new URL(`../../extension/locales/${language}.json`, import.meta.url);
  locales[language] = JSON.parse(await readFile(file, 'utf8'));
}

/** The sentence of a key, with its `{names}` filled in. */
export function says(key, values = {}, language = 'en') {
  return locales[language][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** One open popup. */
export class Popup {
  constructor(page, kind, errors) {
    this.page = page;
    this.kind = kind;
    this.errors = errors;
  }

  /** @param view what stands behind the `#`; `?page` in front of it opens it as a page */
  static async open(session, view = '') {
    const errors = [];
    const page = await openExtensionPage(session, `pages/popup.html${view}`, (opened) => {
      opened.on('pageerror', (error) => errors.push(error.message));
      opened.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
    });
    const popup = new Popup(page, session.kind, errors);
    await popup.ready();
    return popup;
  }

  /** Loads it anew, and waits for the new one: the old one is there for a moment longer. */
  async reload() {
    await this.page.evaluate(() => {
      globalThis.isOld = true;
      location.reload();
    });
    const isNew = () => this.page.evaluate(() => !globalThis.isOld).catch(() => false);
    await until('the popup to be loaded anew', isNew);
    await this.ready();
  }

  /**
   * Opens it over a page, which it is then about: in Chromium the real popup of the toolbar button;
   * in Firefox, which has no way to, a tab behind the page.
   */
  static async over(session, page) {
    if (session.kind !== 'chromium') {
      const popup = await Popup.open(session);
      await page.bringToFront();
      await popup.reload();
      popup.isBehind = true;
      return popup;
    }
    await page.bringToFront();
    const isWorker = (target) => target.type() === 'service_worker';
    const worker = await (await session.browser.waitForTarget(isWorker)).worker();
    const before = new Set(session.browser.targets());
    await worker.evaluate(() => chrome.action.openPopup());
    const target = await session.browser.waitForTarget(
      (one) => !before.has(one) && one.url().endsWith('/popup.html') && one.type() !== 'tab',
    );
    const popup = new Popup(await target.asPage(), session.kind, []);
    popup.isReal = true;
    await popup.ready();
    return popup;
  }

  /** Waits for content, and for what the background has to say. */
  ready() {
    return until('the popup', () =>
      this.page
        .evaluate(() => document.querySelector('#whose')?.textContent !== '')
        .catch(() => false),
    );
  }

  text(selector = 'body') {
    return this.page.evaluate(
      (wanted) => document.querySelector(wanted)?.innerText ?? '',
      selector,
    );
  }

  /** Waits until a part of it says something. */
  says(text, selector = 'body') {
    return until(`the popup to say “${text}”`, async () =>
      (await this.text(selector)).includes(text),
    );
  }

  has(selector) {
    return this.page.evaluate((wanted) => document.querySelector(wanted) !== null, selector);
  }

  isChecked(selector) {
    return this.page.evaluate((wanted) => document.querySelector(wanted).checked, selector);
  }

  /** With the mouse. A page behind another one is not drawn, and cannot be clicked. */
  async click(selector) {
    // A view that was just asked for is there a moment later.
    await until(`${selector} in the popup`, () => this.has(selector));
    if (this.isBehind)
      return this.page.evaluate((wanted) => document.querySelector(wanted).click(), selector);
    if (!this.isReal) await this.page.bringToFront();
    await this.page.click(selector);
  }

  /** With the keyboard alone: Tab until it has the focus. */
  async tabTo(selector) {
    await this.page.bringToFront();
    for (let presses = 0; presses < 120; presses += 1) {
      const there = await this.page.evaluate(
        (wanted) => document.activeElement?.matches(wanted) ?? false,
        selector,
      );
      if (there) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${selector}`);
  }

  async press(selector, key) {
    await this.tabTo(selector);
    await this.page.keyboard.press(key);
  }

  /** What the extension has stored under these keys. */
  stored(...keys) {
    return this.page.evaluate((wanted) => chrome.storage.local.get(wanted), keys);
  }

  store(entries) {
    return this.page.evaluate((all) => chrome.storage.local.set(all), entries);
  }

  close() {
    return this.page.close();
  }
}
