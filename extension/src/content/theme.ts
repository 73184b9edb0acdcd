/** Whether what lies behind an element is dark: the page decides, then the system. */
import { shownParent } from './dom';

export function isDarkBehind(element: Element): boolean {
  for (let at: Element | null = element; at; at = shownParent(at)) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (
      getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []
    ).map(Number);
    if (getComputedStyle(at).backgroundColor.startsWith('rgb') && alpha > 0.5) {
      return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < 0.45;
    }
  }
  return matchMedia('(prefers-color-scheme: dark)').matches;
}
