/**
 * Starts the popup, which is written in Rust (crate/popup): everything that it needs is read while
 * the wasm is compiled.
 */
import init, { startPopup } from '#engine';
import en from '../../locales/en.json';
import es from '../../locales/es.json';
import { lang, t } from '../shared/i18n';
import { CARD_KEY } from '../shared/keys';

const STORED = ['checklist', 'preferences', 'pageSettings', 'popupSettings'];

async function start(): Promise<void> {
  const { getURL, getManifest } = chrome.runtime;
  // A popup lies over the tab that it is about; opened as a page, it is about none.
  const isPage = location.search === '?page';
  const [, checklist, stored, [tab]] = await Promise.all([
    init({ module_or_path: fetch(getURL('engine.wasm')) }),
    fetch(getURL('checklist.json')).then((response) => response.text()),
    chrome.storage.local.get(STORED),
    isPage ? [] : chrome.tabs.query({ active: true, currentWindow: true }),
  ]);
  if (isPage) document.documentElement.classList.add('page');
  startPopup({
    texts: { en, es },
    checklist,
    stored,
    tab: tab?.id ?? null,
    version: getManifest().version,
    browserLanguage: lang,
    cardKey: CARD_KEY,
  });
}

start().catch((error: unknown) => {
  console.error('Tacto:', error);
  const view = document.getElementById('view');
  if (view) view.textContent = t('popup.failed');
});
