/**
 * What the company's IT has set by managed policy: read from the browser, kept for a start that
 * cannot read it, joined with what the person has chosen, and put in force. What its values mean
 * is decided in Rust (crate/core/src/policy), which the command line uses too.
 *
 * - The browser is asked again whenever a page asks, until it has given a clear answer, and listened
 *   to from then on: a policy that is read once, early, is missed on first runs.
 * - No answer, an empty answer and no policy are three things. Firefox says plainly that there is
 *   none. Chromium says `{}` both for that and before it has fetched the policy: then the last good
 *   one serves, for as long as a fetch may take, and the popup says so.
 * - A key that cannot be used keeps what it said before.
 */
import type { PolicyReading } from '#engine';
import { checkAdapter } from './content/adapter-check';
import { type KeptPolicy, keep, type PolicyValues, readKept } from './policy-store';
import type { PolicyProblem, PolicyStatus } from './shared/messages';
import { readPreferences } from './shared/preferences';
import {
  type ChecklistItem,
  type PageSettings,
  POPUP_SETTINGS,
  type PopupSettings,
  readSettings,
  writeSettings,
} from './shared/settings';

/** Longer than either browser takes, shorter than a person notices. */
const PATIENCE_MS = 300;
/** After this long in one run of the browser, an empty answer means that there is no policy. */
const GRACE_MS = 10 * 60_000;
/** Where this run of the browser is remembered; gone with it. */
const RUN = 'policyRun';

interface Run {
  /** When the browser was first asked. */
  readonly since: number;
  /** Whether it has given a policy in this run: an empty answer then means that it was removed. */
  readonly hasGiven: boolean;
}

export interface Decided {
  readonly state: PolicyStatus['state'];
  readonly source: PolicyStatus['source'];
  readonly values: PolicyValues;
  readonly kept: KeptPolicy | null;
  /** What is wrong with the policy as a whole. */
  readonly problems?: readonly PolicyProblem[];
}

/** Instead of a policy that the engine broke on: the last good one, else none. */
export function without(broken: Decided): Decided {
  const { kept } = broken;
  const hasOther = kept !== null && canonical(kept.values) !== canonical(broken.values);
  const problem: PolicyProblem = {
    key: '',
    place: '',
    message: 'the engine cannot take this policy',
    remedy: 'Shorten its lists, or give them hashed, and report it.',
    reach: hasOther ? 'kept' : 'whole',
  };
  return {
    state: broken.state,
    source: hasOther ? 'lastGood' : 'shipped',
    values: hasOther ? kept.values : {},
    kept,
    problems: [problem],
  };
}

/** What the browser says; null where it has not answered in time. */
type Answer = PolicyValues | 'none' | null;

/** Browsers keep objects, but not the order of their keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const isEmpty = (values: PolicyValues): boolean => Object.keys(values).length === 0;

let onChange: () => void = () => {};

/** Calls back whenever another policy is, or may be, in force. */
export function onPolicy(changed: () => void): void {
  onChange = changed;
}

chrome.storage.onChanged.addListener((_, area) => {
  if (area === 'managed') onChange();
});

async function ask(): Promise<PolicyValues | 'none'> {
  try {
    return (await chrome.storage.managed.get()) as PolicyValues;
  } catch {
    // Firefox, "Managed storage manifest not found": there is none.
    return 'none';
  }
}

function answer(): Promise<Answer> {
  const asked = ask();
  return new Promise((settle) => {
    const timer = setTimeout(() => {
      settle(null);
      void asked.then(() => onChange());
    }, PATIENCE_MS);
    void asked.then((said) => {
      clearTimeout(timer);
      settle(said);
    });
  });
}

async function run(): Promise<Run> {
  const stored: Record<string, unknown> = await chrome.storage.session.get(RUN);
  return (stored[RUN] as Run | undefined) ?? { since: Date.now(), hasGiven: false };
}

/** Which policy is to be in force now. */
export async function decide(): Promise<Decided> {
  const [said, kept, before] = await Promise.all([answer(), readKept(), run()]);
  const given = said !== null && said !== 'none' && !isEmpty(said);
  const now: Run = { ...before, hasGiven: before.hasGiven || given };
  // A storage that is full is no reason to check nothing: what cannot be remembered is asked again.
  await chrome.storage.session.set({ [RUN]: now }).catch(() => {});
  if (given) return { state: 'loaded', source: 'policy', values: said, kept };
  const isOver = before.hasGiven || Date.now() - before.since > GRACE_MS;
  const isClear = said === 'none' || (said !== null && (!kept || isOver));
  if (isClear) return { state: 'none', source: 'shipped', values: {}, kept };
  return kept
    ? { state: 'unknown', source: 'lastGood', values: kept.values, kept }
    : { state: 'unknown', source: 'shipped', values: {}, kept };
}

/** Asks again where the browser has given no clear answer yet. */
export async function askAgain(): Promise<void> {
  if (inForce?.state !== 'unknown') return;
  const now = await decide();
  if (now.state !== 'unknown') onChange();
}

/** What Rust has made of a policy's values. */
export interface Attempt<Engine> {
  readonly engine: Engine;
  readonly reading: PolicyReading;
}

interface InForce {
  readonly state: PolicyStatus['state'];
  readonly source: PolicyStatus['source'];
  readonly since: number | null;
  readonly settings: PolicyReading['settings'];
  readonly adapters: PageSettings['adapters'];
  readonly problems: readonly PolicyProblem[];
  readonly isOwn: boolean;
  /** The bundle of the policy's own guide. */
  readonly guide: string | null;
}

