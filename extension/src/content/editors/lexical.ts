/** Lexical (Facebook): paragraphs, with its own cursor for places where no caret can stand. */
import { PLAIN } from './reading';
import { richEditor, unless } from './rich';

export const lexical = richEditor(
  'lexical',
  (box) => box.getAttribute('data-lexical-editor') === 'true',
  {
    isBlock: PLAIN.isBlock,
    skip: (element) => PLAIN.skip(element) || element.hasAttribute('data-lexical-cursor'),
  },
  // Chromium hands it lines one by one, and it joins them. Over a break of the author's its own
  // model and its page part ways.
  unless((value, selected) => value.includes('\n') || selected.hasBreak),
);
