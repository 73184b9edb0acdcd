/**
 * What the toolbar says of each tab: covered, not covered and why, paused. What the frames of a
 * tab have said is kept in the browser's memory (`storage.session`), since the background sleeps.
 */
import { REMINDER_COLOUR } from './reminders';
import { t } from './shared/i18n';
import type { FrameStatus, TabStatus, Trouble } from './shared/messages';
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
    await show(tab, await judged(record));
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

/** IT has changed whether a tab can be paused: those that are say so, or no longer. */
onSettings(() => {
  void chrome.storage.session.get().then((stored) => {
    for (const key of Object.keys(stored)) {
      const tab = Number(/^tab:(\d+)$/.exec(key)?.[1]);
      if (tab) void change(tab, (record) => record);
    }
  });
});

/** The tab shows another page: what its frames said no longer holds. */
export const forgetFrames = (tab: number): Promise<void> =>
  change(tab, (record) => ({ ...record, frames: {} }));

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
  return judged(await read(tab));
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

/** What a tab's record means, with what IT allows. */
async function judged(record: TabRecord): Promise<TabStatus> {
  const { mayPause } = await readSettings();
  return summary({ ...record, paused: record.paused && mayPause });
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

/** Says everything again: the language is another. */
export async function showAll(): Promise<void> {
  const all: Record<string, unknown> = await chrome.storage.session.get(null);
  for (const [key, record] of Object.entries(all)) {
    const [, tab] = /^tab:(\d+)$/.exec(key) ?? [];
    if (tab) await show(Number(tab), summary(record as TabRecord));
  }
}

async function show(tab: number, { state, troubles }: TabStatus): Promise<void> {
  const [first] = troubles;
  const reason = first ? t(`status.trouble.${first satisfies Trouble}`) : '';
  const path = { 16: `icons/${ICONS[state]}-16.png`, 32: `icons/${ICONS[state]}-32.png` };
  try {
    await Promise.all([
      chrome.action.setIcon({ tabId: tab, path }),
      chrome.action.setTitle({ tabId: tab, title: t(`status.${state}`, { reason }) }),
      chrome.action.setBadgeBackgroundColor({
        tabId: tab,
        color: state === 'uncovered' ? '#955300' : REMINDER_COLOUR,
      }),
      // Where the tab has nothing to say, the reminder shows that holds for all tabs.
      chrome.action.setBadgeText({ tabId: tab, text: state === 'uncovered' ? '!' : NOTHING }),
    ]);
  } catch {
    // The tab was closed meanwhile.
  }
}
