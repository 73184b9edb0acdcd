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
  /** Only on pages whose path and query (`/compose/post?url=…`) match this regular expression. */
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
  /** Only on this host. */
  readonly host?: string;
  /** Only on pages whose path and query match this regular expression. */
  readonly path?: string;
  /** Looked for in the composer's root: what stands elsewhere speaks of something else. */
  readonly select?: string;
  /** Looked for in the whole page, where it speaks of the account. */
  readonly anywhere?: boolean;
  /** What of it is read; nothing where being there is enough. */
  readonly read?: 'label' | 'text' | 'last-line';
  /** In this order: the value of which a phrase occurs in what was read, or is all of it. */
  readonly phrases?: readonly {
    readonly value: Value;
    readonly any?: readonly string[];
    readonly is?: readonly string[];
  }[];
  /** Where being there decides. */
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
  /** Never a compose box: what this site has for search and login, beyond what is known of all. */
  readonly ignore: readonly string[];
  /** Paths, as regular expressions, where only boxes of a known kind are compose boxes: settings. */
  readonly ignorePaths?: readonly string[];
  /** Lists that an Enter chooses from (mentions, emoji). */
  readonly pickers: readonly string[];
  readonly audience: readonly Sign<Audience>[];
  readonly author: readonly Sign<Author>[];
}
