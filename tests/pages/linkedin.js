// www.linkedin.com: every compose box of the site. The share box is Quill in the open shadow root of
// #interop-outlet, or in a /preload/ frame; comments are TipTap in the feed and Quill on a post's
// page; messages a bare editable. Markup after facts/composers.md, section 3. No framework: the
// site's own is an old Ember island in a newer page.
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import Quill from 'quill';
import { expose, noComposers, post, settings, strangeComposer } from './testbed.js';

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

const query = new URLSearchParams(location.search);
/** In a frame of its own, and on its own address, the share box is in no shadow root. */
const isPreload = location.pathname.startsWith('/preload/');
const main = document.querySelector('main');
const outlet = document.getElementById('interop-outlet');
const root = isPreload ? document.body : outlet.attachShadow({ mode: 'open' });

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

/** What the share box calls things. Outside English the words are not known (facts, section 7). */
const SHARE = {
  en: {
    post: 'Post',
    audiences: ['Post to Anyone', 'Post to Connections only', 'Post to a group'],
  },
  es: {
    post: 'Publicar',
    audiences: ['Publicar: cualquiera', 'Publicar: solo contactos', 'Otros'],
  },
  pt: { post: 'Publicar', audiences: ['Qualquer pessoa', 'Apenas conexões', 'Outros'] },
  fr: { post: 'Publier', audiences: ['Tout le monde', 'Relations uniquement', 'Autres'] },
};
/** A page's name may have a word in it that stands for an audience elsewhere. */
const authorName = location.pathname.startsWith('/company/') ? 'Northwind Group' : 'Ana Ruiz';

function newQuill(container, placeholder) {
  return new Quill(container, {
    placeholder,
    formats: [],
    modules: { toolbar: false, history: { delay: 300, userOnly: true } },
  });
}

function openShareBox() {
  if (root.querySelector('[role="dialog"]')) return;
  const said = SHARE[query.get('lang')] ?? SHARE.en;
  let chosen = 0;
  const name = 'linkedin-share';
  const author = el('span', { class: 'share-unified-settings-entry-button__name' }, authorName);
  const audience = el('span', { class: 'share-unified-settings-entry-button__visibility' });
  audience.textContent = said.audiences[chosen];
  const settings = el(
    'button',
    { type: 'button', class: 'share-unified-settings-entry-button' },
    author,
    audience,
  );
  const container = el('div', { class: 'ql-container-host' });
  const scheduled = query.has('scheduled');
  const action = scheduled ? 'share-actions__scheduled-post-btn' : 'share-actions__primary-action';
  const button = el(
    'button',
    {
      type: 'button',
      id: 'ember504',
      class: `${action} artdeco-button artdeco-button--primary ember-view`,
      disabled: '',
    },
    el('span', { class: 'artdeco-button__text' }, scheduled ? 'Schedule' : said.post),
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

  const quill = newQuill(container, 'What do you want to talk about?');
  if (!isPreload) teachShadowSelection(quill);
  quill.root.setAttribute('role', 'textbox');
  quill.root.setAttribute('aria-multiline', 'true');
  quill.root.setAttribute('aria-label', 'Text editor for creating content');
  const read = () => quill.getText().replace(/\n$/, '');
  expose(name, read);
  quill.on('text-change', () => {
    button.disabled = read().trim() === '';
  });
  const close = () => {
    overlay.remove();
  };
  const send = () => {
    if (read().trim() === '') return;
    post('linkedin', name, read());
    close();
  };
  button.addEventListener('click', send);
  dismiss.addEventListener('click', close);
  settings.addEventListener('click', () => {
    chosen = (chosen + 1) % said.audiences.length;
    // As a framework does: the text node stays, its data changes.
    audience.firstChild.data = said.audiences[chosen];
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  });
  quill.root.focus();
}

/** A TipTap editor in `holder`; `changed` hears of each change. */
function newTipTap(holder, attributes, changed) {
  const editor = new Editor({
    element: holder,
    injectCSS: false,
    extensions: [StarterKit.configure({ undoRedo: { newGroupDelay: 300 } })],
    editorProps: { attributes: { class: 'tiptap', role: 'textbox', ...attributes } },
    onUpdate: () => changed(),
  });
  return {
    read: () => editor.getText({ blockSeparator: '\n' }),
    clear: () => editor.commands.clearContent(true),
  };
}

const isMod = (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey);

function commentBox(place) {
  const name = 'linkedin-comment';
  const holder = el('div', { class: 'comment-editor' });
  const button = el('button', { type: 'submit', class: 'primary', disabled: '' }, 'Comment');
  const form = el('form', { class: 'comment-form' }, holder, button);
  place.append(form);
  const label = { 'aria-label': 'Text editor for creating comment' };
  const editor = newTipTap(holder, label, () => {
    button.disabled = editor.read().trim() === '';
  });
  expose(name, editor.read);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    post('linkedin', name, editor.read());
    editor.clear();
  });
  form.addEventListener(
    'keydown',
    (event) => {
      if (!isMod(event)) return;
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit();
    },
    { capture: true },
  );
}

/** The comment box of a post's own page: Quill again, in the page. */
function postComment() {
  const name = 'linkedin-post-comment';
  const container = el('div');
  const button = el(
    'button',
    { type: 'button', class: 'comments-comment-box__submit-button--cr primary', disabled: '' },
    'Comment',
  );
  const editor = el('div', { class: 'comments-comment-texteditor comment-editor' }, container);
  document.head.append(sheet('/linkedin-share.css'));
  main.replaceChildren(
    el('div', { class: 'tile' }, el('div', { class: 'comments-comment-box' }, editor, button)),
  );
  const quill = newQuill(container, 'Add a comment…');
  quill.root.setAttribute('role', 'textbox');
  quill.root.setAttribute('aria-label', 'Text editor for creating content');
  const read = () => quill.getText().replace(/\n$/, '');
  expose(name, read);
  quill.on('text-change', () => {
    button.disabled = read().trim() === '';
  });
  button.addEventListener('click', () => {
    post('linkedin', name, read());
    quill.setText('');
  });
}

