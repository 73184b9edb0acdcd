/**
 * What a site adapter may say. Adapters are data (`src/adapters/*.json`): where a site's compose
 * boxes are and how they post changes more often than anything else here, and the people who
 * notice need no TypeScript to mend it. Lists are ranked: the first that matches decides.
 */
import type { Audience, Author, Platform, Surface } from '#engine';

/** Something that posts: a selector, and, where a selector cannot tell, what it is called. */
export interface Control {
  readonly select: string;
  /** Its `aria-label` or visible words, in any of the site's languages. */
  readonly named?: readonly string[];
}

export type PostKey = 'enter' | 'mod+enter';

export interface ComposerKind {
  /** Unique in its adapter. */
  readonly id: string;
  readonly surface: Surface;
  /** Who reads what is written here, where the kind of box says it. */
  readonly audience?: Audience;
  /** Only on pages whose path matches this regular expression. */
  readonly path?: string;
  /** The editable element. */
  readonly box: readonly string[];
  /** Elements around the box of which one must be there, where the box alone does not tell. */
  readonly inside?: readonly string[];
  /** The composer's root: an element around the box. Else the nearest that holds a control. */
  readonly root: readonly string[];
  readonly submit: readonly Control[];
  readonly keys: readonly PostKey[];
  /** For people who read the file. */
  readonly note?: string;
}

/** Where a page says who will read, or who writes. */
export interface Sign<Value extends string> {
  readonly path?: string;
  /** Looked for in the composer's root, then in the page. */
  readonly select?: string;
  /** What of it is read; nothing where being there is enough. */
  readonly read?: 'label' | 'text';
  /** In this order: the value whose phrase occurs in what was read. */
  readonly phrases?: readonly { readonly value: Value; readonly any: readonly string[] }[];
  /** Where `path` or `select` alone decide. */
  readonly value?: Value;
}

export interface Adapter {
  readonly format: 'tacto-site';
  readonly version: 1;
  readonly platform: Platform;
  /** Host names; each stands for its subdomains too. */
  readonly hosts: readonly string[];
  /** Hosts of open shadow roots that may hold a composer before anybody clicks in it. */
  readonly shadowHosts: readonly string[];
  readonly composers: readonly ComposerKind[];
  /** For boxes that no kind describes, so that a redesign weakens and does not blind. */
  readonly fallback: { readonly submit: readonly Control[]; readonly keys: readonly PostKey[] };
  /** Never a compose box: search, login, settings. */
  readonly ignore: readonly string[];
  /** Lists that an Enter chooses from (mentions, emoji). */
  readonly pickers: readonly string[];
  readonly audience: readonly Sign<Audience>[];
  readonly author: readonly Sign<Author>[];
}
