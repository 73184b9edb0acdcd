/** The sentences of `locales/`, in the language of the browser: Spanish or English. */
import en from '../../locales/en.json';
import es from '../../locales/es.json';

export type Key = keyof typeof en;
export type Lang = 'es' | 'en';

const TEXTS: Record<Lang, Record<Key, string>> = { en, es };

/** Of the two, the one that comes first among the languages that the person has chosen to read. */
function browserLanguage(): Lang {
  for (const tag of navigator.languages) {
    const [language] = tag.toLowerCase().split('-');
    if (language === 'es' || language === 'en') return language;
  }
  return 'en';
}

export const lang: Lang = browserLanguage();

/** The sentence `key`, with `{name}` replaced by `values.name`. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
