/** Small helpers of the extension's own pages. Text only: nothing is ever parsed as HTML. */
import { lang, speak } from '../shared/i18n';
import { onSettings, readSettings } from '../shared/settings';

type Attributes = Readonly<Record<string, string>>;

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Shows the page in the language that was chosen, and again where another one is chosen. */
export function inChosenLanguage(show: () => unknown): void {
  onSettings(({ language }) => speak(language) && show());
  void readSettings().then(({ language }) => {
    speak(language);
    show();
  });
}

/** Says what the page is, in its language. */
export function entitle(title: string): void {
  document.documentElement.lang = lang;
  document.title = title;
}

/** A sentence in which `{key}` is the key to press. */
export function withKey(sentence: string, key: string): (Node | string)[] {
  const [before = '', after = ''] = sentence.split(key);
  return [before, make('kbd', {}, key), after];
}
