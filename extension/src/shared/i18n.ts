/** The sentences of `locales/`, in Spanish or English: as chosen, else the browser's language. */
import en from '../../locales/en.json';
import es from '../../locales/es.json';

export type Key = keyof typeof en;
export type Lang = 'es' | 'en';

export type Texts = Record<Lang, Partial<Record<Key, string>>>;

/** Content scripts are built without any: theirs come with the first report. */
const TEXTS: Texts = { en, es };

/** What is said on the sites' pages, and by the panel on their settings pages. */
export const ON_PAGES = /^(severity|card|audience|live|gate)\./;
export const ON_SETTINGS_PAGES = /^panel\./;

/** Some sentences, for those who have none. */
export function textsOf(spoken: RegExp): Texts {
  const some = (texts: Record<string, string>): Texts[Lang] =>
    Object.fromEntries(Object.entries(texts).filter(([key]) => spoken.test(key)));
  return { en: some(en), es: some(es) };
}

/** What can be said from now on. */
export function learn(texts: Texts): void {
  Object.assign(TEXTS.en, texts.en);
  Object.assign(TEXTS.es, texts.es);
}

/** Of the two, the one that comes first among the languages that the person has chosen to read. */
function browserLanguage(): Lang {
  for (const tag of navigator.languages) {
    const [language] = tag.toLowerCase().split('-');
    if (language === 'es' || language === 'en') return language;
  }
  return 'en';
}

/** The language that is spoken now. */
export let lang: Lang = browserLanguage();

/** Speaks another language from now on; true where it is another than before. */
export function speak(language: Lang | 'auto'): boolean {
  const before = lang;
  lang = language === 'auto' ? browserLanguage() : language;
  return lang !== before;
}

/** The sentence `key`, or none where it is not known yet, with `{name}` replaced by `values.name`. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return (TEXTS[lang][key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
