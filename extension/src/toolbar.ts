/**
 * What the toolbar says of each tab: covered, not covered and why, paused. What the frames of a
 * tab have said is kept in the browser's memory (`storage.session`), since the background sleeps.
 */
import { barredHosts, isChecked, onAccess } from './access';
import { REMINDER_COLOUR } from './reminders';
import { t } from './shared/i18n';
import type { FrameStatus, TabStatus, ToContent, Trouble } from './shared/messages';
import { onSettings, readSettings } from './shared/settings';

interface TabRecord {
  readonly frames: Record<string, FrameStatus>;
  readonly paused: boolean;
}

/** Browsers take a null for it; their types do not say so. */
const NOTHING = null as unknown as string;

const EMPTY: TabRecord = { frames: {}, paused: false };

const ICONS: Record<TabStatus['state'], string> = {
  idle: 'idle',
  off: 'idle',
  covered: 'on',
  uncovered: 'off',
  barred: 'off',
  paused: 'paused',
};

/** Changes are made one after another: each reads what the last one wrote. */
let queue: Promise<unknown> = Promise.resolve();

/** What could not be kept in the browser's memory: it is known here until the background sleeps. */
const unkept = new Map<string, TabRecord>();

function change(tab: number, edit: (record: TabRecord) => TabRecord): Promise<void> {
  const done = queue.then(async () => {
    const record = edit(await read(tab));
    await keep(keyOf(tab), record);
    await show(tab, await judged(tab, record));
  });
  queue = done.catch(() => {});
  return done;
}

async function keep(key: string, record: TabRecord): Promise<void> {
  try {
    await chrome.storage.session.set({ [key]: record });
    unkept.delete(key);
  } catch {
    unkept.set(key, record);
  }
}

export const setFrame = (tab: number, frame: number, status: FrameStatus): Promise<void> =>
  change(tab, (record) => ({ ...record, frames: { ...record.frames, [frame]: status } }));

/** Where IT does not allow a pause, there is none. */
export async function setPaused(tab: number, wanted: boolean): Promise<void> {
  const paused = wanted && (await readSettings()).mayPause;
  await change(tab, (record) => ({ ...record, paused }));
}

/** IT has changed whether a tab can be paused, or where Tacto works: what is said follows. */
onSettings(() => void showAll());

/** The tab shows another page: what its frames said no longer holds. */
export const forgetFrames = (tab: number): Promise<void> =>
  change(tab, (record) => ({ ...record, frames: {} }));

/** In the browser's memory: this extension is newer than some pages may be. */
const RENEWED = 'renewed';

export const renewed = (): Promise<void> =>
  chrome.storage.session.set({ [RENEWED]: true }).catch(() => {});

/**
 * A page that was in the back/forward cache of Firefox while we were updated comes back without a
 * script that lives. Firefox alone says which page of a checked site a tab shows.
 */
export async function lookAfter(tab: number, address: string | undefined): Promise<void> {
  if (!address || !isChecked(address, await readSettings())) return;
  if (!(await chrome.storage.session.get(RENEWED))[RENEWED]) return;
  const message: ToContent = { kind: 'there' };
  await chrome.tabs
    .sendMessage(tab, message, { frameId: 0 })
    .catch(() => setFrame(tab, 0, { boxes: 0, troubles: ['old'] }));
}

export function forgetTab(tab: number): Promise<void> {
  unkept.delete(keyOf(tab));
  return chrome.storage.session.remove(keyOf(tab));
}

export async function isPaused(tab: number): Promise<boolean> {
  await queue;
  return (await read(tab)).paused;
}

export async function statusOf(tab: number): Promise<TabStatus> {
  await queue;
  return judged(tab, await read(tab));
}

function keyOf(tab: number): string {
  return `tab:${tab}`;
}

async function read(tab: number): Promise<TabRecord> {
  const key = keyOf(tab);
  const known = unkept.get(key);
  if (known) return known;
  const stored: Record<string, unknown> = await chrome.storage.session.get(key);
  return (stored[key] as TabRecord | undefined) ?? EMPTY;
}

/** What a tab's record means, with what IT and the browser allow. */
async function judged(tab: number, record: TabRecord): Promise<TabStatus> {
  const settings = await readSettings();
  const status = summary({ ...record, paused: record.paused && settings.mayPause });
  if (status.state !== 'idle') return status;
  const sites = await barredHosts(settings);
  return sites.length > 0 && (await isHidden(tab))
    ? { ...status, state: 'barred', sites: sites.join(', ') }
    : status;
}

/** Whether the browser keeps from us which page a tab shows: one that may not be read, or any other. */
async function isHidden(tab: number): Promise<boolean> {
  const known = await chrome.tabs.get(tab).catch(() => null);
  return known !== null && known.url === undefined;
}

function summary({ frames, paused }: TabRecord): TabStatus {
  const said = Object.values(frames);
  const boxes = said.reduce((sum, one) => sum + one.boxes, 0);
  const troubles = [...new Set(said.flatMap((one) => one.troubles))];
  const state = paused
    ? 'paused'
    : said.some((one) => one.isOff)
      ? 'off'
      : troubles.length > 0
        ? 'uncovered'
        : boxes > 0
          ? 'covered'
          : 'idle';
  return { state, boxes, troubles };
}

/** Says everything again: the language is another, or what may be read. */
export async function showAll(): Promise<void> {
  for (const { id } of await chrome.tabs.query({})) if (id) void change(id, (record) => record);
}
onAccess(() => void showAll());

async function show(tab: number, { state, troubles, sites = '' }: TabStatus): Promise<void> {
  const [first] = troubles;
  const reason = first ? t(`status.trouble.${first satisfies Trouble}`) : '';
  const path = { 16: `icons/${ICONS[state]}-16.png`, 32: `icons/${ICONS[state]}-32.png` };
  const isWarning = state === 'uncovered' || state === 'barred';
  try {
    await Promise.all([
      chrome.action.setIcon({ tabId: tab, path }),
      chrome.action.setTitle({ tabId: tab, title: t(`status.${state}`, { reason, sites }) }),
      chrome.action.setBadgeBackgroundColor({
        tabId: tab,
        color: isWarning ? '#955300' : REMINDER_COLOUR,
      }),
      // Where the tab has nothing to say, the reminder shows that holds for all tabs.
      chrome.action.setBadgeText({ tabId: tab, text: isWarning ? '!' : NOTHING }),
    ]);
  } catch {
    // The tab was closed meanwhile.
  }
}
