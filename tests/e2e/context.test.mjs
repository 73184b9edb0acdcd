// Who will read a draft, and in whose name: read from the page, in four languages, and followed when
// it changes. A guide with a rule for each answer makes visible what was read.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { contextIn, PROBE, PUBLIC, probing, STOP, STOP_PUBLIC } from '../harness/probe.mjs';
import { inEveryBrowser } from '../harness/suite.mjs';
import { Tacto } from '../harness/tacto.mjs';
import { until } from '../harness/wait.mjs';

/** Well below the half second after which a page is looked at again in any case. */
const AT_ONCE_MS = 350;

const copies = [];
after(() => Promise.all(copies.map(({ remove }) => remove())));

async function withProbe(kind) {
  const copy = await probing(kind);
  copies.push(copy);
  return { extension: copy.extension };
}

/** What the page is asked to be, and what is read there before and after each change. */
const AUDIENCES = [
  ['facebook-post', '?lang=en', ['public', 'friends', 'private', 'unknown']],
  ['facebook-post', '?lang=es', ['public', 'friends', 'private', 'unknown'], 'Publicar'],
  ['facebook-post', '?lang=pt', ['public', 'friends', 'private', 'unknown'], 'Publicar'],
  ['facebook-post', '?lang=fr', ['public', 'friends', 'private', 'unknown'], 'Publier'],
  ['linkedin-share', '?lang=en', ['public', 'connections', 'group']],
  ['linkedin-share', '?lang=es', ['public', 'connections', 'unknown']],
  ['linkedin-share', '?lang=pt', ['public', 'connections', 'unknown']],
  ['linkedin-share', '?lang=fr', ['public', 'connections', 'unknown']],
  ['x-dialog', '', ['public', 'group']],
  ['x-home', '?protected', ['friends']],
];

const CONTROL = {
  'facebook-post': ['[role="dialog"] .audience'],
  'linkedin-share': ['#interop-outlet', '.share-unified-settings-entry-button'],
  'x-dialog': ['[role="dialog"] [aria-label="Choose audience"]'],
};

inEveryBrowser('Who will read it', withProbe, (world) => {
  for (const [name, query, audiences, label] of AUDIENCES) {
    test(`${name}${query}: ${audiences.join(', then ')}`, () =>
      world.with(
        name,
        async (box) => {
          const tacto = new Tacto(box.page, world.kind);
          if (label)
            box.spec = { ...box.spec, button: [`[role="dialog"] [aria-label="${label}"]`] };
          await box.type(`${STOP} ${PROBE}`);
          for (const [i, audience] of audiences.entries()) {
            if (i > 0) await box.click(CONTROL[name]);
            await box.pressButton();
            const gate = await tacto.gate();
            assert.equal(contextIn(gate.text).audience, audience);
            await tacto.press(gate, 'gate.back');
            await tacto.noGate();
          }
        },
        { query },
      ));
  }

  for (const [name, change] of Object.entries(CONTROL)) {
    test(`${name}: another audience judges the draft anew, at once, without a key`, () =>
      world.with(name, async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        await box.type(PUBLIC);
        await tacto.marks(1);
        // All the way round, twice: back to public, where it is marked again.
        const all = AUDIENCES.find(([of]) => of === name)[2];
        const took = [];
        for (let i = 1; i <= all.length * 2; i += 1) {
          const audience = all[i % all.length];
          await box.click(change);
          const start = performance.now();
          await tacto.marks(audience === 'public' || audience === 'unknown' ? 1 : 0);
          const before = all[(i - 1) % all.length];
          if ((audience === 'public') !== (before === 'public'))
            took.push(performance.now() - start);
        }
        const best = Math.min(...took);
        assert.ok(best < AT_ONCE_MS, `the fastest of ${took.length} took ${best.toFixed(0)} ms`);
      }));
  }

  test('facebook-post in two steps: an audience picked in the second is held in the second', () =>
    world.with(
      'facebook-post',
      async (box) => {
        const tacto = new Tacto(box.page, world.kind);
        const audience = CONTROL['facebook-post'];
        await box.type(STOP_PUBLIC);
        await tacto.marks(1);
        await box.click(audience);
        await tacto.marks(0);
        await box.click(['[role="dialog"] [aria-label="Next"]']);
        const post = ['[role="dialog"] [aria-label="Post"]'];
        await until('the second step', () => box.rectOf(post));
        // Friends, only me, friends of friends, and back to public.
        for (let i = 0; i < 3; i += 1) await box.click(audience);
        await box.click(post);
        const gate = await tacto.gate();
        assert.match(gate.text, /audience: public/);
        assert.deepEqual(await box.posted(), []);
        await tacto.press(gate, 'gate.back');
        await tacto.noGate();
        assert.deepEqual(await box.posted(), []);
      },
      { query: '?two-steps' },
    ));
});
