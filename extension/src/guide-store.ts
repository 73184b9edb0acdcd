/**
 * Where the guide comes from. Now: the one that is shipped. A policy's guide, and the last good
 * one kept for a start that cannot read the policy yet, belong here and nowhere else.
 */

export interface StoredGuide {
  /** The bundle, as `tacto build` writes it. */
  readonly bundle: string;
  readonly source: 'shipped';
}

export async function currentGuide(): Promise<StoredGuide> {
  const response = await fetch(chrome.runtime.getURL('guide.json'));
  return { bundle: await response.text(), source: 'shipped' };
}
