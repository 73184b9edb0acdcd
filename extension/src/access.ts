/**
 * Which of its sites Tacto may read. Firefox lets people take that back, Chromium lets them keep it
 * to a click; a content script is then not there, and nobody but the background can say so.
 */
import type { PageSettings } from './shared/settings';

/** The hosts of the sites that are turned on and may not be read. */
export async function barredHosts(settings: PageSettings): Promise<string[]> {
  const { origins = [] } = await chrome.permissions.getAll();
  return matchesOf(settings)
    .filter((match) => !origins.includes(match))
    .map(hostOf);
}

/** Whether this is the address of a site that is turned on. */
export function isChecked(address: string, settings: PageSettings): boolean {
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' &&
    matchesOf(settings).some((match) => `.${hostname}`.endsWith(`.${hostOf(match)}`))
  );
}

/** Where the content scripts are to run. */
function matchesOf({ platforms }: PageSettings): string[] {
  const scripts = chrome.runtime.getManifest().content_scripts ?? [];
  return scripts.flatMap(({ js = [], matches = [] }) => {
    // Firefox gives whole addresses.
    const isOn = Object.entries(platforms).some(
      ([platform, on]) => on && js.some((file) => file.endsWith(`content-${platform}.js`)),
    );
    return isOn ? matches : [];
  });
}

/** Calls back whenever something is allowed or taken back. */
export function onAccess(changed: () => void): void {
  chrome.permissions.onAdded.addListener(changed);
  chrome.permissions.onRemoved.addListener(changed);
}

/** `https://*.x.com/*` -> `x.com`. */
function hostOf(match: string): string {
  return match.replace(/^.*:\/\/(\*\.)?|\/.*$/g, '');
}
