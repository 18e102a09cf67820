import { readFileSync } from 'node:fs';
import { compileFramework, type Framework } from '#domain/framework.ts';
import type { FrameworkDocument } from '#domain/framework-document.ts';
import { parseFramework } from '#services/frameworks/parse-framework.ts';

type SectionDocument = FrameworkDocument['sections'][number];
type CriterionDocument = SectionDocument['criteria'][number];

/** What differs from a plain criterion or section; the rest is filled in. */
type CriterionSketch = Partial<CriterionDocument> & { key: string };
type SectionSketch = Partial<Omit<SectionDocument, 'criteria'>> & { criteria: (CriterionSketch | string)[] };

const says = (nl: string) => ({ nl, en: `${nl} (en)` });

/** A complete framework document out of a sketch: sections by key, criteria by key, intake questions by key. */
export function sketchDocument(sections: Record<string, SectionSketch>, intake: string[] = []): FrameworkDocument {
  return {
    key: 'sketch',
    edition: '1',
    title: says('Schets'),
    source: { publisher: 'Niemand', title: 'Schets', year: 2026 },
    authority: 'nl',
    reading: [],
    levels: [1, 2, 3, 4, 5].map((level) => ({ level, name: says(`Niveau ${level}`) })),
    intake: intake.map((key) => ({ key, question: says(`${key}?`), help: says('Hulp'), short: says(key) })),
    sections: Object.entries(sections).map(([key, section]) => ({
      title: says(`Onderdeel ${key}`),
      weight: 1,
      thinking: says('Gedachtegang'),
      gist: says('Kern'),
      outsideAssessor: false,
      levelTexts: [{ level: 1, text: says('Onvoldoende') }],
      ...section,
      key,
      criteria: section.criteria.map((sketch) => {
        const criterion = typeof sketch === 'string' ? { key: sketch } : sketch;
        return {
          level: Number(criterion.key.split('.')[1]),
          short: says(`kort ${criterion.key}`),
          text: says(`Tekst van ${criterion.key}`),
          help: { asked: says('Gevraagd'), evidence: says('Bewijs') },
          ...criterion,
        };
      }),
    })),
  };
}

/** Compiles a document that is expected to be right. */
export function compiled(document: FrameworkDocument): Framework {
  const result = compileFramework(document);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.framework;
}

export function sketch(sections: Record<string, SectionSketch>, intake: string[] = []): Framework {
  return compiled(sketchDocument(sections, intake));
}

export const normSource = readFileSync(
  new URL('../../frameworks/afm-claimafhandeling-2016-2017.yaml', import.meta.url),
  'utf8',
);

/** The framework that ships. */
export const norm: Framework = shipped();

function shipped(): Framework {
  const result = parseFramework(normSource);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.framework;
}

/** A right document of `size` criteria (4 or more), spread over sections of at most sixty and over levels 2 to 5. */
export function sizedDocument(size: number): FrameworkDocument {
  const sections = Math.ceil(size / 60);
  const sizeOf = (index: number) => Math.floor(size / sections) + (index < size % sections ? 1 : 0);
  const made = Array.from({ length: sections }, (_, index) => {
    const letter = String.fromCharCode(65 + index);
    const criteria = Array.from(
      { length: sizeOf(index) },
      (_, place) => `${letter}.${2 + (place % 4)}.${String.fromCharCode(97 + Math.floor(place / 4))}`,
    );
    return [letter, { criteria: criteria.toSorted() }] as const;
  });
  return { ...sketchDocument(Object.fromEntries(made)), key: 'sized', edition: String(size) };
}
