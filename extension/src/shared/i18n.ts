/** The sentences of `locales/`, in the language of the browser: Spanish, else English. */
import en from "../../locales/en.json";
import es from "../../locales/es.json";

export type Key = keyof typeof en;
export type Lang = "es" | "en";

const TEXTS: Record<Lang, Record<Key, string>> = { en, es };

function browserLanguage(): Lang {
  try {
    return chrome.i18n.getUILanguage().toLowerCase().startsWith("es") ? "es" : "en";
  } catch {
    // The extension was updated under this page: nothing more will be said in it.
    return "en";
  }
}

export const lang: Lang = browserLanguage();

/** The sentence `key`, with `{name}` replaced by `values.name`. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
