// Nothing leaves the browser that the page did not send, and the page learns nothing of us.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist } from '../harness/browsers.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { fixable, stop } from './drafts.mjs';

/** What the browsers ask of their makers by themselves, with or without an extension. */
const BROWSERS_OWN = new Set([
  'accounts.google.com',
  'android.clients.google.com',
  'clients2.google.com',
  'clients2.googleusercontent.com',
  'content-autofill.googleapis.com',
  'edgedl.me.gvt1.com',
  'mtalk.google.com',
  'optimizationguide-pa.googleapis.com',
  'redirector.gvt1.com',
  'safebrowsingohttpgateway.googleapis.com',
  'update.googleapis.com',
  'www.google.com',
  'www.googleapis.com',
  'content-signature-2.cdn.mozilla.net',
  'firefox.settings.services.mozilla.com',
  'firefox-settings-attachments.cdn.mozilla.net',
  'incoming.telemetry.mozilla.org',
  'aus5.mozilla.org',
  'ads.mozilla.org',
]);

/** What each test page asks for by itself. */
const PAGES_OWN = {
  'x.com': ['/home', '/x.css', '/x.js'],
  'www.facebook.com': ['/', '/facebook.css', '/facebook.js'],
  'www.linkedin.com': ['/feed/', '/linkedin.css', '/linkedin.js', '/linkedin-share.css'],
};

inEveryBrowser('Privacy', {}, (world) => {
  test('a whole session of marks, card, fix, gate and post makes no request of its own', async () => {
    for (const name of ['x-home', 'facebook-post', 'linkedin-share']) {
      await world.with(name, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(fixable.text);
        const [mark] = await tacto.marks(1);
        await tacto.press(await tacto.openCard(mark), 'card.replace');
        await until('the replacement', async () => (await box.model()).includes(fixable.right));
        await box.press('Control+End');
        await box.type(` ${stop.text}`);
        await box.pressButton();
        await tacto.press(await tacto.gate(), 'gate.post');
        await until('the post', async () => (await box.posted()).length === 1);
      });
    }
    const { requests, refused } = world.server;
    for (const { host, method, path } of requests) {
      assert.ok(
        PAGES_OWN[host]?.includes(path),
        `${method} https://${host}${path} is the page's own`,
      );
    }
    const strange = refused.map(({ host }) => host).filter((host) => !BROWSERS_OWN.has(host));
    assert.deepEqual(strange, []);
  });

  test('a page finds nothing of ours in its document', () =>
    world.with('x-home', async (box) => {
      const before = await box.page.evaluate(() => ({
        globals: Object.getOwnPropertyNames(globalThis).sort(),
        ids: [...document.querySelectorAll('[id], [class]')]
          .map((e) => `${e.id} ${e.className}`)
          .sort(),
      }));
      const tacto = new Tacto(box.page, world.kind);
      await box.type('Mañana viene Northmere Energy');
      const [mark] = await tacto.marks(1);
      await tacto.openCard(mark);
      const found = await box.page.evaluate(() => {
        const strangers = [...document.querySelectorAll('html > *, body > *')].filter(
          (e) => !e.matches('head, body, script, #react-root'),
        );
        return {
          globals: Object.getOwnPropertyNames(globalThis).sort(),
          strangers: strangers.map((e) => ({
            attributes: e.getAttributeNames().filter((name) => name !== 'style'),
            content: e.innerHTML,
            shadow: e.shadowRoot === null ? 'none to see' : 'open',
          })),
          highlights: globalThis.CSS?.highlights?.size ?? 0,
          html: document.documentElement.outerHTML,
          sheets: document.adoptedStyleSheets.length,
        };
      });
      assert.deepEqual(found.globals, before.globals);
      for (const stranger of found.strangers) {
        assert.deepEqual(stranger, { attributes: [], content: '', shadow: 'none to see' });
      }
      assert.equal(found.highlights, 0);
      assert.equal(found.sheets, 0);
      assert.doesNotMatch(found.html, /(chrome|moz)-extension:|tacto/i);
    }));

  test('a page cannot load anything of the extension', () =>
    world.with('x-home', async (box) => {
      const answers = await box.page.evaluate(
        (base) =>
          Promise.all(
            ['manifest.json', 'pages/popup.html', 'pages/practice.html', 'guide.json'].map((file) =>
              fetch(`${base}/${file}`, { mode: 'no-cors' }).then(
                () => `${file} answered`,
                () => 'refused',
              ),
            ),
          ),
        world.session.base,
      );
      assert.deepEqual(new Set(answers), new Set(['refused']));
    }));

  test('the manifest asks for nothing that could carry a draft away', async () => {
    const manifest = JSON.parse(await readFile(join(dist(world.kind), 'manifest.json'), 'utf8'));
    assert.equal(manifest.host_permissions, undefined);
    assert.equal(manifest.web_accessible_resources, undefined);
    const harmless = ['storage'];
    const asked = (manifest.permissions ?? []).filter((name) => !harmless.includes(name));
    assert.deepEqual(asked, []);
    const policy = manifest.content_security_policy.extension_pages;
    assert.match(policy, /default-src 'none'|connect-src 'none'|connect-src 'self'/);
    const sites = manifest.content_scripts.flatMap(({ matches }) => matches);
    for (const site of sites) {
      assert.match(site, /^https:\/\/(\*\.)?([a-z]+\.)*(x|twitter|facebook|linkedin)\.com\/\*$/);
    }
    if (world.kind === 'firefox') {
      const { gecko } = manifest.browser_specific_settings;
      assert.deepEqual(gecko.data_collection_permissions, { required: ['none'] });
    }
  });
});
