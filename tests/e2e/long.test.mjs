// A draft of 20,000 characters with more findings than are told: what can be seen of it is marked,
// where it stands, and what is not marked is said. How fast that is, is for the bench.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEveryBrowser } from '../harness/suite.mjs';
import { joined, Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';

const LINES = Array.from(
  { length: 210 },
  (_, i) => `${i} With Northmere Energy we go on and on, niños, and some words to fill the line up`,
);

inEveryBrowser('A long draft', {}, (world) => {
  for (const editor of ['textarea', 'plain', 'draftjs', 'prosemirror']) {
    test(`${editor}: what can be seen is marked, wherever it is scrolled to; that there is more is said`, () =>
      world.with(
        {
          url: `https://x.com/lab?editor=${editor}`,
          editor: [editor === 'textarea' ? 'textarea' : '[contenteditable="true"]'],
        },
        async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          const [selector] = box.spec.editor;
          await box.page.evaluate(
            (selector, lines) => {
              Object.assign(document.querySelector(selector).style, {
                height: '300px',
                overflow: 'auto',
                font: '14px/20px monospace',
                whiteSpace: 'pre-wrap',
              });
              globalThis.lab.load(lines.map((line) => [line]));
            },
            selector,
            LINES,
          );
          await box.click(box.spec.editor);
          await box.press('Control+Home');
          await box.page.keyboard.type('.');
          for (const share of [0, 0.5, 0.8]) {
            await box.page.evaluate(
              (selector, share) => {
                const box = document.querySelector(selector);
                box.scrollTop = share * box.scrollHeight;
              },
              selector,
              share,
            );
            await until(`marks at ${share} of it`, async () => {
              const marks = joined((await tacto.shown()).marks.map(({ rect }) => rect));
              const { top, bottom } = await box.page.evaluate((selector) => {
                const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
                return { top, bottom };
              }, selector);
              const isInside = marks.every((one) => one.top >= top - 4 && one.bottom <= bottom + 4);
              // All but the lines that the edges cut.
              const most = Math.ceil((bottom - top) / 20) + 1;
              return isInside && marks.length >= 6 && marks.length <= most;
            });
          }
          const drawn = await tacto.evaluate("(root) => root.querySelectorAll('.mark').length");
          assert.ok(Math.max(...drawn) < 60, `${drawn} marks are drawn for what can be seen`);
          await box.press('F8');
          assert.match((await tacto.card()).text, /At most 200 places are marked/);
        },
        { alone: true },
      ));
  }
});
