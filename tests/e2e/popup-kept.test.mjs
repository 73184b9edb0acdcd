// What is ticked is still there after the browser was closed, and after Tacto was updated; and what
// the popup says where the guide is broken.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist, kinds, launch } from '../harness/browsers.mjs';
import { openExtensionPage } from '../harness/extension-page.mjs';
import { Popup, says } from '../harness/popup.mjs';
import { startServer } from '../harness/server.mjs';

/** Firefox forgets what a temporary add-on has stored, where it is not told otherwise. */
const preferences = {
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
};

for (const kind of kinds) {
  test(`ticks outlive the browser and an update, ${kind}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tacto-kept-'));
    const [extension, profile] = [join(folder, 'extension'), join(folder, 'profile')];
    await cp(dist(kind), extension, { recursive: true });
    const server = await startServer();
    const inBrowser = async (use) => {
      const session = await launch(kind, { server, extension, profile, preferences });
      try {
        const popup = await Popup.open(session, '#x');
        await use(popup);
      } finally {
        await session.close();
      }
    };
    try {
      await inBrowser(async (popup) => {
        await popup.click('[data-do="check x-photo-tagging"]');
        await popup.says(says('checklist.progress', { done: 1, all: 14 }));
      });
      await inBrowser((popup) => popup.says(says('checklist.progress', { done: 1, all: 14 })));

      const file = join(extension, 'manifest.json');
      const manifest = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(file, JSON.stringify({ ...manifest, version: '0.9.9' }));
      await inBrowser(async (popup) => {
        await popup.says(says('checklist.progress', { done: 1, all: 14 }));
        await popup.click('#views a[href="#settings"]');
        await popup.says(says('settings.version', { version: '0.9.9' }));
      });
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

for (const kind of kinds) {
  test(`a guide that cannot be read is said in plain words, ${kind}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tacto-broken-'));
    const extension = join(folder, 'extension');
    await cp(dist(kind), extension, { recursive: true });
    const file = join(extension, 'guide.json');
    const guide = JSON.parse(await readFile(file, 'utf8'));
    guide.rules[0].section = 'nowhere';
    await writeFile(file, JSON.stringify(guide));
    const server = await startServer();
    const session = await launch(kind, { server, extension });
    try {
      const page = await openExtensionPage(session, 'pages/popup.html');
      const popup = new Popup(page, kind, []);
      await popup.says(says('popup.guideBroken'), 'section.problem');
      await popup.click('summary');
      await popup.says('nowhere', 'section.problem');
      await popup.says(says('popup.privacy'));
    } finally {
      await session.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
