/**
 * What the content script and the background say to each other, and nothing else: a draft goes
 * one way, a report the other. Neither is ever stored.
 */
import type { Draft, Explanation, Report, Severity } from '#engine';
import type { Texts } from './i18n';

/**
 * What a content script knows of a draft. The background adds the language and the moment: only
 * the practice page may name another one (`at`).
 */
export type PageDraft = Omit<Draft, 'ui'>;

/** What a report is shown with. Most frames never show one, so it is not in their scripts. */
export interface Looks {
  readonly texts: Texts;
  /** The style sheet of marks, card and gate. */
  readonly style: string;
}

/** What the card shows of a guide's section. */
export interface SectionQuote {
  readonly title: string;
  readonly quote: string;
}

/** Why a box is not covered. Each has a sentence in the locales, `status.trouble.<name>`. */
export type Trouble =
  /** The background did not answer in time. */
  | 'silent'
  /** The guide was refused or could not be read. */
  | 'guide'
  /** The engine failed. */
  | 'engine'
  /** The draft is longer than what is checked. */
  | 'tooLong'
  /** The box cannot be read. */
  | 'unreadable'
  /** No control was found that posts, so nothing could be held. */
  | 'submit'
  /** The page was loaded before the extension was updated: nothing of ours lives in it. */
  | 'old';

export const TROUBLES: readonly Trouble[] = [
  'silent',
  'guide',
  'engine',
  'tooLong',
  'unreadable',
  'submit',
  'old',
];

/** What a frame says of itself for the toolbar. */
export interface FrameStatus {
  /** How many boxes are in sight. */
  readonly boxes: number;
  readonly troubles: readonly Trouble[];
  /** The company has turned Tacto off on this site. */
  readonly isOff?: boolean;
}

export type ToBackground =
  | { readonly kind: 'check'; readonly id: number; readonly draft: PageDraft }
  /** Somebody has put the caret into a box: be ready when the first word comes. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'status'; readonly status: FrameStatus }
  | { readonly kind: 'openGuide'; readonly section: string };

export type ToContent =
  | {
      readonly kind: 'report';
      readonly id: number;
      readonly report: Report;
      readonly sections: Readonly<Record<string, SectionQuote>>;
      /** Whom the guide says to ask. */
      readonly contact: string;
      /** In the first report of a port. */
      readonly looks?: Looks;
    }
  | { readonly kind: 'declined'; readonly id: number; readonly trouble: Trouble }
  | { readonly kind: 'paused'; readonly paused: boolean }
  /** Asks whether anybody is there, and nothing else. */
  | { readonly kind: 'there' };

/** The name of the port. */
export const PORT = 'draft';

/** What the popup asks the background. */
export type FromPopup =
  | { readonly kind: 'tabStatus'; readonly tab: number }
  | { readonly kind: 'pause'; readonly tab: number; readonly paused: boolean }
  | { readonly kind: 'guideInfo' }
  | { readonly kind: 'policyStatus' }
  | { readonly kind: 'guidePage' }
  | { readonly kind: 'explain'; readonly draft: PageDraft };

export interface TabStatus {
  readonly state: 'idle' | 'off' | 'covered' | 'uncovered' | 'barred' | 'paused';
  readonly boxes: number;
  readonly troubles: readonly Trouble[];
  /** Where nothing is known of the tab: the sites that the browser does not let us read. */
  readonly sites?: string;
}

export interface GuideProblem {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

export interface GuideInfo {
  readonly company: string;
  readonly version: string | null;
  readonly problem: { readonly trouble: Trouble; readonly details: readonly GuideProblem[] } | null;
}

/** Something that the company's policy says and that cannot be used. In English, for IT. */
export interface PolicyProblem {
  /** The policy's key, such as `platforms`; empty where it is the whole policy. */
  readonly key: string;
  /** Where in its value, e.g. `lists.clients.entries[3]`; empty where it is the whole. */
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
  /**
   * `part`: the rest of the key is in force. `whole`: nothing of the key is. `kept`: nothing of it
   * is, and what the key said before stays in force.
   */
  readonly reach: 'part' | 'whole' | 'kept';
}

/** What the company's policy is, and what of it is in force. Answers `policyStatus`. */
export interface PolicyStatus {
  /** Whether the browser has answered, and with a policy: `unknown` is not `none`. */
  readonly state: 'unknown' | 'none' | 'loaded';
  /** Whose words are in force: the policy's, those of the last good one, or only the shipped. */
  readonly source: 'policy' | 'lastGood' | 'shipped';
  /** When the policy in force was read, in milliseconds since 1970; null where there is none. */
  readonly since: number | null;
  readonly guide: {
    readonly company: string;
    readonly version: string | null;
    readonly author: string | null;
    /** The last day on which it holds, `YYYY-MM-DD`. */
    readonly validUntil: string | null;
    readonly isExpired: boolean;
    /** Whether names or rules of it are the company's own, and not only as shipped. */
    readonly isOwn: boolean;
  } | null;
  readonly problems: readonly PolicyProblem[];
}

/** A text, or several, in Spanish and English. */
export interface Both<Text = string> {
  readonly es: Text;
  readonly en: Text;
}

/** What the guide's page shows. Answers `guidePage`; no list of names is in it. */
export interface GuidePage {
  readonly company: {
    readonly name: string;
    readonly guide_version?: string;
    readonly guide_author?: string;
    readonly valid_until?: string;
    readonly contact: Both;
  };
  readonly sections: readonly { readonly id: string; readonly title: Both; readonly body: Both }[];
  readonly rules: readonly {
    readonly id: string;
    readonly section: string;
    readonly severity: Severity;
    readonly title: Both;
    readonly hits: Both<readonly string[]>;
    readonly misses: Both<readonly string[]>;
  }[];
}

/** Answers `explain`. */
export type Explained =
  | { readonly explanation: Explanation; readonly sections: Readonly<Record<string, SectionQuote>> }
  | { readonly trouble: Trouble };

/** What the panel on a site's settings page asks the background (content/settings-panel.ts). */
export type FromPanel =
  | { readonly kind: 'settingsPage'; readonly address: string }
  | { readonly kind: 'tickItem'; readonly id: string };

/** Answers `settingsPage`. */
export interface PanelItems {
  readonly items: readonly PanelItem[];
  readonly looks: Looks;
}

/** An item of the checklist that lives on a settings page. */
export interface PanelItem {
  readonly id: string;
  readonly setting: string;
  readonly you: string;
  readonly company: string;
  readonly state: 'done' | 'later' | 'not-for-me' | null;
  readonly due: boolean;
}
