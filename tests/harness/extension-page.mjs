// The extension's own pages, opened in a tab.
import { until } from './wait.mjs';

/** Opens a page of the extension; `watch` may listen to it before it loads. */
export async function openExtensionPage(session, path, watch = () => {}) {
  const url = `${session.base}/${path}`;
  const page = await session.browser.newPage();
  watch(page);
  if (session.kind === 'chromium') {
    await page.goto(url);
    return page;
  }
  // Firefox moves the tab to another process on the way, which puppeteer's own waiting misses.
  await session.browser.connection.send('browsingContext.navigate', {
    context: page.mainFrame()._id,
    url,
    wait: 'none',
  });
  await until(`${path} to be open`, () =>
    page
      .evaluate((wanted) => location.href === wanted && document.readyState === 'complete', url)
      .catch(() => false),
  );
  return page;
}
