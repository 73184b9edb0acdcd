// Starts a real Chromium or Firefox with the shipped extension in it, ready for the test pages.
// How and why: facts in tests/README.md, "How the browsers are driven".
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

export const root = fileURLToPath(new URL('../../', import.meta.url));
/** The shipped extension of a browser; TACTO_DIST tests one that was built elsewhere. */
export const dist = (kind) => join(process.env.TACTO_DIST ?? join(root, 'dist'), kind);

const PATHS = {
  chromium: [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium-browser',
  ],
  firefox: [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'],
};

/** The browsers to test: both, or those named in TACTO_BROWSERS (e.g. `chromium`). */
export const kinds = (process.env.TACTO_BROWSERS ?? 'chromium,firefox').split(',');

/** Where a browser's program is. */
export function findBrowser(kind) {
  const path = PATHS[kind].find((candidate) => candidate && existsSync(candidate));
  if (!path) {
    throw new Error(
      `${kind} is not installed. Run ./build.sh test, which installs it or says how.`,
    );
  }
  return path;
}

/** A uuid of our own, so that the address of the extension's pages in Firefox is known. */
const FIREFOX_UUID = '6f1c8d0e-5a3b-4c2d-9e7f-0123456789ab';

const NO_NETWORKING = '--disable-background-networking';

const CHROMIUM_QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  NO_NETWORKING,
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-search-engine-choice-screen',
  '--metrics-recording-only',
  '--force-device-scale-factor=1',
];

const FIREFOX_QUIET = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.region.update.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.search.update': false,
  'browser.topsites.contile.enabled': false,
  'captivedetect.canonicalURL': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
};

/**
 * Starts a browser.
 * @param kind `chromium` or `firefox`
 * @param options.server what `startServer` gave
 * @param options.extension folder of the extension, or null for a browser without it
 * @param options.language `en` or `es`
 * @param options.dark whether the system is dark
 * @param options.profile a folder that outlives the session; without it, one of its own
 * @param options.preferences Firefox's own, as in about:config
 * @param options.window shows a window where there is a display
 * @param options.managed where the extension comes by policy (policy.mjs): its `id`, the `program`
 *   to start, the `profile` to start it with, which is left to the caller
 */
export async function launch(kind, options) {
  const { server, extension = dist(kind), language = 'en', dark = false, window = false } = options;
  const { preferences = {}, managed = null } = options;
  if (extension && !existsSync(join(extension, 'manifest.json'))) {
    throw new Error(`${extension} holds no extension. Run ./build.sh first.`);
  }
  const profile =
    managed?.profile ?? options.profile ?? (await mkdtemp(join(tmpdir(), `tacto-${kind}-`)));
  const browser =
    kind === 'chromium'
      ? await launchChromium({ server, extension, language, dark, window, profile, managed })
      : await launchFirefox({
          server,
          language,
          dark,
          window,
          profile,
          managed,
          extension,
          preferences,
        });
  const session = { kind, browser, server, extension, id: null, base: null, language };
  if (managed) {
    session.id = managed.id;
    session.base =
      kind === 'firefox' ? `moz-extension://${FIREFOX_UUID}` : `chrome-extension://${managed.id}`;
  } else if (extension) {
    if (kind === 'firefox') {
      session.id = await browser.installExtension(extension);
      session.base = `moz-extension://${FIREFOX_UUID}`;
    } else {
      const worker = await browser.waitForTarget((t) => t.type() === 'service_worker');
      session.id = new URL(worker.url()).host;
      session.base = `chrome-extension://${session.id}`;
    }
  }
  session.close = async () => {
    await browser.close();
    if (!options.profile && !managed)
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return session;
}

function launchChromium({ server, extension, language, dark, window, profile, managed }) {
  const args = [
    ...CHROMIUM_QUIET.filter((flag) => !managed || flag !== NO_NETWORKING),
    `--proxy-server=http://${server.proxy}`,
    '--proxy-bypass-list=<-loopback>',
    '--ignore-certificate-errors',
    `--lang=${language === 'es' ? 'es-ES' : 'en-US'}`,
    '--window-size=1280,900',
    ...(dark ? ['--force-dark-mode'] : []),
    // Chromium has no sandbox for root; a CI machine is thrown away after the run.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  return puppeteer.launch({
    executablePath: managed?.program ?? findBrowser('chromium'),
    headless: !window,
    pipe: true,
    enableExtensions: managed ? true : extension ? [extension] : false,
    // Extensions of a policy come over what Chromium calls background networking.
    ignoreDefaultArgs: managed ? [NO_NETWORKING] : [],
    userDataDir: profile,
    defaultViewport: window ? null : { width: 1280, height: 900 },
    env: {
      ...process.env,
      LANGUAGE: language,
      LANG: language === 'es' ? 'es_ES.UTF-8' : 'en_US.UTF-8',
    },
    args,
  });
}

async function launchFirefox(options) {
  const { server, language, dark, window, profile, extension, preferences, managed } = options;
  const [host, port] = server.proxy.split(':');
  const manifest = extension
    ? JSON.parse(await readFile(join(extension, 'manifest.json'), 'utf8'))
    : {};
  const addon = manifest.browser_specific_settings?.gecko?.id;
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: managed?.program ?? findBrowser('firefox'),
    headless: !window,
    // Without it, WebDriver may not open the extension's own pages.
    args: ['--remote-allow-system-access'],
    userDataDir: profile,
    acceptInsecureCerts: true,
    defaultViewport: window ? null : { width: 1280, height: 900 },
    extraPrefsFirefox: {
      ...FIREFOX_QUIET,
      'network.proxy.type': 1,
      'network.proxy.http': host,
      'network.proxy.http_port': Number(port),
      'network.proxy.ssl': host,
      'network.proxy.ssl_port': Number(port),
      'network.proxy.no_proxies_on': '',
      'network.proxy.allow_hijacking_localhost': true,
      'intl.accept_languages': language === 'es' ? 'es-ES, es' : 'en-US, en',
      'intl.locale.requested': language === 'es' ? 'es-ES' : 'en-US',
      'ui.systemUsesDarkTheme': dark ? 1 : 0,
      // Nobody has signed what was packed here a moment ago.
      ...(managed
        ? { 'xpinstall.signatures.required': false, 'extensions.checkUpdateSecurity': false }
        : {}),
      ...preferences,
      ...(addon
        ? { 'extensions.webextensions.uuids': JSON.stringify({ [addon]: FIREFOX_UUID }) }
        : {}),
    },
  });
}
