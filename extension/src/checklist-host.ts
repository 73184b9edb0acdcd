/**
 * The checklist for the panel on a site's settings page. What is in it, and what a tick means, is
 * Rust's to say (crate/popup); the popup itself needs none of this.
 */
import { settingsPage, tickItem } from '#engine';
import { startWasm } from './engine-host';
import { lang } from './shared/i18n';
import type { PanelItem } from './shared/messages';
import { POPUP_SETTINGS } from './shared/settings';

async function read(): Promise<readonly [shipped: string, stored: object]> {
  const [shipped, stored] = await Promise.all([
    fetch(chrome.runtime.getURL('checklist.json')).then((response) => response.text()),
    chrome.storage.local.get(['checklist', POPUP_SETTINGS]),
    startWasm(),
  ]);
  return [shipped, stored];
}

export async function itemsAt(address: string): Promise<PanelItem[]> {
  const [shipped, stored] = await read();
  return settingsPage(shipped, stored, address, lang, Date.now());
}

/** Marks an item as done; false where that could not be kept. */
export async function tick(id: string): Promise<boolean> {
  const [shipped, stored] = await read();
  const entries = tickItem(shipped, stored, id, 'done', Date.now());
  if (entries === null) return false;
  return chrome.storage.local.set(entries).then(
    () => true,
    () => false,
  );
}
