/** How a severity is named and drawn where there is room for more than a line. */
import type { Finding, Severity } from '#engine';
import { t } from '../shared/i18n';
import { drawing, element } from './overlay';

const SHAPES: Record<Severity, string> = {
  tip: 'M4 8.2a3.2 3.2 0 1 1 4 0V9H4zM4.6 11h2.8',
  note: 'M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 0 1 0 -9.6M6 5.6v2.8M6 3.5v.1',
  warn: 'M6 1.3L11.2 10.5H.8zM6 4.8v2.4M6 8.9v.1',
  stop: 'M3.8 1H8.2L11 3.8V8.2L8.2 11H3.8L1 8.2V3.8zM6 3.4v3M6 8.5v.1',
};

/** Rising. */
export const RANK: Record<Severity, number> = { tip: 0, note: 1, warn: 2, stop: 3 };

export function severityLabel(severity: Severity): HTMLElement {
  return element('span', `kind ${severity}`, drawing(SHAPES[severity]), t(`severity.${severity}`));
}

export function bySeverity(a: Finding, b: Finding): number {
  return RANK[b.severity] - RANK[a.severity] || a.start - b.start;
}

/** A text of the page's or the author's, which may run in either direction. */
export function quoted(text: string): HTMLElement {
  return element('q', '', text);
}
