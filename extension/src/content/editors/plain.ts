/** An editable element without an engine (LinkedIn's messages), or with one that we do not know. */
import { PLAIN } from './reading';
import { richEditor, unless } from './rich';

export const plain = richEditor(
  'plain',
  (box) => box.isContentEditable,
  PLAIN,
  unless(() => false),
);
