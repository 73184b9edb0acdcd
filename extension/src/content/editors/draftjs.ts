/** Draft.js (X): lines are `data-block` elements, an empty one holds a `<br>`. */
import { PLAIN } from './reading';
import { richEditor } from './rich';

export const draftjs = richEditor(
  'draftjs',
  (box) =>
    box.matches('.public-DraftEditor-content') || box.querySelector('[data-block="true"]') !== null,
  {
    isBlock: (element) => element.getAttribute('data-block') === 'true',
    skip: PLAIN.skip,
  },
);
