// One test file, both browsers: starts the pages and a browser once for a group of tests.
import { after, before, describe } from 'node:test';
import { kinds, launch } from './browsers.mjs';
import { Composer } from './composers.mjs';
import { startServer } from './server.mjs';

/**
 * Describes a group of tests for each browser of this run.
 * @param options as for `launch`, without the server
 * @param body gets a `world`: `world.kind`, `world.session`, `world.server` (filled before the
 *   first test) and `world.with`.
 */
export function inEveryBrowser(title, options, body) {
  for (const kind of kinds) {
    describe(`${title}, ${kind}`, () => {
      const world = { kind, server: null, session: null };
      before(async () => {
        world.server = await startServer();
        const own = typeof options === 'function' ? await options(kind) : options;
        world.session = await launch(kind, { ...own, server: world.server });
      });
      after(async () => {
        await world.session?.close();
        await world.server?.close();
      });
      let tab = null;
      /**
       * Opens a compose box for one test: `world.with('x-home', async (box) => ...)`.
       * @param opening as for `Composer.open`. Tests come one after the other in one tab, as pages do
       *   for a person, but for one that fails, that prepares its page or says that it wants to be
       *   `alone`, because of what it does to its tab.
       */
      world.with = async (name, use, { alone = false, ...opening } = {}) => {
        const isShared = !alone && !opening.prepare;
        const own = isShared ? tab : null;
        if (own) {
          tab = null;
          await own.bringToFront();
          // Or the pointer would lie on whatever comes to be there.
          await own.mouse.move(0, 0);
        }
        const box = await Composer.open(world.session, name, { ...opening, page: own });
        let isDone = false;
        try {
          const answer = await use(box);
          isDone = true;
          return answer;
        } finally {
          if (isDone && isShared && !tab && !box.page.isClosed()) tab = box.leave();
          else await box.close();
        }
      };
      body(world);
    });
  }
}
