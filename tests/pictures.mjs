// Takes the README's pictures: mark, card and gate on the three sites, light and dark; then Tacto's
// own screens.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, root } from './harness/browsers.mjs';
import { Composer } from './harness/composers.mjs';
import { startServer } from './harness/server.mjs';
import { Tacto } from './harness/tacto.mjs';
import { ownPictures } from './own-pictures.mjs';

const folder = join(root, 'extension', 'pictures');

const SHOTS = {
  x: {
    composer: 'x-home',
    text: '🎉 We signed Northmere Energy yesterday! Come and see the new WattFlow with us.',
    marks: 2,
    language: 'en',
  },
  facebook: {
    composer: 'facebook-post',
    text: '🎉 ¡Qué semana! Ayer firmamos con Northmere Energy. Probad el nuevo WattFlow.',
    marks: 3,
    language: 'es',
  },
  linkedin: {
    composer: 'linkedin-share',
    text: 'Proud of the team behind Project Nightjar, built on WattFlow. And you said it was impossible, you idiot 🙃',
    marks: 3,
    language: 'en',
  },
};

await mkdir(folder, { recursive: true });
const server = await startServer();
for (const language of ['en', 'es']) {
  for (const theme of ['light', 'dark']) {
    const session = await launch('chromium', { server, language });
    for (const [site, shot] of Object.entries(SHOTS)) {
      if (shot.language !== language) continue;
      const box = await Composer.open(session, shot.composer, {
        prepare: (page) =>
          Promise.all([
            page.setViewport({ width: 960, height: 680 }),
            page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]),
          ]),
      });
      const tacto = new Tacto(box.page, 'chromium');
      await box.type(shot.text);
      const marks = await tacto.marks(shot.marks);
      const save = (what) =>
        box.page.screenshot({ path: join(folder, `${site}-${what}-${theme}.png`) });
      await save('mark');
      await tacto.openCard(marks[0]);
      await save('card');
      await tacto.leaveCard();
      await box.pressButton();
      await tacto.gate();
      await save('gate');
      console.log(`${site}, ${theme}: mark, card, gate`);
      await box.close();
    }
    await session.close();
  }
}
await ownPictures(server, folder);
await server.close();
console.log(`\nIn ${folder}`);
