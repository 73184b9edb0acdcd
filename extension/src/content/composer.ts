/**
 * One compose box: what is written in it, what the guide says of that, what its author has
 * already answered. It reads the page and never writes to it.
 */
import type { Finding, Report } from '#engine';
import type { Trouble } from '../shared/messages';
import type { PageSettings } from '../shared/settings';
import type { ComposerKind } from './adapter';
import { Authorship, type Written } from './authorship';
import type { Answer, Checks } from './checks';
import { type Context, sameContext } from './context';
import { isShown } from './dom';
import { editorOf } from './editors';
import type { Editor, Snapshot } from './editors/editor';
import { shared } from './order';
import { RANK } from './severity';
import type { Site } from './site';

/** The engine tells no more of one draft: the most serious ones (`crate/core/src/judge/mod.rs`). */
const MOST_FINDINGS = 200;

/** What names a finding when nothing else has changed: dismissed once, dismissed for that text. */
export function keyOf(finding: Finding, text: string): string {
  return `${finding.rule}\n${text.slice(finding.start, finding.end)}`;
}

export interface Judged {
  readonly text: string;
  readonly context: Context;
  readonly report: Report;
}

/** What IT has set of the gate. */
export type GateSettings = Pick<PageSettings, 'gate' | 'block'>;

export class Composer {
  readonly editor: Editor | null;
  readonly authorship: Authorship;
  #snapshot: Snapshot | null = null;
  #context: Context;
  #judged: Judged | null = null;
  /** Counts what was said anew: another guide, another language. */
  #guide = 0;
  #shown: readonly Finding[] | null = null;
  #asking: Promise<string> | null = null;
  /** The findings that their author called not useful. */
  readonly #dismissed = new Set<string>();
  /** What their author chose to post with, and how serious it was then. */
  readonly #accepted = new Map<string, number>();
  trouble: Trouble | null = null;

  constructor(
    readonly box: HTMLElement,
    readonly kind: ComposerKind,
    private readonly site: Site,
    private readonly checks: Checks,
    private readonly contextOf: (kind: ComposerKind, root: Element) => Context,
    private readonly gate: () => GateSettings,
    written: Written,
    private readonly onJudged: (composer: Composer) => void,
  ) {
    this.editor = editorOf(box);
    this.authorship = new Authorship(written);
    this.#context = contextOf(kind, this.root);
  }

  get root(): Element {
    return this.site.rootOf(this.kind, this.box);
  }

  get snapshot(): Snapshot | null {
    return this.#snapshot;
  }

  get text(): string {
    return this.#snapshot?.text ?? '';
  }

  get isShown(): boolean {
    return isShown(this.box);
  }

