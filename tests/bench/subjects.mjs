// What is measured: Tacto's wasm, and what else can be had from npm for parts of the same work.
// Each subject is loaded in a process of its own: `load()` gives a function that checks one text.
import { readFile } from 'node:fs/promises';
import { bundleWith, engine } from './engine.mjs';
import { names } from './texts.mjs';

const tacto = (terms) => ({
  does: `the shipped guide${terms ? ` and ${terms.toLocaleString('en')} clients` : ''}, Spanish and English`,
  prepare: () => bundleWith(names(terms)),
  load: (bundle) => engine(bundle),
});

/** By name; what `prepare` gives, `load` gets, and only `load` is timed. `slow` subjects are measured on fewer rounds. */
export const subjects = {
  'tacto (wasm)': tacto(0),
  'tacto (wasm), 10,000 clients': tacto(10_000),
  'tacto (wasm), 100,000 clients': tacto(100_000),
  obscenity: {
    does: 'English profanity',
    async load() {
      const { RegExpMatcher, englishDataset, englishRecommendedTransformers } = await import(
        'obscenity'
      );
      const matcher = new RegExpMatcher({
        ...englishDataset.build(),
        ...englishRecommendedTransformers,
      });
      return { check: (text) => matcher.getAllMatches(text, true) };
    },
  },
  alex: {
    does: 'insensitive wording, English',
    slow: true,
    async load() {
      const { text: alex } = await import('alex');
      return { check: (text) => alex(text).messages };
    },
  },
  'redact-pii': {
    does: 'personal data by pattern, English',
    async load() {
      const { SyncRedactor } = (await import('redact-pii')).default ?? (await import('redact-pii'));
      const redactor = new SyncRedactor();
      return { check: (text) => redactor.redact(text) };
    },
  },
  secretlint: {
    does: 'credentials',
    slow: true,
    async load() {
      const { lintSource } = await import('@secretlint/core');
      const { creator } = await import('@secretlint/secretlint-rule-preset-recommend');
      const config = {
        rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }],
      };
      return {
        check: (content) =>
          lintSource({
            source: { content, filePath: '/draft.txt', ext: '.txt', contentType: 'text' },
            options: { config },
          }),
      };
    },
  },
  'vader-sentiment': {
    does: 'tone, English',
    async load() {
      const { SentimentIntensityAnalyzer } = (await import('vader-sentiment')).default;
      return { check: (text) => SentimentIntensityAnalyzer.polarity_scores(text) };
    },
  },
  'harper.js': {
    does: 'grammar, English',
    slow: true,
    async load() {
      const { LocalLinter, createBinaryModuleFromUrl } = await import('harper.js');
      const bytes = await readFile(
        new URL('harper_wasm_bg.wasm', import.meta.resolve('harper.js')),
      );
      const binary = createBinaryModuleFromUrl(
        `data:application/wasm;base64,${bytes.toString('base64')}`,
      );
      const linter = new LocalLinter({ binary });
      await linter.setup();
      return { check: (text) => linter.lint(text) };
    },
  },
};