/** Messages: a bare editable. `?enter`: Enter sends, there is a hint and no button. */
function messages() {
  const byEnter = query.has('enter');
  const name = byEnter ? 'linkedin-message-enter' : 'linkedin-message';
  const box = el(
    'div',
    {
      class: 'msg-form__contenteditable',
      contenteditable: 'true',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': 'Write a message…',
    },
    el('p', {}, el('br')),
  );
  const button = el(
    'button',
    { type: 'submit', class: 'msg-form__send-button primary', disabled: '' },
    'Send',
  );
  const hint = el('span', { class: 'msg-form__hint-text' }, 'Press Enter to Send');
  const form = el('form', { class: 'msg-form comment-form' }, box, byEnter ? hint : button);
  main.replaceChildren(el('div', { class: 'tile' }, el('p', {}, 'See you at seven?'), form));
  const read = () =>
    [...box.children].map((line) => line.textContent.replaceAll('\u00a0', ' ')).join('\n');
  expose(name, read);
  const send = () => {
    if (read().trim() === '') return;
    post('linkedin', name, read());
    box.replaceChildren(el('p', {}, el('br')));
    button.disabled = true;
  };
  box.addEventListener('input', () => {
    button.disabled = read().trim() === '';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || (!byEnter && !isMod(event))) return;
    event.preventDefault();
    send();
  });
}

/** Text fields and one button, in a dialog: of the page, or of the outlet's shadow root. */
function fields(where, fieldsOf, saveLabel, attributes = {}) {
  const button = el('button', { type: 'button', class: 'primary' }, saveLabel);
  const dialog = el(
    'div',
    { role: 'dialog', class: 'artdeco-modal', ...attributes },
    ...fieldsOf.map(([, label, field]) => el('label', { class: 'field' }, label, field)),
    button,
  );
  for (const [name, , field] of fieldsOf) expose(name, () => field.value);
  where.append(sheet('/linkedin-share.css'), dialog);
  button.addEventListener('click', () => {
    for (const [name, , field] of fieldsOf) if (field.value) post('linkedin', name, field.value);
    dialog.remove();
  });
}

function article() {
  const headline = el('textarea', {
    id: 'article-editor-headline__textarea',
    rows: '1',
    placeholder: 'Title',
  });
  const holder = el('div', { class: 'comment-editor' });
  const button = el('button', { type: 'button', class: 'primary' }, 'Next');
  main.replaceChildren(el('div', { class: 'tile' }, button, headline, holder));
  const body = newTipTap(holder, { 'data-test-article-editor-content-textbox': '' }, () => {});
  expose('linkedin-article-headline', () => headline.value);
  expose('linkedin-article', body.read);
  button.addEventListener('click', () => {
    if (headline.value) post('linkedin', 'linkedin-article-headline', headline.value);
    if (body.read()) post('linkedin', 'linkedin-article', body.read());
  });
}

/** An older share box in a frame of the same site, which covers the page. */
function frame() {
  document.body.append(
    el('iframe', {
      'data-testid': 'interop-iframe',
      class: 'interop-frame',
      src: '/preload/sharebox/?_bprMode=vanilla',
    }),
  );
}

function feed() {
  document.getElementById('start-post').addEventListener('click', openShareBox);
  commentBox(document.getElementById('comments'));
  if (query.has('shareActive') || query.has('share')) openShareBox();
  if (query.has('frame')) frame();
}

const line = (attributes = {}) => el('input', { type: 'text', ...attributes });
const lines = (attributes = {}) => el('textarea', { rows: '3', ...attributes });

const ROUTES = [
  [/^\/preload\/sharebox/, openShareBox],
  [/^\/posts\//, postComment],
  [/^\/messaging\//, messages],
  [/^\/article\/(new|edit)/, article],
  [
    /^\/in\/[^/]+\/edit\/intro/,
    () =>
      fields(
        document.body,
        [['linkedin-headline', 'Headline', line({ maxlength: '220' })]],
        'Save',
      ),
  ],
  [
    /^\/in\/[^/]+\/edit\/forms\/summary/,
    () => fields(root, [['linkedin-about', 'About', lines({ maxlength: '2600' })]], 'Save'),
  ],
  [
    /^\/in\/[^/]+\/$/,
    () => {
      const note = lines({ id: 'custom-message', name: 'message', maxlength: '300' });
      fields(root, [['linkedin-invitation', 'Add a note', note]], 'Send');
    },
  ],
  [
    /^\/sales\//,
    () => {
      const message = lines({ class: 'compose-form__message-field' });
      fields(document.body, [['linkedin-sales-message', 'Message', message]], 'Send');
    },
  ],
  [
    /^\/poll/,
    () =>
      fields(
        root,
        [
          ['linkedin-poll', 'Your question', lines()],
          ['linkedin-poll-option', 'Option 1', line()],
          ['linkedin-poll-option-2', 'Option 2', line()],
        ],
        'Done',
        { class: 'artdeco-modal polls-detour' },
      ),
  ],
  [/^\/mypreferences/, () => settings(main)],
  [/^\/nothing/, () => noComposers(main)],
  [/^\/strange/, () => strangeComposer(main, 'linkedin')],
  [/./, feed],
];
ROUTES.find(([path]) => path.test(location.pathname))[1]();
