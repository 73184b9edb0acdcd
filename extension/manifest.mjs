/** The manifest: one source, and what each browser calls differently. */

/** Own files alone: no server can be reached from any page of the extension, nor its background. */
const PAGES =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const icons = (name, ...sizes) =>
  Object.fromEntries(sizes.map((size) => [size, `icons/${name}-${size}.png`]));

/** The file of a site's content script. */
export const scriptOf = ({ platform }) => `content-${platform}.js`;

/** The panel on a site's own settings pages. */
export const PANEL_SCRIPT = 'settings-panel.js';

const pagesOf = ({ hosts }) => hosts.map((host) => `https://*.${host}/*`);

/**
 * @param {"chromium" | "firefox"} browser
 * @param sites the adapters of the sites: their hosts are all that is ever looked at
 */
export function manifest(browser, version, sites) {
  return {
    manifest_version: 3,
    name: '__MSG_name__',
    description: '__MSG_description__',
    version,
    default_locale: 'en',
    icons: icons('tacto', 16, 32, 48, 128),
    action: {
      default_title: '__MSG_idle__',
      default_icon: icons('idle', 16, 32),
      default_popup: 'pages/popup.html',
    },
    permissions: ['storage'],
    // What IT may set by policy; the browser drops what does not fit.
    storage: { managed_schema: 'managed_schema.json' },
    content_scripts: [
      ...sites.map((site) => ({
        matches: pagesOf(site),
        js: [scriptOf(site)],
        run_at: 'document_start',
        all_frames: true,
        match_about_blank: true,
      })),
      { matches: sites.flatMap(pagesOf), js: [PANEL_SCRIPT], run_at: 'document_idle' },
    ],
    content_security_policy: { extension_pages: PAGES },
    ...OWN[browser],
  };
}

const OWN = {
  chromium: {
    minimum_chrome_version: '123',
    background: { service_worker: 'background.js' },
    // Without this key any other extension could send us messages; so none can, and no page.
    externally_connectable: { ids: [] },
  },
  firefox: {
    background: { scripts: ['background.js'] },
    browser_specific_settings: {
      gecko: {
        id: 'tacto@tacto.invalid',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  },
};

/** What the browser itself shows, in its own format. */
export function messages(texts) {
  return Object.fromEntries(
    [
      ['name', 'manifest.name'],
      ['description', 'manifest.description'],
      ['idle', 'status.idle'],
    ].map(([key, from]) => [key, { message: texts[from] }]),
  );
}
