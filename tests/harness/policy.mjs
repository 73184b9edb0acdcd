// A browser under real managed policy, as a company's machine is: the policy files lie where the
// browser looks for them, and the extension is force-installed from an update server.
//
// The files are seen by that browser alone. Its program is wrapped in a script that makes a mount
// namespace of its own, lays an empty folder for policies over /etc, and binds a folder of ours
// into it; the machine and every other browser stay as they are, and nothing is left behind.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crx, idOf, newKey } from '../../extension/packaging/crx.mjs';
import { filesOf, zip } from '../../extension/packaging/zip.mjs';
import { dist, findBrowser, launch } from './browsers.mjs';
import { openExtensionPage } from './extension-page.mjs';
import { until } from './wait.mjs';

/** Where the browsers look, below /etc. */
const PLACES = { chromium: ['chromium', 'opt/chrome', 'opt/edge'], firefox: ['firefox'] };

/** Served by the tests' proxy; both browsers take http from this machine itself. */
const SERVED = 'http://localhost/updates';

/**
 * Chromium waits five seconds after it has seen another time of change; files that are all as old
 * as each other are read at once.
 */
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

const SCRIPT = ({ flags, skeleton, policies, places, program, extra }) => `#!/bin/sh
exec unshare ${flags} sh -c '
  set -e
  mount --make-rprivate /
  mount -t overlay overlay -o "lowerdir=${skeleton}:/etc" /etc
  for place in ${places.join(' ')}; do mount --bind "${policies}" "/etc/$place/policies"; done
  exec "$@"
' sh "${program}" "$@" ${extra}
`;

/** A machine of the company's: its policy, its update server, a browser on it that can restart. */
export class ManagedMachine {
  #profile;
  #folder;
  #policies;
  #program;
  #version = '0.0.1';
  session = null;

  static async create(kind, server) {
    const machine = new ManagedMachine(kind, server);
    await machine.#prepare();
    return machine;
  }

  constructor(kind, server) {
    this.kind = kind;
    this.server = server;
  }

