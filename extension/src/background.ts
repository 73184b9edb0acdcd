/**
 * The background: answers the content scripts' questions with the engine, and keeps the toolbar
 * true. It stores no draft, writes none to the console and can reach no server.
 */
import { itemsAt, tick } from './checklist-host';
import PANEL_STYLE from './content/settings-panel.css';
import STYLE from './content/style.css';
import { check, engine, explain, reload } from './engine-host';
import { guidePage } from './guide-page';
import { askAgain, onPolicy, policyPart, tellPages } from './policy';
import { followReminders } from './reminders';
import { lang, ON_PAGES, ON_SETTINGS_PAGES, speak, textsOf } from './shared/i18n';
import {
  type FromPanel,
  type FromPopup,
  type GuideInfo,
  type Looks,
  type PanelItems,
  PORT,
  type PolicyStatus,
  type ToBackground,
  type ToContent,
} from './shared/messages';
import { PREFERENCES } from './shared/preferences';
import { onSettings, readSettings } from './shared/settings';
import TOKENS from './shared/tokens.css';
import {
  forgetFrames,
  forgetTab,
  isPaused,
  lookAfter,
  renewed,
  setFrame,
  setPaused,
  showAll,
  statusOf,
} from './toolbar';

/** Nothing is said before it is known in which language. */
const spoken = readSettings().then(({ language }) => speak(language));
onSettings(({ language }) => speak(language) && void showAll());

/** What the person has chosen takes effect everywhere at once. */
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && PREFERENCES in changes) void joinPreferences();
});

async function joinPreferences(): Promise<void> {
  // What may be chosen is the policy's to say.
  await engine();
  await tellPages(false);
}

/** A policy takes effect without a page having to ask. No tab is opened, nothing is asked. */
chrome.runtime.onInstalled.addListener(() => {
  void renewed();
  void begin();
});
chrome.runtime.onStartup.addListener(() => void begin());
onPolicy(() => void reload());

async function begin(): Promise<void> {
  await spoken;
  await Promise.all([engine(), showAll()]);
}

chrome.runtime.onConnect.addListener((port) => {
  const tab = port.sender?.tab?.id;
  const frame = port.sender?.frameId ?? 0;
  if (port.name !== PORT || port.sender?.id !== chrome.runtime.id || tab === undefined) {
    port.disconnect();
    return;
  }
  port.onMessage.addListener((message: ToBackground) => void receive(port, tab, frame, message));
  void askAgain();
  void isPausedNow(tab).then((paused) => answer(port, { kind: 'paused', paused }));
});

const LOOKS: Looks = { texts: textsOf(ON_PAGES), style: TOKENS + STYLE };
const PANEL_LOOKS: Looks = { texts: textsOf(ON_SETTINGS_PAGES), style: TOKENS + PANEL_STYLE };
/** Those at the other end have them. */
const dressed = new WeakSet<chrome.runtime.Port>();

async function isPausedNow(tab: number): Promise<boolean> {
  const [paused, { mayPause }] = await Promise.all([isPaused(tab), readSettings()]);
  return paused && mayPause;
}

async function receive(
  port: chrome.runtime.Port,
  tab: number,
  frame: number,
  message: ToBackground,
): Promise<void> {
  if (message.kind === 'check') {
    const { id, draft } = message;
    await spoken;
    const at = isOwnPage(port.sender) ? draft.at : undefined;
    const checked = await check({ ...draft, at: at ?? Date.now(), ui: lang });
    if ('report' in checked) {
      const looks = dressed.has(port) ? {} : { looks: LOOKS };
      dressed.add(port);
      answer(port, { kind: 'report', id, ...checked, ...looks });
    } else answer(port, { kind: 'declined', id, trouble: checked.trouble });
  } else if (message.kind === 'wake') {
    await engine();
    await askAgain();
  } else if (message.kind === 'status') {
    await setFrame(tab, frame, message.status);
  } else {
    const page = `pages/guide.html#${encodeURIComponent(message.section)}`;
    await chrome.tabs.create({ url: chrome.runtime.getURL(page), openerTabId: tab });
  }
}

function answer(port: chrome.runtime.Port, message: ToContent): void {
  try {
    port.postMessage(message);
  } catch {
    // The page has gone; nobody is waiting.
  }
}

function isOwnPage(sender: chrome.runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(chrome.runtime.getURL('')) ?? false;
}

chrome.runtime.onMessage.addListener((message: FromPopup | FromPanel, sender, respond) => {
  // Pages can send nothing at all. Content scripts have their port, and for the checklist this.
  if (sender.id !== chrome.runtime.id) return false;
  if (message.kind === 'settingsPage' || message.kind === 'tickItem')
    void handlePanel(message).then(respond);
  else if (isOwnPage(sender)) void handle(message).then(respond);
  else return false;
  return true;
});

async function handlePanel(message: FromPanel): Promise<unknown> {
  await spoken;
  if (message.kind === 'tickItem') return tick(message.id);
  const items = await itemsAt(message.address);
  return { items, looks: PANEL_LOOKS } satisfies PanelItems;
}

async function handle(message: FromPopup): Promise<unknown> {
  if (message.kind === 'tabStatus') return statusOf(message.tab);
  if (message.kind === 'guideInfo') return guideInfo();
  if (message.kind === 'policyStatus') return policyStatus();
  if (message.kind === 'guidePage') return guidePage();
  if (message.kind === 'explain') {
    await spoken;
    return explain({ at: Date.now(), ...message.draft, ui: lang });
  }
  if (message.paused && !(await readSettings()).mayPause) return statusOf(message.tab);
  await setPaused(message.tab, message.paused);
  // Not through the ports: those close when the background sleeps, the scripts are still there.
  const paused: ToContent = { kind: 'paused', paused: await isPaused(message.tab) };
  await chrome.tabs.sendMessage(message.tab, paused).catch(() => {});
  return statusOf(message.tab);
}

async function guideInfo(): Promise<GuideInfo> {
  const loaded = await engine();
  if (!('engine' in loaded)) return { company: '', version: null, problem: loaded };
  const { company, guideVersion } = loaded.engine.info();
  return { company, version: guideVersion, problem: null };
}

async function policyStatus(): Promise<PolicyStatus> {
  await askAgain();
  const loaded = await engine();
  const { isOwn, ...policy } = policyPart();
  const info = 'engine' in loaded ? loaded.engine.info() : null;
  const guide = info && {
    company: info.company,
    version: info.guideVersion,
    author: info.guideAuthor,
    validUntil: info.validUntil,
    isExpired: info.validUntil !== null && isOver(info.validUntil),
    isOwn,
  };
  return { ...policy, guide };
}

/** Whether a day, `YYYY-MM-DD`, is over, where this computer is. */
function isOver(day: string): boolean {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return Date.now() >= new Date(year, month - 1, date + 1).getTime();
}

followReminders();

chrome.tabs.onUpdated.addListener((tab, change, { url }) => {
  if (change.status === 'loading') void forgetFrames(tab);
  if (change.status === 'complete') void lookAfter(tab, url);
});
chrome.tabs.onRemoved.addListener((tab) => void forgetTab(tab));
