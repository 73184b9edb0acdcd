/** Quill (LinkedIn's share box): one `<p>` a line; bullets and the caret's filler are its own. */
import { PLAIN } from './reading';
import { richEditor, unless } from './rich';

export const quill = richEditor(
  'quill',
  (box) => box.classList.contains('ql-editor'),
  {
    isBlock: PLAIN.isBlock,
    skip: (element) => PLAIN.skip(element) || element.matches('.ql-ui, .ql-cursor'),
  },
  // Firefox's lines it joins. A mention by itself Chromium takes out together with what is around.
  unless((value, selected) => value.includes('\n') || selected.hasAtomAtEdge),
);
