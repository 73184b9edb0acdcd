// What Tacto costs a page, in a real Chromium: the same page with it and without it, side by side.
import { launch } from '../harness/browsers.mjs';
import { Composer } from '../harness/composers.mjs';
import { damaged, inBackground, onEveryPort } from '../harness/damage.mjs';
import { isPosted } from '../harness/posting.mjs';
import { startServer } from '../harness/server.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { IS_MARKED } from './latency.mjs';
import { drafts } from './texts.mjs';

const NAME = 'Northmere Energy';
const KEYS = 200;
const FEED_MS = 8000;
const STARTS = 15;

/** In the page: how long it takes from each key to the end of the frame that shows it. */
const WATCH_KEYS = () => {
  globalThis.keyTimes = [];
  const channel = new MessageChannel();
  let pressed = 0;
  channel.port1.onmessage = () => globalThis.keyTimes.push(performance.now() - pressed);
  addEventListener(
    'keydown',
    (event) => {
      pressed = event.timeStamp;
      requestAnimationFrame(() => channel.port2.postMessage(null));
    },
    true,
  );
};

/** In the page: a feed that mounts and unmounts some 4,000 nodes a second. */
const BUSY_FEED = () => {
  const feed = document.createElement('div');
  document.body.append(feed);
  let count = 0;
  setInterval(() => {
    for (let i = 0; i < 10; i += 1) {
      const article = document.createElement('article');
      for (let line = 0; line < 9; line += 1) {
        const part = document.createElement(line % 3 ? 'span' : 'div');
        part.className = `part-${line}`;
        part.textContent = `A line of a post, number ${count}`;
        article.append(part);
      }
      count += 1;
      feed.append(article);
      if (feed.childElementCount > 300) feed.firstElementChild.remove();
    }
  }, 50);
};

const summary = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50_ms: at(0.5), p95_ms: at(0.95) };
};

/** One browser, with the extension or without it. */
async function measure(server, extension) {
  const session = await launch('chromium', { server, ...(extension ? {} : { extension: null }) });
  try {
    const box = await Composer.open(session, 'x-home');
    const { page } = box;
    const cdp = await page.createCDPSession();
    const filler = (await drafts())[280][0].slice(0, 260);

    await page.keyboard.type(filler);
    await page.evaluate(WATCH_KEYS);
    for (let key = 0; key < KEYS; key += 1) {
      await page.keyboard.press(key % 2 ? 'Backspace' : 'e');
      await until('the frame', () => page.evaluate((n) => globalThis.keyTimes.length > n, key));
    }
    const typing = summary((await page.evaluate('keyTimes')).slice(20));

    await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('Performance.enable');
    const metrics = async () => {
      const all = (await cdp.send('Performance.getMetrics')).metrics;
      return Object.fromEntries(all.map(({ name, value }) => [name, value]));
    };
    const heap_mb = (await metrics()).JSHeapUsedSize / 2 ** 20;

    const feeds = {};
    for (const marked of [false, true]) {
      if (marked && extension) {
        await box.type(` ${NAME}`);
        await new Tacto(page, 'chromium').marks(1);
      }
      if (!marked) await page.evaluate(BUSY_FEED);
      await cdp.send('Profiler.enable');
      await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
      const before = await metrics();
      await cdp.send('Profiler.start');
      const start = performance.now();
      await until('the feed to have run', () => performance.now() - start > FEED_MS, {
        timeout: 2 * FEED_MS,
      });
      const { profile } = await cdp.send('Profiler.stop');
      const after = await metrics();
      const ours = new Set(
        profile.nodes
          .filter(({ callFrame }) => callFrame.url.startsWith('chrome-extension:'))
          .map(({ id }) => id),
      );
      // A native call stands below the function of ours that made it.
      for (const { id, children = [] } of profile.nodes)
        if (ours.has(id)) for (const child of children) ours.add(child);
      const time = (wanted) =>
        profile.samples.reduce((sum, id, i) => sum + (wanted(id) ? profile.timeDeltas[i] : 0), 0);
      feeds[marked ? 'marked' : 'idle'] = {
        busy: (after.TaskDuration - before.TaskDuration) / (after.Timestamp - before.Timestamp),
        own: time((id) => ours.has(id)) / time(() => true),
      };
    }
    return { typing, heap_mb, feeds };
  } finally {
    await session.close();
  }
}

/** From the first key after the background has gone to sleep, to the mark that it causes. */
async function asleepToMark(server) {
  const session = await launch('chromium', { server });
  try {
    const times = [];
    for (let start = 0; start < STARTS; start += 1) {
      const box = await Composer.open(session, 'x-home');
      const tacto = new Tacto(box.page, 'chromium');
      await box.page.keyboard.type(NAME);
      await tacto.marks(1);
      for (let i = 0; i < NAME.length; i += 1) await box.press('Backspace');
      await tacto.marks(0);
      await box.page.keyboard.type(NAME.slice(0, 'Northmere'.length - 1));
      await tacto.evaluate(`(root) => {
        const times = (globalThis.sleepTimes = { key: 0, mark: 0 });
        addEventListener('keydown', ({ timeStamp }) => { times.key = timeStamp; }, true);
        new MutationObserver(() => {
          if (times.key && !times.mark && (${IS_MARKED})(root)) times.mark = performance.now();
        }).observe(root, { childList: true, subtree: true, attributes: true });
      }`);
      const worker = session.browser.targets().find((one) => one.type() === 'service_worker');
      await (await worker.worker()).close();
      await until('the background to be gone', () =>
        session.browser.targets().every((one) => one.type() !== 'service_worker'),
      );
      await box.page.keyboard.type('e');
      const { key, mark } = await until('the mark', async () => {
        const noted = await box.page.evaluate('sleepTimes');
        return noted.mark ? noted : null;
      });
      times.push(mark - key);
      await box.close();
    }
    return summary(times);
  } finally {
    await session.close();
  }
}

/** From the key that posts to the post, where the background never answers. */
async function unanswered(server) {
  const deaf = onEveryPort('(port) => port.onMessage.addListener(() => {})');
  const extension = await damaged('chromium', (copy) => inBackground(copy, deaf));
  const session = await launch('chromium', { server, extension });
  try {
    const times = [];
    for (let post = 0; post < STARTS; post += 1) {
      const box = await Composer.open(session, 'x-home');
      await box.type(NAME);
      const start = await box.page.evaluate('performance.now()');
      await box.press('Control+Enter');
      await until('the post', isPosted(box));
      times.push((await box.page.evaluate('testbed.posted[0].at')) - start);
      await box.close();
    }
    return summary(times);
  } finally {
    await session.close();
  }
}

/** @returns the figures with Tacto and without it, from a sleeping background to a mark, and until a post goes out unchecked */
export async function costOfPage() {
  const server = await startServer();
  try {
    return {
      without: await measure(server, false),
      with: await measure(server, true),
      asleep: await asleepToMark(server),
      unanswered: await unanswered(server),
    };
  } finally {
    await server.close();
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  console.log(JSON.stringify(await costOfPage(), null, 2));
