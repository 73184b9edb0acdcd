// What the toolbar says of a tab: read where the browser lets the extension itself read it.
import { openExtensionPage } from './extension-page.mjs';
import { until } from './wait.mjs';

/** In the extension: badge and title of the only tab that is not an extension page. */
const READ = `async () => {
  const api = globalThis.browser ?? globalThis.chrome;
  const own = await api.tabs.getCurrent?.().catch(() => null);
  const tabs = (await api.tabs.query({})).filter((tab) => tab.id !== own?.id);
  const tab = tabs.sort((a, b) => (b.lastAccessed ?? b.id) - (a.lastAccessed ?? a.id))[0];
  const tabId = tab.id;
  return {
    badge: await api.action.getBadgeText({ tabId }),
    title: await api.action.getTitle({ tabId }),
  };
}`;

/**
 * Opens an extension page to ask from; the tab that it asks about is the page's.
 * @returns `{ read(), close() }`
 */
export async function toolbar(session) {
  const page = await openExtensionPage(session, 'pages/popup.html');
  return {
    page,
    read: () => page.evaluate(`(${READ})()`),
    /** Waits until the toolbar's title or badge satisfies `probe`. */
    says: (what, probe) =>
      until(what, async () => {
        const state = await page.evaluate(`(${READ})()`);
        return probe(state) ? state : null;
      }),
    close: () => page.close(),
  };
}
