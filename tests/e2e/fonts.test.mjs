// Fonts and sizes that a person sets in the browser while a draft is open: no page is told of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openExtensionPage } from '../harness/extension-page.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';

const NAME = 'Northmere Energy';
const TEXT = `${'one two three four five six seven '.repeat(8)}${NAME} here`;
const STYLE =
  'width: 400px; height: 500px; padding: 3px 5px; font: 14px/1.4 monospace; resize: none';

const LEAST = 'webkit.webprefs.minimum_font_size';

/** What a person sets, and sets back. */
async function set({ kind, session }, isOn) {
  if (kind === 'firefox') {
    const page = await openExtensionPage(session, 'pages/popup.html');
    await page.evaluate(
      async (zoom) => {
        for (const { id } of await chrome.tabs.query({ url: 'https://x.com/*' }))
          await chrome.tabs.setZoom(id, zoom);
      },
      isOn ? 1.4 : 1,
    );
    return page.close();
  }
  const page = await session.browser.newPage();
  await page.goto('chrome://settings/appearance');
  await page.evaluate(
    (name, size) => new Promise((done) => chrome.settingsPrivate.setPref(name, size, '', done)),
    LEAST,
    isOn ? 24 : 0,
  );
  return page.close();
}

/** In the page: where the name is drawn in the box, or in a copy of a text field beside it. */
const DRAWN = (name, style) => {
  const box = document.querySelector('textarea, [contenteditable="true"]');
  let shown = box;
  if ('value' in box) {
    shown = document.createElement('div');
    shown.textContent = box.value;
    shown.style.cssText = `${style}; position: fixed; left: 0; top: 0; box-sizing: border-box; border: 1px solid; white-space: pre-wrap; overflow-wrap: break-word`;
    document.body.append(shown);
  }
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && !node.data.includes(name)) node = walker.nextNode();
  const range = document.createRange();
  range.setStart(node, node.data.indexOf(name));
  range.setEnd(node, node.data.indexOf(name) + name.length);
  const from = shown.getBoundingClientRect();
  const rects = [...range.getClientRects()].map(({ left, top }) => [
    left - from.left,
    top - from.top,
  ]);
  if (shown !== box) shown.remove();
  const { left, top } = box.getBoundingClientRect();
  return rects.map(([x, y]) => [left + x, top + y]);
};

inEveryBrowser(
  'Fonts that a person sets',
  { preferences: { 'browser.zoom.full': false } },
  (world) => {
    for (const editor of ['textarea', 'plain', 'lexical']) {
      const path = editor === 'textarea' ? 'textarea' : '[contenteditable="true"]';
      test(`${editor}: the marks are where the words are, before it, after it and when it is set back`, () =>
        world.with(
          { url: `https://x.com/lab?editor=${editor}`, editor: [path] },
          async (box) => {
            const tacto = new Tacto(box.page, world.kind);
            await box.page.evaluate(
              (path, style) => {
                document.querySelector(path).style.cssText +=
                  `; ${style}; box-sizing: border-box; border: 1px solid`;
              },
              path,
              STYLE,
            );
            await box.page.keyboard.type(TEXT);
            const stand = (what) => {
              let off = [];
              return until(what, async () => {
                const drawn = await box.page.evaluate(DRAWN, NAME, STYLE);
                const { marks } = await tacto.shown();
                off = [drawn, marks.map(({ rect }) => [rect.left, rect.top])];
                return (
                  drawn.length === marks.length &&
                  marks.every(
                    ({ rect }, i) =>
                      Math.abs(rect.left - drawn[i][0]) <= 1.5 &&
                      Math.abs(rect.top - drawn[i][1]) <= 3,
                  )
                );
              }).catch((error) => assert.fail(`${error.message}: ${JSON.stringify(off)}`));
            };
            await stand('the marks');
            const before = JSON.stringify(await box.page.evaluate(DRAWN, NAME, STYLE));
            try {
              await set(world, true);
              await box.page.bringToFront();
              await until(
                'the words to move',
                async () => JSON.stringify(await box.page.evaluate(DRAWN, NAME, STYLE)) !== before,
              );
              await stand('the marks where the words are now');
            } finally {
              await set(world, false);
            }
            await box.page.bringToFront();
            await stand('the marks where the words were');
          },
          { alone: true },
        ));
    }
  },
);
