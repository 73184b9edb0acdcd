// One bare editor of each engine, with what sites put into them: mentions that are one piece,
// #hashtags in spans, emoji as images, links, soft breaks, lists. `?editor=<name>` chooses.
// Where composers.mjs is about the sites, this page is about the engines.
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { $createListItemNode, $createListNode, ListItemNode, ListNode } from '@lexical/list';
import { registerRichText } from '@lexical/rich-text';
import { Editor as TipTap, Node as TipTapNode } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import {
  CompositeDecorator,
  ContentState,
  convertFromRaw,
  Editor as Draft,
  EditorState,
} from 'draft-js';
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  createEditor,
  DecoratorNode,
  TextNode,
} from 'lexical';
import Quill from 'quill';
import { createElement as h, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expose, post } from './testbed.js';

/**
 * A content is a list of lines; a line is a list of parts: a string, `{mention}`, `{emoji}`,
 * `{tag}`, `{soft: true}` (a break inside the line), or `{item: true}` first for a list's line.
 */
const place = document.getElementById('place');
const IMAGE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"%3E%3Ccircle cx="4.5" cy="4.5" r="4" fill="gold"/%3E%3C/svg%3E';

function emojiImage(alt) {
  const image = document.createElement('img');
  image.className = 'emoji';
  image.alt = alt;
  image.src = IMAGE;
  image.draggable = false;
  return image;
}

function chip(text) {
  const span = document.createElement('span');
  span.className = 'mention';
  span.contentEditable = 'false';
  span.textContent = text;
  return span;
}

const textOf = (part) =>
  typeof part === 'string'
    ? part
    : (part.mention ?? part.emoji ?? part.tag ?? (part.soft ? '\n' : ''));

function box() {
  const element = document.createElement('div');
  element.className = 'box';
  element.setAttribute('role', 'textbox');
  element.setAttribute('aria-multiline', 'true');
  place.append(element);
  return element;
}