  /** Reads the box again. True where text or context differ from what was last read. */
  read(): boolean {
    const before = this.text;
    const troubleBefore = this.trouble;
    try {
      this.#snapshot = this.editor?.read(this.box) ?? null;
    } catch {
      this.#snapshot = null;
    }
    if (!this.#snapshot) {
      this.trouble = 'unreadable';
      this.#shown = null;
      return before !== '';
    }
    if (this.trouble === 'unreadable') this.trouble = null;
    this.authorship.read(this.text);
    const context = this.contextOf(this.kind, this.root);
    const sameAudience = sameContext(context, this.#context);
    this.#context = context;
    if (this.text.trim() === '') {
      // An empty box is a new draft: what was answered for the last one no longer holds.
      this.#dismissed.clear();
      this.#accepted.clear();
      this.#judged = null;
    }
    const changed = before !== this.text || !sameAudience;
    if (changed || this.trouble !== troubleBefore) this.#shown = null;
    return changed;
  }

  /** The report for exactly what is in the box now, where it is known. */
  get judged(): Judged | null {
    const judged = this.#judged;
    return judged && judged.text === this.text && sameContext(judged.context, this.#context)
      ? judged
      : null;
  }

  /** What is to be shown: the findings for this very text that were not dismissed. */
  get findings(): readonly Finding[] {
    this.#shown ??= this.judged ? this.#kept(this.judged) : this.#carried();
    return this.#shown;
  }

  /** How many findings are told of a draft, where there may be more; else null. */
  get most(): number | null {
    return (this.#judged?.report.findings.length ?? 0) < MOST_FINDINGS ? null : MOST_FINDINGS;
  }

  #kept({ report, text }: Judged): readonly Finding[] {
    return report.findings.filter(
      (finding) => this.isBlocked(finding) || !this.#dismissed.has(keyOf(finding, text)),
    );
  }

  /**
   * While an answer is on its way: the last findings whose words have only been moved by what was
   * typed before or after them, so that marks do not flicker at every key.
   */
  #carried(): readonly Finding[] {
    const last = this.#judged;
    const { text } = this;
    if (!last || this.trouble || text === '') return [];
    const { before, after } = shared(last.text, text);
    const shift = text.length - last.text.length;
    return last.report.findings.flatMap((finding) => {
      if (this.#dismissed.has(keyOf(finding, last.text))) return [];
      if (finding.end <= before) return [finding];
      if (finding.start < last.text.length - after) return [];
      return [{ ...finding, start: finding.start + shift, end: finding.end + shift }];
    });
  }

  /**
   * The findings that hold the post: serious, and not answered yet. An answer holds for that
   * finding, while it does not become more serious.
   */
  get holding(): readonly Finding[] {
    if (!this.judged) return [];
    const least = RANK[this.gate().gate];
    return this.findings.filter((finding) => {
      const rank = RANK[finding.severity];
      const accepted = this.#accepted.get(keyOf(finding, this.text)) ?? -1;
      return this.isBlocked(finding) || (rank >= least && rank > accepted);
    });
  }

  /** Whether IT has turned on that this may not be posted at all. */
  isBlocked({ severity, topic, verified }: Finding): boolean {
    const { block } = this.gate();
    return (
      severity === 'stop' &&
      verified === true &&
      ((topic === 'credential' && block.credentials) ||
        (topic === 'personal-data' && block.personalData))
    );
  }

  /** What was said of the draft no longer holds; what its author answered does. */
  forget(): void {
    this.#guide++;
    this.#judged = null;
    this.#shown = null;
  }

  dismiss(finding: Finding): void {
    this.#dismissed.add(keyOf(finding, this.text));
    this.#shown = null;
    this.onJudged(this);
  }

  /** What was found in `text` may be posted. */
  accept(findings: readonly Finding[], text: string): void {
    for (const finding of findings)
      this.#accepted.set(keyOf(finding, text), RANK[finding.severity]);
  }

  /** What IT has set has changed. */
  reconsider(): void {
    this.#shown = null;
  }

  /**
   * Settles when what is in the box is judged, or cannot be. One question at a time is on its
   * way, so that a fast typist's last text waits for one answer and not for twenty.
   */
  async judge(): Promise<void> {
    while (!this.judged && this.text.trim() !== '' && this.#snapshot) {
      this.#asking ??= this.#ask();
      const asked = await this.#asking;
      if (this.trouble && asked === this.text) return;
    }
  }

  /** Asks about what is in the box now; settles, never fails, with the text that was asked about. */
  async #ask(): Promise<string> {
    const { text } = this;
    const context = this.#context;
    const guide = this.#guide;
    const answer: Answer = await this.checks.check({ text, ...context });
    this.#asking = null;
    // Asked of a guide that is no longer in force: as if nothing had been asked.
    if (guide !== this.#guide) return '';
    if (answer.kind === 'report') {
      this.trouble = null;
      this.#judged = { text, context, report: answer.report };
    } else {
      this.trouble = answer.trouble;
      this.#judged = null;
    }
    this.#shown = null;
    if (this.judged || this.trouble) this.onJudged(this);
    return text;
  }
}
