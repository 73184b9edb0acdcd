/**
 * A box to try the guide in, without a social network: the same marks, card and gate, and below it
 * what each rule made of the draft.
 */
import type { Audience, Author, Candidate, Explanation, Finding, Platform, Surface } from '#engine';
import practice from '../adapters/practice.json';
import type { Adapter } from '../content/adapter';
import type { Context } from '../content/context';
import { Session } from '../content/session';
import { type Key, lang, t } from '../shared/i18n';
import { CARD_KEY } from '../shared/keys';
import type { Explained, FromPopup } from '../shared/messages';
import { entitle, inChosenLanguage, make, withKey } from './dom';

const PLATFORMS: readonly Platform[] = ['x', 'facebook', 'linkedin'];
const SURFACES: readonly Surface[] = ['post', 'comment', 'message', 'profile', 'article'];
const AUDIENCES: readonly Audience[] = [
  'public',
  'connections',
  'friends',
  'group',
  'private',
  'unknown',
];
const AUTHORS: readonly Author[] = ['employee', 'spokesperson', 'corporate-account'];
/** A person has stopped typing. */
const PAUSE_MS = 200;

const platform = make('select');
const surface = make('select');
const audience = make('select');
const author = make('select');
const when = make('input', { type: 'date', value: today(), required: '' });
const box = make('textarea', { autocomplete: 'off' });
const said = make('p', { class: 'soft', role: 'status' });
const explained = make('div', { class: 'explained' });
const choices = make('div', { class: 'choices' });
const form = make('form', { class: 'compose' });

function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The draft's context; a day is meant at noon, where this computer is. */
function context(): Context {
  const at = new Date(`${when.value}T12:00:00`).getTime();
  return {
    platform: platform.value as Platform,
    surface: surface.value as Surface,
    audience: audience.value as Audience,
    author: author.value as Author,
    ...(Number.isNaN(at) || when.value === today() ? {} : { at }),
  };
}

function fill<Value extends string>(
  select: HTMLSelectElement,
  values: readonly Value[],
  named: (value: Value) => Key,
): HTMLSelectElement {
  const chosen = select.value;
  select.replaceChildren(...values.map((value) => make('option', { value }, t(named(value)))));
  if (chosen) select.value = chosen;
  return select;
}

/** Says everything, in the language that holds now; what was written and chosen stays. */
function show(): void {
  entitle(t('practice.title'));
  const isFirst = platform.options.length === 0;
  fill(platform, PLATFORMS, (value) => `platform.${value}`);
  fill(surface, SURFACES, (value) => `surface.${value}`);
  fill(audience, AUDIENCES, (value) => `audienceName.${value}`);
  fill(author, AUTHORS, (value) => `author.${value}`);
  if (isFirst) platform.value = 'linkedin';
  box.placeholder = t('practice.placeholder');
  said.textContent = '';
  choices.replaceChildren(
    make('label', {}, t('practice.where'), platform),
    make('label', {}, t('practice.surface'), surface),
    make('label', {}, t('practice.audience'), audience),
    make('label', {}, t('practice.author'), author),
    make('label', {}, t('practice.when'), when),
  );
  form.replaceChildren(
    choices,
    make('label', { class: 'draft' }, t('practice.box'), box),
    make(
      'div',
      { class: 'end' },
      said,
      make('button', { type: 'submit', class: 'main' }, t('practice.post')),
    ),
  );
  document.body.replaceChildren(
    make(
      'main',
      {},
      make('h1', {}, t('practice.title')),
      make('p', { class: 'intro' }, ...withKey(t('practice.intro', { key: CARD_KEY }), CARD_KEY)),
      form,
      make('section', { class: 'thought' }, make('h2', {}, t('practice.explain')), explained),
    ),
  );
  box.focus();
  void explain();
}

// --- what each rule made of it --------------------------------------------------------------------

function sentence({ outcome, detail }: Candidate, finding: Finding | undefined): string {
  if (outcome !== 'reported') return t(`practice.outcome.${outcome}`, { detail });
  return finding ? `${t(`severity.${finding.severity}`)}. ${finding.title}` : '';
}

/**
 * A piece of evidence in the person's language. What the engine names itself has a sentence; a list
 * has the name that the guide gave it.
 */
function evidence(said: string): string {
  const [label = '', ...text] = said.split(': ');
  const key = `evidence.${label.replaceAll(' ', '-')}` as Key;
  return [t(key) || label, ...text].join(': ');
}

function shown(candidate: Candidate, text: string, finding: Finding | undefined): HTMLElement {
  const why = finding?.why ?? [];
  const made = make(
    'li',
    {},
    make('q', {}, text.slice(candidate.start, candidate.end)),
    make('span', {}, ` ${sentence(candidate, finding)}`),
  );
  if (why.length > 0)
    made.append(make('p', {}, t('practice.evidence', { evidence: why.map(evidence).join(' · ') })));
  made.append(make('p', { class: 'soft' }, t('practice.rule', { rule: candidate.rule })));
  return made;
}

function explanation(
  text: string,
  { report, protected: topics, candidates }: Explanation,
): HTMLElement[] {
  const made: HTMLElement[] = [];
  if (topics.length > 0)
    made.push(make('p', { class: 'protected' }, t('practice.explain.protected')));
  const findingOf = ({ rule, start }: Candidate): Finding | undefined =>
    report.findings.find((finding) => finding.rule === rule && finding.start === start);
  const list = (title: Key, kind: string, some: readonly Candidate[]): void => {
    if (some.length === 0) return;
    made.push(
      make('h3', {}, t(title)),
      make('ul', { class: kind }, ...some.map((one) => shown(one, text, findingOf(one)))),
    );
  };
  list(
    'practice.found',
    'found',
    candidates.filter((one) => one.outcome === 'reported'),
  );
  list(
    'practice.silent',
    'silent',
    candidates.filter((one) => one.outcome !== 'reported'),
  );
  if (made.length === 0) made.push(make('p', { class: 'soft' }, t('practice.explain.none')));
  return made;
}

let timer: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

function explainSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void explain(), PAUSE_MS);
}

async function explain(): Promise<void> {
  const turn = ++asked;
  const text = box.value;
  explained.lang = lang;
  if (text.trim() === '') {
    explained.replaceChildren(make('p', { class: 'soft' }, t('practice.explain.write')));
    return;
  }
  const question: FromPopup = { kind: 'explain', draft: { text, ...context() } };
  const answer: Explained | null = await chrome.runtime.sendMessage(question).catch(() => null);
  if (turn !== asked) return;
  explained.replaceChildren(
    ...(answer && 'explanation' in answer
      ? explanation(text, answer.explanation)
      : [
          make('p', {}, t(answer ? `status.trouble.${answer.trouble}` : 'practice.explain.failed')),
        ]),
  );
}

const session = new Session({
  // The build has checked it against its schema (build.mjs).
  adapter: practice as unknown as Adapter,
  contextOf: context,
});
choices.addEventListener('change', () => {
  session.refresh();
  explainSoon();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  said.textContent = t(box.value.trim() === '' ? 'practice.empty' : 'practice.posted');
});
box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
box.addEventListener('input', () => {
  said.textContent = '';
  explainSoon();
});
inChosenLanguage(() => {
  show();
  session.retell();
});
