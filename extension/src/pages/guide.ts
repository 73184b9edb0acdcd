/** The whole guide, readable. A card's link opens it at its section. */
import { lang, t } from '../shared/i18n';
import { entitle, make } from './dom';
import { markdown } from './markdown';

interface Both {
  readonly es: string;
  readonly en: string;
}

/** What this page reads of the bundle; the engine has checked the whole when it loaded it. */
interface Bundle {
  readonly company: {
    readonly name: string;
    readonly guide_version?: string;
    readonly guide_author?: string;
    readonly contact: Both;
  };
  readonly sections: readonly { readonly id: string; readonly title: Both; readonly body: Both }[];
}

async function show(): Promise<void> {
  const bundle = (await (await fetch(chrome.runtime.getURL('guide.json'))).json()) as Bundle;
  const { company, sections } = bundle;
  const about = [
    company.guide_version && t('guide.version', { version: company.guide_version }),
    company.guide_author && t('guide.author', { author: company.guide_author }),
  ].filter(Boolean);
  const title = t('popup.guideOf', { company: company.name });
  entitle(title);
  const contents = make('ol');
  const main = make(
    'main',
    {},
    make('h1', {}, title),
    make('p', { class: 'intro' }, about.join(' · ')),
  );
  main.append(
    make(
      'nav',
      { 'aria-label': t('guide.contents') },
      make('h2', {}, t('guide.contents')),
      contents,
    ),
  );
  for (const section of sections) {
    contents.append(make('li', {}, make('a', { href: `#${section.id}` }, section.title[lang])));
    main.append(
      make(
        'section',
        { id: section.id },
        make('h2', {}, section.title[lang]),
        ...markdown(section.body[lang]),
      ),
    );
  }
  main.append(
    make('section', {}, make('h2', {}, t('guide.contact')), make('p', {}, company.contact[lang])),
  );
  document.body.replaceChildren(main);
  // The browser looked for the section before it was there.
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted) {
    location.replace(location.hash);
    wanted.scrollIntoView();
  }
}

show().catch((error: unknown) => {
  console.error('Tacto:', error);
  document.body.replaceChildren(make('main', {}, make('p', {}, t('guide.broken'))));
});
