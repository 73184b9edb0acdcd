/** The notice for employees and works councils (extension/notice), to read and to print. */
import { lang, t } from '../shared/i18n';
import { entitle, inChosenLanguage, make } from './dom';
import { markdown } from './markdown';

async function show(): Promise<void> {
  const response = await fetch(chrome.runtime.getURL(`notice/${lang}.md`));
  const [first = '', ...rest] = (await response.text()).split(/\n(?=\n)/);
  const title = first.replace(/^#\s+/, '').trim();
  entitle(title);
  document.body.replaceChildren(
    make('main', { class: 'prose' }, make('h1', {}, title), ...markdown(rest.join('\n'), 'h2')),
  );
}

inChosenLanguage(() =>
  show().catch((error: unknown) => {
    console.error('Tacto:', error);
    entitle(t('notice.title'));
    document.body.replaceChildren(
      make('main', {}, make('h1', {}, t('notice.title')), make('p', {}, t('notice.broken'))),
    );
  }),
);
