// The extension's own reader and writer of editors, bundled from its source, for a page of the
// tests to run: for what no person can point at, such as how a mention is read. What people see is
// tested through the shipped extension.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const editors = fileURLToPath(new URL('../../extension/src/content/editors/', import.meta.url));

/** A script that leaves `unit.editorOf` and `unit.replace` in the page. */
export async function unitScript() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { editorOf } from './index.ts';
        import { replace } from './replace.ts';
        globalThis.unit = { editorOf, replace };`,
      resolveDir: editors,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}
