/**
 * The gentle reminder: a number on the toolbar button when something of the checklist is due
 * again. When that is, crate/popup has written with the ticks; no clock runs for it. The background
 * is woken by every page of the three sites, which is often enough.
 */
import { PREFERENCES, readPreferences } from './shared/preferences';
import { POPUP_SETTINGS, type PopupSettings } from './shared/settings';

const DUE = 'checklistDue';
export const REMINDER_COLOUR = '#15616d';

export async function remind(): Promise<void> {
  const [stored, { reminders }] = await Promise.all([
    chrome.storage.local.get([DUE, POPUP_SETTINGS]) as Promise<Record<string, unknown>>,
    readPreferences(),
  ]);
  const { checklist, employeeMay } = (stored[POPUP_SETTINGS] ?? {}) as Partial<PopupSettings>;
  const wanted = reminders && checklist?.shown !== false && employeeMay?.reminders !== false;
  const due = Array.isArray(stored[DUE]) ? stored[DUE] : [];
  const now = Date.now();
  const count = wanted ? due.filter((at) => typeof at === 'number' && at <= now).length : 0;
  await Promise.all([
    chrome.action.setBadgeBackgroundColor({ color: REMINDER_COLOUR }),
    chrome.action.setBadgeText({ text: count > 0 ? String(count) : '' }),
  ]);
}

export function followReminders(): void {
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && [DUE, PREFERENCES, POPUP_SETTINGS].some((key) => key in changes))
      void remind();
  });
  void remind();
}
