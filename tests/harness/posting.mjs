// What comes of a post: it goes out, or it is held first; once, and exactly as it was written.
import assert from 'node:assert/strict';
import { never, until } from './wait.mjs';

/**
 * Whatever fails, a post is let go after 0.8 s (`HOLD_MS`, extension/src/content/gate.ts). How long it
 * really takes is for the bench (tests/bench/page.mjs); here, that it is not stuck, by the page's
 * own clock and with room for a machine that is busy.
 */
const STUCK_MS = 3000;

/** For `until` and `never`: whether anything has been posted. */
export const isPosted = (box) => async () => (await box.posted()).length > 0;

/** Submits: it goes out by itself, just once. */
export async function goesOut(box, submit, text) {
  const start = await box.where.evaluate('performance.now()');
  await submit();
  await until('the post', isPosted(box));
  await never('a second post', async () => (await box.posted()).length > 1, 300);
  assert.deepEqual(await box.posted(), [text]);
  const took = (await box.where.evaluate('testbed.posted[0].at')) - start;
  assert.ok(took < STUCK_MS, `it was stuck for ${took.toFixed(0)} ms`);
}

/** Submits: it is held, and goes out just once when the gate is told to post. */
export async function isHeld(box, tacto, submit, text) {
  await submit();
  const gate = await tacto.gate();
  assert.deepEqual(await box.posted(), []);
  await tacto.press(gate, 'gate.post');
  await until('the post', isPosted(box));
  await never('a second post', async () => (await box.posted()).length > 1, 300);
  assert.deepEqual(await box.posted(), [text]);
}
