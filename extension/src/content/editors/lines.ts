/** One rectangle a line: styled spans and emoji cut a line into pieces that are one mark. */
export function byLine(rects: readonly DOMRect[]): DOMRect[] {
  const lines: DOMRect[] = [];
  for (const rect of rects) {
    if (rect.width === 0 || rect.height === 0) continue;
    const last = lines.at(-1);
    const middle = rect.top + rect.height / 2;
    if (
      last &&
      middle > last.top &&
      middle < last.bottom &&
      rect.left <= last.right + 2 &&
      rect.right >= last.left - 2
    ) {
      const left = Math.min(last.left, rect.left);
      const top = Math.min(last.top, rect.top);
      lines[lines.length - 1] = new DOMRect(
        left,
        top,
        Math.max(last.right, rect.right) - left,
        Math.max(last.bottom, rect.bottom) - top,
      );
    } else {
      lines.push(rect);
    }
  }
  return lines;
}
