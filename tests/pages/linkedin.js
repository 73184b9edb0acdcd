// www.linkedin.com: the share box (Quill in the open shadow root of #interop-outlet), a comment box
// of the feed (TipTap). Markup after facts/composers.md, section 3. No framework: the share box of
// the site is an old Ember island in a newer page.
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import Quill from 'quill';
import { expose, post } from './testbed.js';

// The site has a default policy too; without one Quill could not parse anything here.
globalThis.trustedTypes?.createPolicy('default', { createHTML: (html) => html });

/** Builds an element: `el('p', {class: 'x'}, 'text', child)`. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function sheet(href) {
  return el('link', { rel: 'stylesheet', href });
}

const outlet = document.getElementById('interop-outlet');
const root = outlet.attachShadow({ mode: 'open' });

/**
 * Quill 2 asks the document for the selection, which stops at the shadow host. The site's build
 * knows better; this makes the public one know it too, or the caret jumps while typing.
 */
function teachShadowSelection(quill) {
  const { selection } = quill;
  const current = () => root.getSelection?.() ?? document.getSelection();
  selection.getNativeRange = () => {
    const native = current();
    const range = native?.getComposedRanges
      ? native.getComposedRanges({ shadowRoots: [root] })[0]
      : native?.rangeCount && native.getRangeAt(0);
    return range ? selection.normalizeNative(range) : null;
  };
  selection.hasFocus = () => root.activeElement === quill.root;
  selection.setNativeRange = (startNode, startOffset, endNode, endOffset) => {
    if (!startNode) {
      document.getSelection()?.removeAllRanges();
      return;
    }
    if (!selection.hasFocus()) quill.root.focus({ preventScroll: true });
    current()?.setBaseAndExtent(
      startNode,
      startOffset,
      endNode ?? startNode,
      endOffset ?? startOffset,
    );
  };
}

function openShareBox() {
  if (root.querySelector('[role="dialog"]')) return;
  const name = 'linkedin-share';
  const author = el('span', { class: 'share-unified-settings-entry-button__name' }, 'Ana Ruiz');
  const audience = el('span', { class: 'share-unified-settings-entry-button__visibility' });
  audience.textContent = 'Post to Anyone';
  const settings = el(
    'button',
    { type: 'button', class: 'share-unified-settings-entry-button' },
    author,
    audience,
  );
  const container = el('div', { class: 'ql-container-host' });
  const button = el(
    'button',
    {
      type: 'button',
      id: 'ember504',
      class: 'share-actions__primary-action artdeco-button artdeco-button--primary ember-view',
      disabled: '',
    },
    el('span', { class: 'artdeco-button__text' }, 'Post'),
  );
  const dismiss = el(
    'button',
    { type: 'button', class: 'artdeco-modal__dismiss', 'aria-label': 'Dismiss' },
    '×',
  );
  const dialog = el(
    'div',
    {
      role: 'dialog',
      'aria-labelledby': 'share-to-linkedin-modal__header',
      class: 'artdeco-modal share-box-v2__modal',
      tabindex: '-1',
    },
    dismiss,
    el('h2', { id: 'share-to-linkedin-modal__header', class: 'hidden' }, 'Create post modal'),
    el(
      'div',
      { class: 'share-creation-state' },
      settings,
      el(
        'div',
        { class: 'share-creation-state__text-editor' },
        el('div', { class: 'editor-container' }, el('div', { class: 'editor-content' }, container)),
      ),
    ),
    el('div', { class: 'share-creation-state__bottom share-box_actions' }, button),
  );
  const overlay = el('div', { class: 'artdeco-modal-overlay' }, dialog);
  root.append(sheet('/linkedin-share.css'), overlay);

  const quill = new Quill(container, {
    placeholder: 'What do you want to talk about?',
    formats: [],
    modules: { toolbar: false },
  });
  teachShadowSelection(quill);
  quill.root.setAttribute('role', 'textbox');
  quill.root.setAttribute('aria-multiline', 'true');
  quill.root.setAttribute('aria-label', 'Text editor for creating content');
  const read = () => quill.getText().replace(/\n$/, '');
  expose(name, read);
  quill.on('text-change', () => {
    button.disabled = read().trim() === '';
  });
  const close = () => {
    root.replaceChildren();
  };
  const send = () => {
    if (read().trim() === '') return;
    post('linkedin', name, read());
    close();
  };
  button.addEventListener('click', send);
  dismiss.addEventListener('click', close);
  settings.addEventListener('click', () => {
    audience.textContent =
      audience.textContent === 'Post to Anyone' ? 'Post to Connections only' : 'Post to Anyone';
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  });
  quill.root.focus();
}

function commentBox(place) {
  const name = 'linkedin-comment';
  const holder = el('div', { class: 'comment-editor' });
  const button = el('button', { type: 'submit', class: 'primary', disabled: '' }, 'Comment');
  const form = el('form', { class: 'comment-form' }, holder, button);
  place.append(form);
  const editor = new Editor({
    element: holder,
    injectCSS: false,
    extensions: [StarterKit],
    editorProps: {
      attributes: {
        class: 'tiptap',
        role: 'textbox',
        'aria-label': 'Text editor for creating comment',
      },
    },
    onUpdate: () => {
      button.disabled = editor.getText().trim() === '';
    },
  });
  const read = () => editor.getText({ blockSeparator: '\n' });
  expose(name, read);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    post('linkedin', name, read());
    editor.commands.clearContent(true);
  });
}

document.getElementById('start-post').addEventListener('click', openShareBox);
commentBox(document.getElementById('comments'));
if (new URLSearchParams(location.search).has('shareActive')) openShareBox();
