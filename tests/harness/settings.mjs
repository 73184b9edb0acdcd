// What is in force on the sites' pages, set where IT's policy and the popup's choices end up.
import { openExtensionPage } from './extension-page.mjs';

/** Sets some of the settings (extension/src/shared/settings.ts); open pages follow at once. */
export async function setSettings(session, change) {
  const page = await openExtensionPage(session, 'pages/practice.html');
  await page.evaluate(async (wanted) => {
    const api = globalThis.browser ?? globalThis.chrome;
    const { pageSettings } = await api.storage.local.get('pageSettings');
    await api.storage.local.set({ pageSettings: { ...pageSettings, ...wanted } });
  }, change);
  await page.close();
}
