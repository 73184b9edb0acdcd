// One test file, both browsers: starts the pages and a browser once for a group of tests.
import { after, before, describe } from 'node:test';
import { kinds, launch } from './browsers.mjs';
import { Composer } from './composers.mjs';
import { startServer } from './server.mjs';

/**
 * Describes a group of tests for each browser of this run.
 * @param options as for `launch`, without the server
 * @param body gets a `world`: `world.kind`, `world.session`, `world.server` (filled before the
 *   first test) and `world.open(composer)`, whose page is closed after the test.
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
      /** Opens a compose box for one test: `world.with('x-home', async (box) => ...)`. */
      world.with = async (name, use, opening) => {
        const box = await Composer.open(world.session, name, opening);
        try {
          return await use(box);
        } finally {
          await box.close();
        }
      };
      body(world);
    });
  }
}
