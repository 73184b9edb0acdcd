/** What the guide's page shows of the guide in force: prose and examples, and no list of names. */
import type { Severity } from '#engine';
import { currentGuide } from './guide-store';
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
  const { bundle } = await currentGuide();
  const { company, sections, rules } = JSON.parse(bundle) as Bundle;
  return {
    company,
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

function texts({ es, en }: Both<readonly Example[]>): Both<readonly string[]> {
  const text = (example: Example): string => (typeof example === 'string' ? example : example.text);
  return { es: es.map(text), en: en.map(text) };
}
