/** ProseMirror and TipTap (LinkedIn's feed comments): placeholders and separators are its own. */
import { PLAIN } from './reading';
import { richEditor, unless } from './rich';

export const prosemirror = richEditor(
  'prosemirror',
  (box) => box.matches('.ProseMirror, .tiptap'),
  {
    isBlock: PLAIN.isBlock,
    skip: (element) =>
      PLAIN.skip(element) || element.matches('.ProseMirror-separator, .ProseMirror-widget'),
  },
  // In Firefox an empty line is lost, and a range over list items leaves empty ones behind.
  unless(
    (value, selected, box) =>
      value.includes('\n\n') || (selected.hasLines && box.querySelector('li') !== null),
  ),
);
