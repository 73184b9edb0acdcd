// The extension's own pages: the practice page, where anybody can try the guide, and the popup.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { openExtensionPage } from '../harness/extension-page.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';
import { clean, fixable, stop } from './drafts.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens a page of the extension and notes what it complains of. */
async function open(world, path) {
  const errors = [];
  const page = await openExtensionPage(world.session, path, (opened) => {
    opened.on('pageerror', (error) => errors.push(error.message));
    opened.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  });
  return { page, errors };
}

/** Serious faults that a screen reader or a keyboard would meet. */
async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const PRACTICE_BOX = 'textarea, [contenteditable="true"]';

inEveryBrowser("The extension's own pages", {}, (world) => {
  test('the popup opens without complaint, says the state and leads to the practice page', async () => {
    const { page, errors } = await open(world, 'pages/popup.html');
    await until('a status', () =>
      page.evaluate(() => document.body.textContent.trim().length > 20),
    );
    assert.ok(
      await page.evaluate(() => [...document.querySelectorAll('a, button')].length > 0),
      'it leads somewhere',
    );
    assert.deepEqual(await faults(page), []);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test('the practice page marks what is typed, holds a stop, and lets a clean draft be', async () => {
    const { page, errors } = await open(world, 'pages/practice.html');
    const tacto = new Tacto(page, world.kind);
    await page.click(PRACTICE_BOX);
    await page.keyboard.type(clean);
    assert.deepEqual((await tacto.shown()).marks, []);
    await page.keyboard.type(`\n${fixable.text}`);
    await tacto.marks(1);
    await page.keyboard.type(`\n${stop.text}`);
    await tacto.marks(2);
    assert.deepEqual(await faults(page), []);
    assert.deepEqual(errors, []);
    await page.close();
  });
});

inEveryBrowser('In Spanish', { language: 'es' }, (world) => {
  test('card and gate speak the language of the browser', () =>
    world.with('x-home', async (box) => {
      const tacto = new Tacto(box.page, world.kind);
      await box.type(stop.text);
      await tacto.marks(1);
      await box.pressButton();
      const gate = await tacto.gate();
      assert.match(gate.text, /publicar|volver/i);
      assert.doesNotMatch(gate.text, /\b(the|your|anyway)\b/i);
    }));

  test('the practice page says in it what decided', async () => {
    const { page } = await open(world, 'pages/practice.html');
    await page.click(PRACTICE_BOX);
    await page.keyboard.type('Project Nightjar ships soon');
    const found = await until('a finding', () =>
      page.evaluate(() => document.querySelector('.found')?.innerText),
    );
    assert.match(found, /Project Nightjar .* aún no es público/);
    await page.close();
  });
});
