/**
 * Draws the marks: lines under words, in our own root, over the page. The page's own elements are
 * never touched, and the Custom Highlight API is not used: a page can read its registry, and with
 * it the very words that must not get out (facts/browsers.md, "Painting marks").
 */
import type { Severity } from '#engine';
import { element, type Frame, type Overlay } from './overlay';
import type { MarkBox, PlacedMark } from './place';

const SVG = 'http://www.w3.org/2000/svg';
/** Space for the line below the glyphs, of which descenders leave little. */
const LINE_HEIGHT = 2;

interface Drawn {
  readonly box: HTMLElement;
  readonly line: SVGPathElement;
  isShown: boolean;
  look: string;
  place: string;
}

export class Marks {
  readonly #layer = element('div', 'marks');
  #drawn: Drawn[] = [];
  placed: readonly PlacedMark[] = [];

  constructor(private readonly overlay: Overlay) {
    this.#layer.setAttribute('aria-hidden', 'true');
    overlay.surface.prepend(this.#layer);
  }

  /** Draws exactly these, reusing what is there. True where a mark is no longer where it was. */
  draw(placed: readonly PlacedMark[], current: PlacedMark['finding'] | null): boolean {
    this.placed = placed;
    if (placed.length > 0) this.overlay.show();
    const frame = this.overlay.frame();
    let used = 0;
    let moved = false;
    for (const { finding, boxes } of placed) {
      for (const box of boxes) {
        const drawn = this.#drawn[used] ?? this.#make();
        this.#drawn[used++] = drawn;
        this.#show(drawn, true);
        if (this.#set(drawn, box, frame, finding.severity, finding === current)) moved = true;
      }
    }
    // Kept for the next time: Chromium ends a step of undo in the page's fields whenever a node is
    // taken out of the document.
    for (const extra of this.#drawn.slice(used)) this.#show(extra, false);
    return moved;
  }

  /** The mark under a point of the window. */
  at(x: number, y: number): PlacedMark | null {
    for (const mark of this.placed) {
      for (const { seen: box } of mark.boxes) {
        if (
          x >= box.left - 1 &&
          x <= box.right + 1 &&
          y >= box.top - 1 &&
          y <= box.bottom + LINE_HEIGHT + 1
        )
          return mark;
      }
    }
    return null;
  }

  #make(): Drawn {
    const svg = document.createElementNS(SVG, 'svg');
    const line = document.createElementNS(SVG, 'path');
    svg.append(line);
    const box = element('div', 'mark', svg);
    this.#layer.append(box);
    return { box, line, isShown: true, look: '', place: '' };
  }

  #show(drawn: Drawn, isShown: boolean): void {
    if (drawn.isShown === isShown) return;
    drawn.isShown = isShown;
    drawn.box.style.display = isShown ? '' : 'none';
  }

  #set(
    drawn: Drawn,
    { left, top, right, bottom, seen }: MarkBox,
    frame: Frame,
    severity: Severity,
    current: boolean,
  ): boolean {
    const { scale } = frame;
    const width = (right - left) / scale;
    const height = (bottom - top) / scale + LINE_HEIGHT;
    const { style } = drawn.box;
    const clip = [
      seen.top - top,
      right - seen.right,
      // Where the text is not cut off below, the line may stand out below it.
      bottom - seen.bottom || -LINE_HEIGHT,
      seen.left - left,
    ].map((side) => `${Math.max(side, -LINE_HEIGHT) / scale}px`);
    const place = `translate(${(left - frame.left) / scale}px, ${(top - frame.top) / scale}px) ${clip}`;
    const moved = place !== drawn.place;
    if (moved) {
      style.transform = place.slice(0, place.indexOf(')') + 1);
      style.clipPath = `inset(${clip.join(' ')})`;
    }
    drawn.place = place;
    const look = `${width} ${height} ${severity} ${current}`;
    if (look === drawn.look) return moved;
    drawn.look = look;
    style.width = `${width}px`;
    style.height = `${height}px`;
    drawn.box.className = `mark ${severity}${current ? ' current' : ''}`;
    drawn.line.setAttribute('d', lineOf(severity, width));
    drawn.line.setAttribute(
      'stroke-dasharray',
      severity === 'tip' ? '0.1 4' : severity === 'note' ? '5 3.5' : 'none',
    );
    return true;
  }
}

/** Dots, dashes, a wave, a double line: told apart without colour. */
function lineOf(severity: Severity, width: number): string {
  const end = Math.max(width - 1, 2);
  if (severity === 'warn') {
    const waves = Math.max(1, Math.round(end / 3));
    const step = end / waves;
    let path = `M1 2.2q${step / 2} -2.6 ${step} 0`;
    for (let wave = 1; wave < waves; wave++) path += `t${step} 0`;
    return path;
  }
  if (severity === 'stop') return `M1 0.6H${end}M1 3.4H${end}`;
  return `M1 2.4H${end}`;
}
