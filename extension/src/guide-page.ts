/** What the guide's page shows of the guide in force: prose and examples, and no list of names. */
import type { Info, Severity } from '#engine';
import { engine, shippedGuide } from './engine-host';
import { ownGuide } from './policy';
import type { Both, GuidePage } from './shared/messages';

type Example = string | { readonly text: string };

/** What is read of a bundle; the engine has checked the whole when it loaded it. */
interface Bundle {
  readonly company: GuidePage['company'];
  readonly sections: GuidePage['sections'];
  readonly rules: readonly {
    readonly id: string;
    readonly section: string;
    readonly severity: Severity;
    readonly say: Both<{ readonly title: string }>;
    readonly hits: Both<readonly Example[]>;
    readonly misses: Both<readonly Example[]>;
  }[];
}

export async function guidePage(): Promise<GuidePage> {
  const loaded = await engine();
  const { company, sections, rules } = JSON.parse(ownGuide() ?? (await shippedGuide())) as Bundle;
  return {
    company: 'engine' in loaded ? companyOf(loaded.engine.info()) : company,
    sections: sections.map(({ id, title, body }) => ({ id, title, body })),
    rules: rules.map(({ id, section, severity, say, hits, misses }) => {
      const shown = texts(hits);
      return {
        id,
        section,
        severity,
        title: { es: say.es.title, en: say.en.title },
        hits: shown,
        misses: texts(misses, shown),
      };
    }),
  };
}

/** A policy may have changed whose guide it is and whom to ask. */
function companyOf(info: Info): GuidePage['company'] {
  const { company, contact, guideVersion, guideAuthor, validUntil } = info;
  return {
    name: company,
    contact,
    ...(guideVersion === null ? {} : { guide_version: guideVersion }),
    ...(guideAuthor === null ? {} : { guide_author: guideAuthor }),
    ...(validUntil === null ? {} : { valid_until: validUntil }),
  };
}

/**
 * Each text once, and none of `but`: a hit that stays silent among friends or in a message shows
 * nothing without saying where.
 */
function texts(examples: Both<readonly Example[]>, but?: Both<readonly string[]>) {
  const of = (lang: 'es' | 'en') => {
    const all = examples[lang].map((one) => (typeof one === 'string' ? one : one.text));
    return [...new Set(all)].filter((text) => !but?.[lang].includes(text));
  };
  return { es: of('es'), en: of('en') };
}
