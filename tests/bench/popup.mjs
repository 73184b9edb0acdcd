// How long the popup takes to usable content, in a real Chromium: from the start of its loading to
// the frame that shows views, rings and buttons.
import { launch } from '../harness/browsers.mjs';
import { startServer } from '../harness/server.mjs';
import { until } from '../harness/wait.mjs';

const ROUNDS = 40;
const WARM_UP = 5;

/** In the page, before anything of it runs: notes when content is there, and when it was drawn. */
const WATCH = () => {
  const times = { content: 0, shown: 0 };
  globalThis.popupTimes = times;
  new MutationObserver(() => {
    if (times.content || !document.querySelector('#view .ways a')) return;
    times.content = performance.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        times.shown = performance.now();
      };
      channel.port2.postMessage(null);
    });
  }).observe(document, { childList: true, subtree: true });
};

/** @returns milliseconds: content in the document, and its frame drawn; median and 95th percentile */
export async function popupOpens() {
  const server = await startServer();
  const session = await launch('chromium', { server });
  try {
    const content = [];
    const shown = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      const page = await session.browser.newPage();
      await page.evaluateOnNewDocument(WATCH);
      await page.goto(`${session.base}/pages/popup.html`);
      const times = await until('the popup', async () => {
        const noted = await page.evaluate('globalThis.popupTimes');
        return noted.shown ? noted : null;
      });
      if (round >= WARM_UP) {
        content.push(times.content);
        shown.push(times.shown);
      }
      await page.close();
    }
    const summary = (list) => {
      list.sort((a, b) => a - b);
      const at = (share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
      return { p50_ms: at(0.5), p95_ms: at(0.95) };
    };
    return { rounds: ROUNDS, content: summary(content), shown: summary(shown) };
  } finally {
    await session.close();
    await server.close();
  }
}
