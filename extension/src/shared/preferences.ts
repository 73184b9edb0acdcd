/**
 * What the person has chosen in the popup. Kept in `storage.local`, so that it outlives updates;
 * the popup (crate/popup) writes it, the background joins it with the company's policy into what is
 * in force (settings.ts).
 */

export interface Preferences {
  /** The language of what is shown; `auto` is the browser's. */
  readonly language: 'auto' | 'es' | 'en';
  /** Whether the toolbar button says when something of the checklist is due again. */
  readonly reminders: boolean;
}

const UNLESS_CHOSEN: Preferences = { language: 'auto', reminders: true };

/** The key in `storage.local`. */
export const PREFERENCES = 'preferences';

export async function readPreferences(): Promise<Preferences> {
  const stored: Record<string, unknown> = await chrome.storage.local.get(PREFERENCES);
  const chosen = stored[PREFERENCES] as Partial<Record<keyof Preferences, unknown>> | undefined;
  const { language, reminders } = chosen ?? {};
  return {
    language: language === 'es' || language === 'en' ? language : UNLESS_CHOSEN.language,
    reminders: typeof reminders === 'boolean' ? reminders : UNLESS_CHOSEN.reminders,
  };
}
