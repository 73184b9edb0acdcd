/** Where a composer's findings are on the screen, and what of them can be seen. */
import type { Finding } from '#engine';
import type { Composer } from './composer';
import { containsShown, rootOf, shownParent } from './dom';
import { firstWhere } from './order';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A stretch of text on one line, and the part of it that nothing clips. */
export interface MarkBox extends Box {
  readonly seen: Box;
}

export interface PlacedMark {
  readonly composer: Composer;
  readonly finding: Finding;
  readonly boxes: readonly MarkBox[];
}

/** Of more boxes than this the middle alone is looked at: a hit test costs more than all the rest. */
const MOST_LOOKED_AT = 12;

/** What of the window a box leaves to see. */
interface Clip {
  readonly box: Box;
  /** What cuts it to another form than a rectangle. */
  readonly cutBy: readonly Element[];
}

const SEEN = { opacityProperty: true, visibilityProperty: true };

export function placeMarks(composer: Composer, scratch: HTMLElement): PlacedMark[] {
  const { snapshot, findings, box } = composer;
  if (!snapshot || findings.length === 0 || !box.checkVisibility(SEEN)) return [];
  const clip = clipOf(box);
  if (!clip) return [];
  const inClip: { readonly finding: Finding; readonly boxes: readonly MarkBox[] }[] = [];
  const measure = snapshot.measure(scratch);
  const rectsOf = ({ start, end }: Finding): DOMRect[] => measure(start, end);
  // Findings and lines both go downwards: of a long draft only what can be seen is measured.
  const first = firstWhere(
    findings,
    (one) => (rectsOf(one).at(-1)?.bottom ?? Infinity) > clip.box.top,
  );
  for (const finding of findings.slice(first)) {
    const rects = rectsOf(finding);
    if ((rects[0]?.top ?? -Infinity) >= clip.box.bottom) break;
    const boxes = rects.flatMap((rect): MarkBox[] => {
      const seen = intersect(rect, clip.box);
      const { left, top, right, bottom } = rect;
      return seen ? [{ left, top, right, bottom, seen }] : [];
    });
    inClip.push({ finding, boxes });
  }
  const { host } = rootOf(scratch) as ShadowRoot;
  const isMany = inClip.length > MOST_LOOKED_AT;
  return inClip.flatMap(({ finding, boxes }) => {
    const open = boxes.filter(({ seen }) => !isCovered(box, seen, clip, host, isMany));
    return open.length > 0 ? [{ composer, finding, boxes: open }] : [];
  });
}

/** What the box and everything that clips it leave, or null where nothing is left. */
function clipOf(box: HTMLElement): Clip | null {
  let clip: Box | null = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const cutBy: Element[] = [];
  // What is positioned is not clipped by what lies between it and what it is positioned by.
  let outOf: 'absolute' | 'fixed' | null = null;
  for (let at: Element | null = box; at && clip; at = shownParent(at)) {
    if (at === document.documentElement || at === document.body) break;
    const style = getComputedStyle(at);
    if (style.clipPath !== 'none') cutBy.push(at);
    if (outOf) {
      const holds = holdsFixed(style) || (outOf === 'absolute' && style.position !== 'static');
      if (!holds) continue;
      outOf = null;
    }
    if (clips(at, style)) clip = intersect(clip, innerBox(at, style));
    if (style.position === 'fixed' || style.position === 'absolute') outOf = style.position;
    // The top layer is laid out apart from everything around it.
    if (at.matches(':modal, :popover-open')) break;
  }
  return clip && { box: clip, cutBy };
}

function clips(at: Element, style: CSSStyleDeclaration): boolean {
  return (
    style.overflowX !== 'visible' ||
    style.overflowY !== 'visible' ||
    /paint|strict|content/.test(style.contain) ||
    at instanceof HTMLInputElement
  );
}

/** Whether even fixed descendants are laid out, and clipped, by this element. */
function holdsFixed(style: CSSStyleDeclaration): boolean {
  return (
    style.transform !== 'none' ||
    style.translate !== 'none' ||
    style.scale !== 'none' ||
    style.rotate !== 'none' ||
    style.perspective !== 'none' ||
    style.filter !== 'none' ||
    style.backdropFilter !== 'none' ||
    /paint|strict|content|layout/.test(style.contain) ||
    /transform|filter|perspective|translate|scale|rotate/.test(style.willChange)
  );
}

/** Inside the borders and scroll bars, in the window's pixels whatever zooms or scales it. */
function innerBox(at: Element, style: CSSStyleDeclaration): Box {
  const rect = at.getBoundingClientRect();
  if (!(at instanceof HTMLElement) || at.offsetWidth === 0 || at.offsetHeight === 0) return rect;
  const x = rect.width / at.offsetWidth;
  const y = rect.height / at.offsetHeight;
  // A one-line field cuts its text at its padding.
  const [padLeft, padRight] =
    at instanceof HTMLInputElement
      ? [Number.parseFloat(style.paddingLeft), Number.parseFloat(style.paddingRight)]
      : [0, 0];
  const left = rect.left + (at.clientLeft + padLeft) * x;
  const top = rect.top + at.clientTop * y;
  return {
    left,
    top,
    right: left + (at.clientWidth - padLeft - padRight) * x,
    bottom: top + at.clientHeight * y,
  };
}

/**
 * Whether something of the page lies over it (a menu, a list of mentions, another dialog), or
 * something cuts it away. Our own card (in `host`) may lie over it, where there is no room for it
 * elsewhere.
 */
function isCovered(
  editable: HTMLElement,
  seen: Box,
  clip: Clip,
  host: Element,
  inTheMiddle: boolean,
): boolean {
  const root = rootOf(editable);
  const y = (seen.top + seen.bottom) / 2;
  const middle = (seen.left + seen.right) / 2;
  return (inTheMiddle ? [middle] : [seen.left + 1, middle, seen.right - 1]).some((x) => {
    let hit = root.elementFromPoint(x, y);
    if (hit === host) hit = root.elementsFromPoint(x, y).find((one) => one !== host) ?? null;
    if (hit === null) return false;
    if (!containsShown(hit, editable) && !containsShown(editable, hit)) return true;
    return clip.cutBy.some((cut) => !containsShown(cut, hit));
  });
}

function intersect(a: Box, b: Box): Box | null {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.min(a.right, b.right);
  const bottom = Math.min(a.bottom, b.bottom);
  return right - left >= 1 && bottom - top >= 1 ? { left, top, right, bottom } : null;
}
