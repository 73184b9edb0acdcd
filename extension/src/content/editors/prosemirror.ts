/** ProseMirror and TipTap (LinkedIn's feed comments): placeholders and separators are its own. */
import { PLAIN } from './reading';
import { richEditor } from './rich';

export const prosemirror = richEditor(
  'prosemirror',
  (box) => box.matches('.ProseMirror, .tiptap'),
  {
    isBlock: PLAIN.isBlock,
    skip: (element) =>
      PLAIN.skip(element) || element.matches('.ProseMirror-separator, .ProseMirror-widget'),
  },
);
