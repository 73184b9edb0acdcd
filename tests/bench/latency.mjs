// From a key to the mark that it causes, in a real Chromium with a real Draft.js box.
import { launch } from '../harness/browsers.mjs';
import { Composer } from '../harness/composers.mjs';
import { startServer } from '../harness/server.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { drafts } from './texts.mjs';

/** A draft of 280 characters whose last letter completes a name that is marked. */
const NAME = 'Northmere Energy';
const ROUNDS = 60;
const WARM_UP = 10;

/** In the page: whether a mark is shown; one that has gone is kept, hidden. */
export const IS_MARKED = `(root) =>
  [...root.querySelectorAll('.mark')].some(({ style }) => style.display !== 'none')`;

/**
 * In the page, with the closed root at hand: notes when the root changes after a key, and when the
 * frame that shows the change has been handed on.
 */
const WATCH = `(root) => {
  const times = (globalThis.keyTimes = { key: 0, changed: 0, shown: 0 });
  addEventListener('keydown', (event) => {
    Object.assign(times, { key: event.timeStamp, changed: 0, shown: 0 });
  }, true);
  new MutationObserver(() => {
    if (!times.key || times.changed || !(${IS_MARKED})(root)) return;
    times.changed = performance.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { times.shown = performance.now(); };
      channel.port2.postMessage(null);
    });
  }).observe(root, { childList: true, subtree: true, attributes: true });
}`;

/** @returns milliseconds from the key to the changed DOM and to the frame that shows it */
export async function keystrokeToMark() {
  const server = await startServer();
  const session = await launch('chromium', { server });
  try {
    const box = await Composer.open(session, 'x-home');
    const tacto = new Tacto(box.page, 'chromium');
    const filler = (await drafts())[280][0].slice(0, 280 - NAME.length - 1);
    await box.page.keyboard.type(`${filler.trimEnd()} ${NAME}`);
    await tacto.marks(1);
    await tacto.evaluate(WATCH);
    const changed = [];
    const shown = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      // 'Northmere' alone is a name too: the whole word has to go.
      for (let i = 0; i < NAME.length; i += 1) await box.press('Backspace');
      await tacto.marks(0);
      await box.page.keyboard.type(NAME.slice(0, 'Northmere'.length - 1));
      await tacto.marks(0);
      await box.page.keyboard.type('e');
      const times = await until('the frame', async () => {
        const noted = await box.page.evaluate('globalThis.keyTimes');
        return noted.shown ? noted : null;
      });
      if (round >= WARM_UP) {
        changed.push(times.changed - times.key);
        shown.push(times.shown - times.key);
      }
      await box.page.keyboard.type(NAME.slice('Northmere'.length));
      await tacto.marks(1);
    }
    const summary = (list) => {
      list.sort((a, b) => a - b);
      const at = (share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
      return { p50_ms: at(0.5), p95_ms: at(0.95) };
    };
    return { rounds: ROUNDS, characters: 280, to_mark: summary(changed), to_frame: summary(shown) };
  } finally {
    await session.close();
    await server.close();
  }
}