let inForce: InForce | null = null;

/** The keys of a policy that stand for `key`. */
const namesOf = (key: string): readonly string[] => [key, `${key}Json`];

/**
 * Puts a policy in force: `attempt` builds an engine from values. A key that is refused keeps what
 * it said before. Pages are to be told (`tellPages`) once the engine answers, and not before: they
 * ask again at once.
 */
export async function putInForce<Engine extends { free(): void }>(
  decided: Decided,
  attempt: (values: PolicyValues) => Attempt<Engine>,
): Promise<{ readonly engine: Engine; readonly isNewGuide: boolean }> {
  let { values } = decided;
  let made = attempt(values);
  const told = made.reading.problems.map((found) => ({ ...found }) as PolicyProblem);
  const last = decided.kept?.values ?? {};
  const { refused } = made.reading;
  const mendable = refused.filter((key) => namesOf(key).some((name) => name in last));
  if (refused.length > 0) {
    const good: Record<string, unknown> = { ...values };
    for (const key of refused) {
      for (const name of namesOf(key)) {
        if (name in last) good[name] = last[name];
        else delete good[name];
      }
    }
    values = good;
  }
  if (mendable.length > 0) {
    made.engine.free();
    made = attempt(values);
  }
  const isKept = ({ key }: PolicyProblem): boolean =>
    mendable.some((one) => namesOf(one).includes(key));
  const problems = told.map((one) => (isKept(one) ? { ...one, reach: 'kept' as const } : one));
  const { adapters, wrong } = checked(
    made.reading.settings.adapters,
    values['adapters'] ? 'adapters' : 'adaptersJson',
  );

  const { kept } = decided;
  const isSame = canonical(kept?.values ?? {}) === canonical(values);
  const since = isEmpty(values) ? null : isSame ? (kept?.since ?? Date.now()) : Date.now();
  inForce = {
    state: decided.state,
    source: decided.source,
    since,
    settings: made.reading.settings,
    adapters,
    problems: [...(decided.problems ?? []), ...problems, ...wrong],
    isOwn: made.reading.isOwn,
    guide: made.reading.refused.includes('guide') ? null : guideOf(values),
  };
  if (!isSame && decided.state !== 'unknown') await keep(since === null ? null : { values, since });
  return { engine: made.engine, isNewGuide: !isSame };
}

function guideOf(values: PolicyValues): string | null {
  const guide = values['guide'] || values['guideJson'];
  if (!guide) return null;
  return typeof guide === 'string' ? guide : JSON.stringify(guide);
}

/** The bundle of the company's own guide, where the policy brings one. */
export const ownGuide = (): string | null => inForce?.guide ?? null;

/** The adapters that may be used, and what is wrong with the others. */
function checked(
  given: Readonly<Record<string, unknown>>,
  key: string,
): {
  readonly adapters: PageSettings['adapters'];
  readonly wrong: readonly PolicyProblem[];
} {
  const adapters: Record<string, unknown> = {};
  const wrong: PolicyProblem[] = [];
  for (const [site, value] of Object.entries(given)) {
    const result = checkAdapter(value);
    if ('adapter' in result) adapters[site] = result.adapter;
    else {
      for (const sentence of result.problems.slice(0, 20)) {
        const [place = '', ...rest] = sentence.split(': ');
        wrong.push({
          key,
          place: place.replace(/^adapter/, site),
          message: 'this cannot be used',
          remedy: `${rest.join(': ')}.`,
          reach: 'part',
        });
      }
    }
  }
  return { adapters, wrong };
}

let writing: Promise<void> = Promise.resolve();

/** Writes what is in force to where pages and popup read it, where it has changed. */
export function tellPages(isNewGuide: boolean): Promise<void> {
  const written = writing.then(async () => {
    if (!inForce) return;
    const { platforms, gate, block, language, employeeMay, checklist } = inForce.settings;
    const [before, chosen] = await Promise.all([readSettings(), readPreferences()]);
    const isChosen = employeeMay.language && chosen.language !== 'auto';
    const settings: PageSettings = {
      platforms,
      gate,
      block,
      language: isChosen ? chosen.language : (language ?? 'auto'),
      mayPause: employeeMay.pause,
      adapters: inForce.adapters,
      revision: isNewGuide ? before.revision + 1 : before.revision,
    };
    if (canonical(settings) !== canonical(before)) await writeSettings(settings);
    const popup: PopupSettings = {
      checklist: { shown: checklist.shown, items: checklist.items as ChecklistItem[] },
      employeeMay,
    };
    const stored: Record<string, unknown> = await chrome.storage.local.get(POPUP_SETTINGS);
    if (canonical(stored[POPUP_SETTINGS] ?? null) !== canonical(popup))
      await chrome.storage.local.set({ [POPUP_SETTINGS]: popup });
  });
  writing = written.catch((error: unknown) =>
    console.error('Tacto: the settings could not be stored:', error),
  );
  return writing;
}

/** What the popup says of the policy; the guide's part is the engine's to tell. */
export function policyPart(): Omit<PolicyStatus, 'guide'> & { readonly isOwn: boolean } {
  if (!inForce)
    return { state: 'unknown', source: 'shipped', since: null, problems: [], isOwn: false };
  const { state, source, since, problems, isOwn } = inForce;
  return { state, source, since, problems, isOwn };
}
