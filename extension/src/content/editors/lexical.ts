/** Lexical (Facebook): paragraphs, with its own cursor for places where no caret can stand. */
import { PLAIN } from './reading';
import { richEditor } from './rich';

export const lexical = richEditor(
  'lexical',
  (box) => box.getAttribute('data-lexical-editor') === 'true',
  {
    isBlock: PLAIN.isBlock,
    skip: (element) => PLAIN.skip(element) || element.hasAttribute('data-lexical-cursor'),
  },
);
