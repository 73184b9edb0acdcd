/**
 * What the page says of a draft: platform, surface, who will read it, in whose name. What it does
 * not say stays unknown, and unknown never relaxes a rule.
 */
import type { Audience, Author } from '#engine';
import type { PageDraft } from '../shared/messages';
import type { Adapter, ComposerKind, Sign } from './adapter';
import { isShown, plain, selectAll } from './dom';

export type Context = Omit<PageDraft, 'text'>;

export function readContext(adapter: Adapter, kind: ComposerKind, root: Element): Context {
  return {
    platform: adapter.platform,
    surface: kind.surface,
    audience: kind.audience ?? firstSign<Audience>(adapter.audience, root) ?? 'unknown',
    author: firstSign<Author>(adapter.author, root) ?? 'employee',
  };
}

function firstSign<Value extends string>(
  signs: readonly Sign<Value>[],
  root: Element,
): Value | null {
  for (const sign of signs) {
    if (sign.path && !new RegExp(sign.path).test(location.pathname)) continue;
    if (!sign.select) {
      if (sign.value) return sign.value;
      continue;
    }
    const element = [root, document]
      .flatMap((where) => selectAll(where, sign.select as string))
      .find(isShown);
    if (!element) continue;
    if (sign.value) return sign.value;
    const said = plain(
      (sign.read === 'label' ? element.getAttribute('aria-label') : element.textContent) ?? '',
    );
    for (const { value, any } of sign.phrases ?? []) {
      if (any.some((phrase) => said.includes(plain(phrase)))) return value;
    }
  }
  return null;
}

export function sameContext(a: Context, b: Context): boolean {
  return (
    a.platform === b.platform &&
    a.surface === b.surface &&
    a.audience === b.audience &&
    a.author === b.author
  );
}
