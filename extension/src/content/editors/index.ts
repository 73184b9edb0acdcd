/** Which engine drives a box. Told from the box, never from the site: sites change engines. */
import { draftjs } from './draftjs';
import type { Editor } from './editor';
import { lexical } from './lexical';
import { plain } from './plain';
import { prosemirror } from './prosemirror';
import { quill } from './quill';
import { textfield } from './textfield';

const EDITORS: readonly Editor[] = [textfield, draftjs, lexical, quill, prosemirror, plain];

export function editorOf(box: HTMLElement): Editor | null {
  return EDITORS.find((editor) => editor.matches(box)) ?? null;
}