const editors = {
  draftjs() {
    let set;
    let now;
    const strategy = (pattern) => (block, found) => {
      for (const match of block.getText().matchAll(pattern))
        found(match.index, match.index + match[0].length);
    };
    const decorator = new CompositeDecorator([
      {
        strategy: (block, found, content) =>
          block.findEntityRanges((character) => {
            const key = character.getEntity();
            return key !== null && content.getEntity(key).getType() === 'MENTION';
          }, found),
        component: ({ children }) => h('span', { className: 'mention' }, children),
      },
      {
        strategy: strategy(/#[\p{L}\p{N}_]+/gu),
        component: ({ children }) => h('span', { className: 'tag' }, children),
      },
      {
        strategy: strategy(/\p{Extended_Pictographic}/gu),
        component: ({ children }) => h('span', { className: 'emoji' }, children),
      },
    ]);
    const host = document.createElement('div');
    host.className = 'box';
    place.append(host);
    const View = () => {
      const [state, change] = useState(EditorState.createEmpty(decorator));
      now = state;
      set = change;
      return h(Draft, { editorState: state, onChange: change, ariaLabel: 'Post text' });
    };
    flushSync(() => createRoot(host).render(h(View)));
    return {
      text: () => now.getCurrentContent().getPlainText('\n'),
      load(lines) {
        const entityMap = {};
        const blocks = lines.map((line, i) => {
          let text = '';
          const entityRanges = [];
          for (const part of line) {
            const own = textOf(part);
            if (part.mention) {
              const key = Object.keys(entityMap).length;
              entityMap[key] = { type: 'MENTION', mutability: 'IMMUTABLE', data: {} };
              entityRanges.push({ offset: text.length, length: own.length, key });
            }
            text += own;
          }
          const type = line[0]?.item ? 'unordered-list-item' : 'unstyled';
          return { key: `k${i}`, text, type, entityRanges, inlineStyleRanges: [], depth: 0 };
        });
        const content = lines.length
          ? convertFromRaw({ blocks, entityMap })
          : ContentState.createFromText('');
        // With the focus, which Draft.js keeps in its model.
        const loaded = EditorState.createWithContent(content, decorator);
        flushSync(() => set(EditorState.moveFocusToEnd(loaded)));
      },
      clear: () => flushSync(() => set(EditorState.createEmpty(decorator))),
    };
  },

  lexical() {
    class Mention extends TextNode {
      static getType() {
        return 'mention';
      }
      static clone(node) {
        return new Mention(node.__text, node.__key);
      }
      static importJSON(json) {
        return new Mention(json.text);
      }
      createDOM(config) {
        const dom = super.createDOM(config);
        dom.className = 'mention';
        return dom;
      }
    }
    class Emoji extends DecoratorNode {
      constructor(alt, key) {
        super(key);
        this.__alt = alt;
      }
      static getType() {
        return 'emoji';
      }
      static clone(node) {
        return new Emoji(node.__alt, node.__key);
      }
      static importJSON(json) {
        return new Emoji(json.alt);
      }
      exportJSON() {
        return { ...super.exportJSON(), alt: this.__alt };
      }
      createDOM() {
        const span = document.createElement('span');
        span.append(emojiImage(this.__alt));
        return span;
      }
      updateDOM() {
        return false;
      }
      getTextContent() {
        return this.__alt;
      }
      decorate() {
        return null;
      }
      isInline() {
        return true;
      }
    }
    const element = box();
    element.contentEditable = 'true';
    const editor = createEditor({
      namespace: 'lab',
      nodes: [Mention, Emoji, ListNode, ListItemNode],
      onError: (error) => {
        throw error;
      },
    });
    editor.setRootElement(element);
    registerRichText(editor);
    registerHistory(editor, createEmptyHistoryState(), 300);
    const blocksOf = (node) =>
      node.getChildren().flatMap((child) => (child.getType() === 'list' ? blocksOf(child) : child));
    const load = (lines) =>
      editor.update(
        () => {
          const root = $getRoot();
          root.clear();
          let list = null;
          for (const line of lines.length ? lines : [[]]) {
            let parent;
            if (line[0]?.item) {
              if (!list) {
                list = $createListNode('bullet');
                root.append(list);
              }
              parent = $createListItemNode();
              list.append(parent);
            } else {
              list = null;
              parent = $createParagraphNode();
              root.append(parent);
            }
            for (const part of line) {
              if (part.mention) parent.append(new Mention(part.mention).setMode('token'));
              else if (part.emoji) parent.append(new Emoji(part.emoji));
              else if (part.tag) parent.append($createTextNode(part.tag).setStyle('color: teal'));
              else if (part.soft) parent.append($createLineBreakNode());
              else if (typeof part === 'string') parent.append($createTextNode(part));
            }
          }
          root.selectEnd();
        },
        { discrete: true, tag: 'history-push' },
      );
    load([]);
    return {
      text: () =>
        editor.getEditorState().read(() =>
          blocksOf($getRoot())
            .map((child) => child.getTextContent())
            .join('\n'),
        ),
      load,
      clear: () => load([]),
    };
  },

  quill() {
    const Embed = Quill.import('blots/embed');
    class Mention extends Embed {
      static blotName = 'mention';
      static tagName = 'SPAN';
      static className = 'mention';
      static create(value) {
        const node = document.createElement('span');
        node.className = 'mention';
        node.textContent = value;
        return node;
      }
      static value(node) {
        return node.querySelector('[contenteditable]')?.textContent ?? node.textContent;
      }
    }
    class Emoji extends Embed {
      static blotName = 'emoji';
      static tagName = 'SPAN';
      static className = 'emoji';
      static create(value) {
        const node = document.createElement('span');
        node.className = 'emoji';
        node.append(emojiImage(value));
        return node;
      }
      static value(node) {
        return node.querySelector('img').alt;
      }
    }
    Quill.register(Mention, true);
    Quill.register(Emoji, true);
    const host = document.createElement('div');
    place.append(host);
    const quill = new Quill(host, { modules: { toolbar: false }, placeholder: 'Say something' });
    quill.root.setAttribute('role', 'textbox');
    const text = () =>
      quill
        .getContents()
        .ops.map(({ insert }) =>
          typeof insert === 'string' ? insert : (insert.mention ?? insert.emoji),
        )
        .join('')
        .replace(/\n$/, '');
    return {
      text,
      load(lines) {
        const ops = lines.flatMap((line) => {
          const item = line[0]?.item;
          return [
            ...line
              .filter((part) => !part.item)
              .map((part) =>
                part.mention
                  ? { insert: { mention: part.mention } }
                  : part.emoji
                    ? { insert: { emoji: part.emoji } }
                    : part.tag
                      ? { insert: part.tag, attributes: { color: 'teal' } }
                      : { insert: textOf(part) },
              ),
            { insert: '\n', ...(item ? { attributes: { list: 'bullet' } } : {}) },
          ];
        });
        quill.setContents(ops);
        quill.history.clear();
      },
      clear() {
        quill.setContents([]);
        quill.history.clear();
      },
    };
  },

  prosemirror() {
    const atom = (name, render) =>
      TipTapNode.create({
        name,
        group: 'inline',
        inline: true,
        atom: true,
        addAttributes: () => ({
          label: { parseHTML: (element) => element.getAttribute('data-label') },
        }),
        parseHTML: () => [{ tag: `span[data-${name}]` }],
        renderHTML: ({ node }) => render(node.attrs.label),
        renderText: ({ node }) => node.attrs.label,
      });
    const host = document.createElement('div');
    place.append(host);
    const editor = new TipTap({
      element: host,
      injectCSS: false,
      extensions: [
        StarterKit.configure({ link: false, trailingNode: false }),
        atom('mention', (label) => [
          'span',
          { class: 'mention', 'data-mention': '', 'data-label': label },
          label,
        ]),
        atom('emoji', (label) => [
          'span',
          { 'data-emoji': '', 'data-label': label },
          ['img', { class: 'emoji', alt: label, src: IMAGE }],
        ]),
      ],
      editorProps: { attributes: { class: 'tiptap box', role: 'textbox' } },
    });
    const inline = (part) =>
      part.mention
        ? { type: 'mention', attrs: { label: part.mention } }
        : part.emoji
          ? { type: 'emoji', attrs: { label: part.emoji } }
          : part.soft
            ? { type: 'hardBreak' }
            : part.tag
              ? { type: 'text', text: part.tag, marks: [{ type: 'bold' }] }
              : { type: 'text', text: part };
    const paragraph = (line) => ({
      type: 'paragraph',
      content: line.filter((part) => !part.item).map(inline),
    });
    return {
      // One line a text block; TipTap's own getText leaves empty lines of its own between lists.
      text() {
        const lines = [];
        editor.state.doc.descendants((node) => {
          if (!node.isTextblock) return true;
          lines.push(
            node.textBetween(0, node.content.size, undefined, (leaf) =>
              leaf.type.name === 'hardBreak' ? '\n' : leaf.attrs.label,
            ),
          );
          return false;
        });
        return lines.join('\n');
      },
      load(lines) {
        const content = [];
        for (const line of lines) {
          if (line[0]?.item) {
            const last = content.at(-1);
            const item = { type: 'listItem', content: [paragraph(line)] };
            if (last?.type === 'bulletList') last.content.push(item);
            else content.push({ type: 'bulletList', content: [item] });
          } else content.push(paragraph(line));
        }
        editor.chain().setMeta('addToHistory', false).setContent({ type: 'doc', content }).run();
      },
      clear: () => editor.commands.clearContent(true),
    };
  },

  /** Without an engine, like LinkedIn's messages: the page is its own model. */
  plain() {
    const element = box();
    element.contentEditable = 'true';
    const read = (parent) => {
      let text = '';
      for (const node of parent.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) text += node.data;
        else if (node.localName === 'img') text += node.alt;
        else if (node.localName === 'br') text += '\n';
        else if (/^(p|div|ul|li)$/.test(node.localName)) {
          if (text !== '' && !text.endsWith('\n')) text += '\n';
          text += read(node);
          if (!text.endsWith('\n')) text += '\n';
        } else text += read(node);
      }
      return text;
    };
    return {
      text: () => read(element).replace(/\n$/, '').replaceAll('\u00a0', ' '),
      load(lines) {
        element.replaceChildren();
        let list = null;
        for (const line of lines) {
          const item = line[0]?.item;
          if (item && !list) {
            list = document.createElement('ul');
            element.append(list);
          }
          if (!item) list = null;
          const block = document.createElement(item ? 'li' : 'p');
          (list ?? element).append(block);
          for (const part of line) {
            if (part.mention) block.append(chip(part.mention));
            else if (part.emoji) block.append(emojiImage(part.emoji));
            else if (part.soft) block.append(document.createElement('br'));
            else if (part.tag) {
              const tag = document.createElement('b');
              tag.className = 'tag';
              tag.append(part.tag);
              block.append(tag);
            } else if (typeof part === 'string') block.append(part);
          }
          if (block.childNodes.length === 0) block.append(document.createElement('br'));
        }
      },
      clear: () => element.replaceChildren(),
    };
  },

  textarea() {
    const field = document.createElement('textarea');
    field.rows = 8;
    place.append(field);
    return fieldOf(field, '\n');
  },

  input() {
    const field = document.createElement('input');
    // A single line is a draft only in a dialog or a form of the site's.
    place.setAttribute('role', 'dialog');
    place.append(field);
    return fieldOf(field, ' ');
  },
};

function fieldOf(field, separator) {
  return {
    text: () => field.value,
    load(lines) {
      field.value = lines.map((line) => line.map(textOf).join('')).join(separator);
    },
    clear() {
      field.value = '';
    },
  };
}

const name = new URLSearchParams(location.search).get('editor') ?? 'plain';
const editor = editors[name]();
globalThis.lab = editor;
expose('lab', editor.text);
document.getElementById('post').addEventListener('click', () => {
  if (editor.text() === '') return;
  post('lab', 'lab', editor.text());
  editor.clear();
});
