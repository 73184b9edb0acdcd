/**
 * The one engine of the browser: loaded when it is first asked for, made anew after the background
 * has slept, and after a trap, since a wasm that trapped must not be used again.
 */
import init, {
  __wbg_reset_state,
  type Contact,
  type Draft,
  Engine,
  type EngineError,
  type PolicyReading,
  type Report,
} from '#engine';
import { decide, putInForce, tellPages, without } from './policy';
import type { PolicyValues } from './policy-store';
import { lang } from './shared/i18n';
import type { Explained, GuideProblem, SectionQuote, Trouble } from './shared/messages';

export type Loaded =
  | { readonly engine: Engine; readonly contact: Contact; readonly isNewGuide: boolean }
  | { readonly trouble: Trouble; readonly details: readonly GuideProblem[] };

export type Checked =
  | {
      readonly report: Report;
      readonly sections: Record<string, SectionQuote>;
      readonly contact: string;
    }
  | { readonly trouble: Trouble };

let loading: Promise<Loaded> | null = null;
let wasmIsFresh = false;

export function engine(): Promise<Loaded> {
  if (loading) return loading;
  const first: Promise<Loaded> = load().catch((error: unknown) => {
    // Nothing is kept of a start that failed: the next question tries again.
    loading = null;
    return { trouble: 'engine', details: [{ path: '', message: String(error), remedy: '' }] };
  });
  loading = first;
  void first.then((loaded) => {
    if ('engine' in loaded) void tellPages(loaded.isNewGuide);
  });
  return first;
}

/** Takes what is in force now. Until it is ready, the engine that is there answers. */
export function reload(): Promise<void> {
  reloading = reloading.then(async () => {
    const before = await engine();
    const next = await load().catch(() => null);
    // Another engine was made meanwhile where this one has trapped; it has read the same.
    if (!next || !('engine' in next)) return;
    loading = Promise.resolve(next);
    await tellPages(next.isNewGuide);
    if ('engine' in before) before.engine.free();
  });
  return reloading;
}

let reloading: Promise<void> = Promise.resolve();

async function shipped(file: string): Promise<string> {
  const response = await fetch(chrome.runtime.getURL(file));
  return response.text();
}

/** The shipped guide, as `tacto build` has written it. */
export const shippedGuide = (): Promise<string> => shipped('guide.json');

async function load(): Promise<Loaded> {
  const [bundle, words, decided] = await Promise.all([
    shippedGuide(),
    shipped('own-words.txt'),
    decide(),
    startWasm(),
  ]);
  const attempt = (values: PolicyValues) => {
    const engine = new Engine(bundle, JSON.stringify(values), words);
    return { engine, reading: JSON.parse(engine.policy()) as PolicyReading };
  };
  try {
    let made: Awaited<ReturnType<typeof putInForce<Engine>>>;
    try {
      made = await putInForce(decided, attempt);
    } catch (error) {
      if (asEngineError(error) || Object.keys(decided.values).length === 0) throw error;
      console.error('Tacto: the policy broke the engine:', error);
      resetWasm();
      await startWasm();
      made = await putInForce(without(decided), attempt);
    }
    return { ...made, contact: made.engine.info().contact };
  } catch (error) {
    const known = asEngineError(error);
    if (!known) throw forget(error);
    for (const { path, message, remedy } of known.problems)
      console.error('Tacto: guide refused:', path, message, remedy);
    return { trouble: 'guide', details: known.problems };
  }
}

/** Compiles the wasm, once; the guide is not needed for it. */
export async function startWasm(): Promise<void> {
  if (wasmIsFresh) return;
  const response = await fetch(chrome.runtime.getURL('engine.wasm'));
  await init({ module_or_path: await response.arrayBuffer() });
  wasmIsFresh = true;
}

/** Checks a draft. Nothing of it is kept, and nothing is written anywhere. */
export async function check(draft: Draft): Promise<Checked> {
  const loaded = await engine();
  if (!('engine' in loaded)) return { trouble: loaded.trouble };
  try {
    const report = loaded.engine.check(draft);
    return { report, sections: quotes(loaded.engine, report), contact: loaded.contact[lang] };
  } catch (error) {
    return { trouble: troubleOf(error) };
  }
}

function quotes(engine: Engine, report: Report): Record<string, SectionQuote> {
  const sections: Record<string, SectionQuote> = {};
  for (const { section } of report.findings) {
    const found = sections[section] ? undefined : engine.section(section, lang);
    if (found) sections[section] = { title: found.title, quote: found.quote };
  }
  return sections;
}

function troubleOf(error: unknown): Trouble {
  const known = asEngineError(error);
  if (known?.code === 'tooLong') return 'tooLong';
  if (!known) forget(error);
  return 'engine';
}

/** What was found, judged and silenced in a draft, for the practice page. Nothing is kept. */
export async function explain(draft: Draft): Promise<Explained> {
  const loaded = await engine();
  if (!('engine' in loaded)) return { trouble: loaded.trouble };
  try {
    const explanation = loaded.engine.explain(draft);
    return { explanation, sections: quotes(loaded.engine, explanation.report) };
  } catch (error) {
    return { trouble: troubleOf(error) };
  }
}

/** A trap: the next question gets a new instance with new memory. */
function forget(error: unknown): unknown {
  loading = null;
  resetWasm();
  return error;
}

function resetWasm(): void {
  if (wasmIsFresh) __wbg_reset_state();
}

function asEngineError(error: unknown): EngineError | null {
  return typeof error === 'object' && error !== null && 'code' in error && 'problems' in error
    ? (error as EngineError)
    : null;
}
