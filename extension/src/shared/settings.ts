/**
 * What is in force on the pages of the three sites: what IT has set by managed policy and what the
 * person has chosen, else the defaults here. The background works it out and writes it to
 * `storage.local`; content scripts read it there and hear of changes, even while the background
 * sleeps. Nothing confidential is in it: content scripts of a compromised page could be made to
 * tell. The guide and its lists are never stored where a content script can read.
 */
import type { Contact, Platform } from '#engine';
import type { Adapter } from '../content/adapter';

/** From which severity on a post is held. */
export type GateLevel = 'stop' | 'warn';

/** What may not be posted at all; nothing else can be blocked. Off unless IT turns it on. */
export interface Blocking {
  readonly credentials: boolean;
  /** Only what is verified by its check digits. */
  readonly personalData: boolean;
}

export interface PageSettings {
  /** Whether Tacto works on a site at all. */
  readonly platforms: Readonly<Record<Platform, boolean>>;
  readonly gate: GateLevel;
  readonly block: Blocking;
  /** The language of what is shown; `auto` is the browser's. */
  readonly language: 'auto' | 'es' | 'en';
  /** Whether a tab can be paused. */
  readonly mayPause: boolean;
  /** Instead of the shipped adapter of a site. Checked before it is stored. */
  readonly adapters: Readonly<Partial<Record<Platform, Adapter>>>;
  /** Another number with each change of the guide: what was said of a draft no longer holds. */
  readonly revision: number;
}

export const DEFAULTS: PageSettings = {
  platforms: { x: true, facebook: true, linkedin: true },
  gate: 'stop',
  block: { credentials: false, personalData: false },
  language: 'auto',
  mayPause: true,
  adapters: {},
  revision: 0,
};

/** The key in `storage.local`. Not there: the defaults hold. */
const KEY = 'pageSettings';

/** What the popup needs of the policy, in `storage.local` too, under {@link POPUP_SETTINGS}. */
export interface PopupSettings {
  readonly checklist: {
    readonly shown: boolean;
    /** The company's own items, shaped like those of rules/checklist.toml. Checked. */
    readonly items: readonly ChecklistItem[];
  };
  readonly employeeMay: {
    readonly pause: boolean;
    readonly language: boolean;
    readonly reminders: boolean;
  };
}

export interface ChecklistItem {
  readonly id: string;
  readonly platform: Platform;
  readonly setting: Contact;
  /** An https address. */
  readonly url: string;
  readonly habit?: string;
  readonly you?: Contact;
  readonly company?: Contact;
  readonly fallback?: string;
  readonly confidence?: string;
  readonly checked?: string;
  readonly again_after_days?: number;
  readonly audience?: string;
}

/** The key in `storage.local`. Not there: everything is shown, nothing added, all may be changed. */
export const POPUP_SETTINGS = 'popupSettings';

async function storedSettings(): Promise<PageSettings> {
  const stored: Record<string, unknown> = await chrome.storage.local.get(KEY);
  return asSettings(stored[KEY]);
}

/** The settings in force; the defaults where none are stored or storage does not answer. */
export async function readSettings(): Promise<PageSettings> {
  try {
    return await storedSettings();
  } catch {
    return DEFAULTS;
  }
}

/**
 * Heeds the settings in force in a page, until the returned function is called: those of now, each
 * change, and those of a page that comes back from the browser's cache, where it hears of none.
 */
export function followSettings(heed: (settings: PageSettings) => void): () => void {
  // Where storage does not answer, the last that it has said holds.
  const read = (): void => void storedSettings().then(heed, () => {});
  const shown = (event: PageTransitionEvent): void => {
    if (event.isTrusted && event.persisted) read();
  };
  const ignore = onSettings(heed);
  window.addEventListener('pageshow', shown);
  read();
  return () => {
    ignore();
    window.removeEventListener('pageshow', shown);
  };
}

export function writeSettings(settings: PageSettings): Promise<void> {
  return chrome.storage.local.set({ [KEY]: settings });
}

/** Calls back with each change of the settings, until the returned function is called. */
export function onSettings(changed: (settings: PageSettings) => void): () => void {
  const heard = (changes: Record<string, chrome.storage.StorageChange>, area: string): void => {
    const change = area === 'local' ? changes[KEY] : undefined;
    if (change) changed(asSettings(change.newValue));
  };
  chrome.storage.onChanged.addListener(heard);
  return () => {
    try {
      chrome.storage.onChanged.removeListener(heard);
    } catch {
      // The extension is gone, and its listeners with it.
    }
  };
}

/** Our own writing, but perhaps an older version's: what is missing is the default. */
function asSettings(stored: unknown): PageSettings {
  return typeof stored === 'object' && stored !== null ? { ...DEFAULTS, ...stored } : DEFAULTS;
}
