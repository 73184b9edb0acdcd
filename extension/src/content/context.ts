/**
 * What the page says of a draft: platform, surface, who will read it, in whose name. What it does
 * not say stays unknown, and unknown never relaxes a rule.
 */
import type { Audience, Author } from '#engine';
import type { PageDraft } from '../shared/messages';
import type { Adapter, ComposerKind, Sign } from './adapter';
import { isHere, isShown, plain, selectAll } from './dom';

export type Context = Omit<PageDraft, 'text'>;

/** Of what a sign may be, so many are watched: more than one is a guess already. */
const MOST_WATCHED = 8;

export function readContext(adapter: Adapter, kind: ComposerKind, root: Element): Context {
  return {
    platform: adapter.platform,
    surface: kind.surface,
    audience: kind.audience ?? firstSign(adapter.audience, root) ?? 'unknown',
    author: firstSign(adapter.author, root) ?? 'employee',
  };
}

/** The elements that say it: a change of them is a change of the draft's context. */
export function signsIn(adapter: Adapter, root: Element): Element[] {
  const signs: readonly Sign<Audience | Author>[] = [...adapter.audience, ...adapter.author];
  return signs.flatMap((sign) => elementsOf(sign, root).slice(0, MOST_WATCHED));
}

function firstSign<Value extends string>(
  signs: readonly Sign<Value>[],
  root: Element,
): Value | null {
  for (const sign of signs) {
    if (!sign.select && isOn(sign) && sign.value) return sign.value;
    for (const element of elementsOf(sign, root)) {
      if (sign.value) return sign.value;
      const said = plain(saidBy(element, sign));
      for (const { value, any = [], is = [] } of sign.phrases ?? []) {
        if (any.some((phrase) => said.includes(plain(phrase)))) return value;
        if (is.some((phrase) => said === plain(phrase))) return value;
      }
    }
  }
  return null;
}

function isOn(sign: Sign<string>): boolean {
  return (!sign.host || sign.host === location.hostname) && (!sign.path || isHere(sign.path));
}

function elementsOf(sign: Sign<string>, root: Element): Element[] {
  if (!sign.select || !isOn(sign)) return [];
  return selectAll(sign.anywhere ? document : root, sign.select).filter(isShown);
}

function saidBy(element: Element, { read }: Sign<string>): string {
  if (read === 'label') return element.getAttribute('aria-label') ?? '';
  if (read !== 'last-line' || !(element instanceof HTMLElement)) return element.textContent ?? '';
  return element.innerText.trim().split('\n').at(-1) ?? '';
}

export function sameContext(a: Context, b: Context): boolean {
  return (
    a.platform === b.platform &&
    a.surface === b.surface &&
    a.audience === b.audience &&
    a.author === b.author &&
    a.at === b.at
  );
}