  async #prepare() {
    const { kind } = this;
    this.#folder = await mkdtemp(join(tmpdir(), `tacto-managed-${kind}-`));
    const skeleton = join(this.#folder, 'etc');
    const policies = join(this.#folder, 'policies');
    this.#policies = kind === 'chromium' ? join(policies, 'managed') : policies;
    this.#profile = join(this.#folder, 'profile');
    await mkdir(this.#policies, { recursive: true });
    await mkdir(this.#profile);
    for (const place of PLACES[kind])
      await mkdir(join(skeleton, place, 'policies'), { recursive: true });
    const isRoot = process.getuid?.() === 0;
    const script = {
      flags: isRoot ? '-m' : '-rm',
      skeleton,
      policies,
      places: PLACES[kind],
      // In a user namespace Chromium believes to be root, and has no sandbox there.
      extra: !isRoot && kind === 'chromium' ? '--no-sandbox' : '',
    };
    this.#program = join(this.#folder, kind);
    const trial = join(this.#folder, 'trial');
    await writeFile(trial, SCRIPT({ ...script, program: 'true', extra: '' }), { mode: 0o755 });
    try {
      execFileSync(trial, { stdio: 'pipe' });
    } catch (error) {
      throw new Error(
        'The tests of managed policy need mount namespaces, which this machine refuses ' +
          `(${String(error.stderr ?? error).trim()}). Run them as root (in a container: with ` +
          '--privileged), or type: sudo sysctl -w kernel.unprivileged_userns_clone=1 ' +
          'kernel.apparmor_restrict_unprivileged_userns=0',
      );
    }
    const program = findBrowser(kind);
    await writeFile(this.#program, SCRIPT({ ...script, program }), { mode: 0o755 });
    if (kind === 'chromium') {
      this.key = join(this.#folder, 'company.pem');
      newKey(this.key);
      this.id = idOf(this.key);
    } else {
      const manifest = JSON.parse(await readFile(join(dist(kind), 'manifest.json'), 'utf8'));
      this.id = manifest.browser_specific_settings.gecko.id;
    }
  }

  /** Puts a version of the shipped extension on the update server. */
  async publish(version) {
    this.#version = version;
    const copy = join(this.#folder, `tacto-${version}`);
    await cp(dist(this.kind), copy, { recursive: true });
    const path = join(copy, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    manifest.version = version;
    if (this.kind === 'firefox')
      manifest.browser_specific_settings.gecko.update_url = `${SERVED}/updates.json`;
    await writeFile(path, JSON.stringify(manifest));
    const zipped = zip(filesOf(copy));
    const { files } = this.server;
    if (this.kind === 'chromium') {
      const address = `${SERVED}/tacto-${version}.crx`;
      files.set(address, {
        type: 'application/x-chrome-extension',
        body: await crx(zipped, this.key),
      });
      files.set(`${SERVED}/updates.xml`, {
        type: 'application/xml',
        body: `<?xml version="1.0"?><gupdate xmlns="http://www.google.com/update2/response" protocol="2.0"><app appid="${this.id}"><updatecheck codebase="${address}" version="${version}"/></app></gupdate>`,
      });
    } else {
      const address = `${SERVED}/tacto-${version}.xpi`;
      files.set(address, { type: 'application/x-xpinstall', body: zipped });
      files.set(`${SERVED}/updates.json`, {
        type: 'application/json',
        body: JSON.stringify({
          addons: { [this.id]: { updates: [{ version, update_link: address }] } },
        }),
      });
    }
  }

  /** Sets what the policy says of Tacto; null takes that away, the installation stays. */
  async setPolicy(values) {
    const [name, file] =
      this.kind === 'chromium'
        ? ['tacto.json', this.#forChromium(values)]
        : ['policies.json', this.#forFirefox(values)];
    const written = join(this.#folder, 'written');
    await writeFile(written, JSON.stringify(file));
    await utimes(written, LONG_AGO, LONG_AGO);
    await rename(written, join(this.#policies, name));
  }

  #forChromium(values) {
    const installed = {
      installation_mode: 'force_installed',
      update_url: `${SERVED}/updates.xml`,
      override_update_url: true,
    };
    return {
      // Else no tool, and so no test, may look at what a policy has installed.
      DeveloperToolsAvailability: 1,
      ExtensionSettings: { [this.id]: installed },
      ...(values ? { '3rdparty': { extensions: { [this.id]: values } } } : {}),
    };
  }

  #forFirefox(values) {
    const installed = {
      installation_mode: 'force_installed',
      install_url: `${SERVED}/tacto-${this.#version}.xpi`,
    };
    return {
      policies: {
        ExtensionSettings: { [this.id]: installed },
        ...(values ? { '3rdparty': { Extensions: { [this.id]: values } } } : {}),
      },
    };
  }

  /** Starts the browser, or starts it again with the same profile. */
  async start(language = 'en') {
    await this.session?.close();
    this.session = await launch(this.kind, {
      server: this.server,
      language,
      managed: { id: this.id, program: this.#program, profile: this.#profile },
    });
    const patience = { timeout: 30_000 };
    if (this.kind === 'chromium') {
      const isOurs = (target) => target.url().startsWith(`${this.session.base}/`);
      await this.session.browser.waitForTarget(isOurs, patience);
    } else {
      await until('Tacto to be installed', () => this.status().catch(() => null), patience);
    }
    return this.session;
  }

  /** What the background answers to the popup. */
  status() {
    return this.statusOf('the status', () => true);
  }

  /** The status, once it is as wanted. */
  async statusOf(what, isWanted) {
    const page = await openExtensionPage(this.session, 'pages/popup.html');
    let last;
    try {
      return await until(what, async () => {
        last = await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'policyStatus' }));
        return isWanted(last) && last;
      });
    } catch (error) {
      throw new Error(`${error.message}; the last was ${JSON.stringify(last)}`);
    } finally {
      await page.close();
    }
  }

  /** Lets the browser look for updates now, and waits until it has taken this version. */
  update(version) {
    return this.kind === 'chromium' ? this.#updateChromium(version) : this.#updateFirefox(version);
  }

  /** Firefox's own add-on manager is asked, as about:addons asks it. */
  async #updateFirefox(version) {
    const { connection } = this.session.browser;
    const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const answer = await connection.send('script.callFunction', {
      functionDeclaration: `async (id) => {
        const path = 'resource://gre/modules/AddonManager.sys.mjs';
        const { AddonManager } = ChromeUtils.importESModule(path);
        const addon = await AddonManager.getAddonByID(id);
        const install = await new Promise((found) => {
          let update = null;
          const listener = {
            onUpdateAvailable: (_, install) => { update = install; },
            onUpdateFinished: () => found(update),
          };
          addon.findUpdates(listener, AddonManager.UPDATE_WHEN_PERIODIC_UPDATE);
        });
        await install.install();
        return (await AddonManager.getAddonByID(id)).version;
      }`,
      arguments: [{ type: 'string', value: this.id }],
      target: { context: result.contexts[0].context },
      awaitPromise: true,
    });
    assert.equal(answer.result.result?.value, version, JSON.stringify(answer.result));
  }

  async #updateChromium(version) {
    const page = await this.session.browser.newPage();
    try {
      await page.goto('chrome://extensions');
      await page.evaluate(() => chrome.developerPrivate.autoUpdate());
      await until(
        `version ${version}`,
        () =>
          page.evaluate(
            async (id, wanted) =>
              (await chrome.developerPrivate.getExtensionInfo(id)).version === wanted,
            this.id,
            version,
          ),
        { timeout: 40_000 },
      );
    } finally {
      await page.close();
    }
  }

  async end() {
    await this.session?.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
