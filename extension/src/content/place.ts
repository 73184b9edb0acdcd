/** Where a composer's findings are on the screen, and where nothing of them can be seen. */
import type { Finding } from '#engine';
import type { Composer } from './composer';
import { containsShown, rootOf, shownParent } from './dom';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PlacedMark {
  readonly composer: Composer;
  readonly finding: Finding;
  readonly boxes: readonly Box[];
}

export function placeMarks(composer: Composer, scratch: HTMLElement): PlacedMark[] {
  const { snapshot, findings } = composer;
  if (!snapshot || findings.length === 0 || !composer.isShown) return [];
  const clip = clipOf(composer.box);
  if (!clip) return [];
  const { host } = rootOf(scratch) as ShadowRoot;
  const placed: PlacedMark[] = [];
  for (const finding of findings) {
    const boxes = snapshot
      .rects(finding.start, finding.end, scratch)
      .map((rect) => intersect(rect, clip))
      .filter((box): box is Box => box !== null && !isCovered(composer.box, box, host));
    if (boxes.length > 0) placed.push({ composer, finding, boxes });
  }
  return placed;
}

/** What of the window the box and everything that clips it leave to see. */
function clipOf(box: HTMLElement): Box | null {
  let clip: Box | null = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  let escapes = false;
  for (let at: Element | null = box; at && clip; at = shownParent(at)) {
    if (at === document.documentElement || at === document.body) break;
    const style = getComputedStyle(at);
    if (style.visibility === 'hidden' && at === box) return null;
    // What is fixed is not clipped by what scrolls around it.
    if (!escapes && (style.overflowX !== 'visible' || style.overflowY !== 'visible')) {
      const rect = at.getBoundingClientRect();
      clip = intersect(clip, {
        left: rect.left + at.clientLeft,
        top: rect.top + at.clientTop,
        right: rect.left + at.clientLeft + (at.clientWidth || rect.width),
        bottom: rect.top + at.clientTop + (at.clientHeight || rect.height),
      });
    }
    if (style.position === 'fixed') escapes = true;
  }
  return clip;
}

/**
 * Whether something of the page lies over it: a menu, a list of mentions, another dialog. Our own
 * card (in `host`) may, where there is no room for it elsewhere.
 */
function isCovered(editable: HTMLElement, box: Box, host: Element): boolean {
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  const root = rootOf(editable);
  let hit = root.elementFromPoint(x, y);
  if (hit === host) hit = root.elementsFromPoint(x, y).find((one) => one !== host) ?? null;
  return hit !== null && !containsShown(hit, editable) && !containsShown(editable, hit);
}

function intersect(a: Box, b: Box): Box | null {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.min(a.right, b.right);
  const bottom = Math.min(a.bottom, b.bottom);
  return right - left >= 1 && bottom - top >= 1 ? { left, top, right, bottom } : null;
}
