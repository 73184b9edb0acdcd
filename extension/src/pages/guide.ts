/**
 * The guide in force, readable: its prose, what each rule looks for, and the rule's own examples.
 * A card's link opens it at its section.
 */
import { lang, t } from '../shared/i18n';
import type { Both, GuidePage } from '../shared/messages';
import { entitle, inChosenLanguage, make } from './dom';
import { markdown } from './markdown';

type Section = GuidePage['sections'][number];
type Rule = GuidePage['rules'][number];

/** As it is searched: without case and accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function examples(title: string, kind: string, texts: Both<readonly string[]>): HTMLElement[] {
  const list = texts[lang];
  if (list.length === 0) return [];
  return [
    make('h4', { class: kind }, title),
    make('ul', { class: kind }, ...list.map((text) => make('li', {}, text))),
  ];
}

function ruleOf(rule: Rule): HTMLElement {
  return make(
    'details',
    {},
    make(
      'summary',
      {},
      make('span', { class: `severity ${rule.severity}` }, t(`severity.${rule.severity}`)),
      ` ${rule.title[lang]}`,
    ),
    ...examples(t('guide.hits'), 'hits', rule.hits),
    ...examples(t('guide.misses'), 'misses', rule.misses),
  );
}

function sectionOf(section: Section, rules: readonly Rule[]): HTMLElement {
  const made = make(
    'section',
    { id: section.id },
    make('h2', {}, section.title[lang]),
    ...markdown(section.body[lang]),
  );
  if (rules.length > 0)
    made.append(
      make('div', { class: 'rules' }, make('h3', {}, t('guide.rules')), ...rules.map(ruleOf)),
    );
  return made;
}

/** A search box that leaves the sections in sight that hold every word. */
function search(sections: readonly HTMLElement[], entries: readonly HTMLElement[]): HTMLElement {
  const box = make('input', { type: 'search', autocomplete: 'off' });
  const found = make('p', { class: 'soft', role: 'status' });
  const texts = sections.map((section) => plain(section.textContent ?? ''));
  box.addEventListener('input', () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let count = 0;
    sections.forEach((section, at) => {
      const holds = words.every((word) => texts[at]?.includes(word));
      section.hidden = !holds;
      const entry = entries[at];
      if (entry) entry.hidden = !holds;
      if (holds) count++;
      for (const details of section.querySelectorAll('details'))
        details.open =
          words.length > 0 &&
          words.every((word) => plain(details.textContent ?? '').includes(word));
    });
    const key =
      count === 0 ? 'guide.found.none' : count === 1 ? 'guide.found.one' : 'guide.found.many';
    found.textContent = words.length === 0 ? '' : t(key, { count });
  });
  return make(
    'div',
    { class: 'search', role: 'search' },
    make('label', {}, t('guide.search'), box),
    found,
  );
}

async function show(): Promise<void> {
  const page: GuidePage = await chrome.runtime.sendMessage({ kind: 'guidePage' });
  const { company, sections, rules } = page;
  const about = [
    company.guide_version && t('guide.version', { version: company.guide_version }),
    company.guide_author && t('guide.author', { author: company.guide_author }),
    company.valid_until && t('guide.until', { date: company.valid_until }),
  ].filter(Boolean);
  const title = t('popup.guideOf', { company: company.name });
  entitle(title);
  const made = sections.map((section) =>
    sectionOf(
      section,
      rules.filter((rule) => rule.section === section.id),
    ),
  );
  const entries = sections.map((section) =>
    make('li', {}, make('a', { href: `#${section.id}` }, section.title[lang])),
  );
  document.body.replaceChildren(
    make(
      'main',
      { class: 'prose guide' },
      make('h1', {}, title),
      make('p', { class: 'intro' }, about.join(' · ')),
      search(made, entries),
      make(
        'nav',
        { 'aria-label': t('guide.contents') },
        make('h2', {}, t('guide.contents')),
        make('ol', {}, ...entries),
      ),
      ...made,
      make('section', {}, make('h2', {}, t('guide.contact')), make('p', {}, company.contact[lang])),
    ),
  );
  // The browser looked for the section before it was there.
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted) {
    location.replace(location.hash);
    wanted.scrollIntoView();
  }
}

inChosenLanguage(() =>
  show().catch((error: unknown) => {
    console.error('Tacto:', error);
    entitle(t('popup.guide'));
    document.body.replaceChildren(
      make('main', {}, make('h1', {}, t('popup.guide')), make('p', {}, t('guide.broken'))),
    );
  }),
);
