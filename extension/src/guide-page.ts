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
    rules: rules.map(({ id, section, severity, say, hits, misses }) => ({
      id,
      section,
      severity,
      title: { es: say.es.title, en: say.en.title },
      hits: texts(hits),
      misses: texts(misses),
    })),
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

function texts({ es, en }: Both<readonly Example[]>): Both<readonly string[]> {
  const text = (example: Example): string => (typeof example === 'string' ? example : example.text);
  return { es: es.map(text), en: en.map(text) };
}
