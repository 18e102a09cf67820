import type { IntakeMap, Response } from '#domain/answers.ts';
import type { Criterion, Framework } from '#domain/framework.ts';

/** A made-up answer with what supports it; drawn, never read from anywhere. */
export type DrawnAnswer = {
  criterion: Criterion;
  response: Response;
  explanation: string;
  evidence: DrawnEvidence | null;
};

export type DrawnEvidence = { kind: 'file' | 'web_address'; title: string; aboutPeriod: string; locator: string };

export type Random = () => number;

/** Draws the same numbers from 0 up to 1 for the same seed (the generator mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Answers to every criterion that applies, in the norm's order.
 * @param strength from 0 (a weak insurer) to 1 (a strong one): how high its sections reach
 */
export function drawAnswers(framework: Framework, intake: IntakeMap, strength: number, random: Random): DrawnAnswer[] {
  const applies = ({ appliesWhen }: Criterion) => appliesWhen.every((key) => intake[key] !== false);
  const targets = drawTargets(framework, strength, random);
  return framework.criteria.filter(applies).map((criterion) => {
    const response = drawResponse(criterion.level, targets.get(criterion.sectionKey) ?? 3, random);
    const written = response === 'met' ? writtenTexts[criterion.key] : undefined;
    const explanation = written ?? `${capital(criterion.short.nl)}: ${pick(phrases[response], random)}`;
    const supported = response === 'met' && (criterion.evidenceAsked || random() < 0.7);
    return { criterion, response, explanation, evidence: supported ? drawEvidence(criterion, random) : null };
  });
}

/** Why a supervisor's verdict differs, in the words that the insurer reads. */
export const overrideReasons = [
  'De beschrijving is duidelijk, maar de stukken laten de uitvoering in de onderzochte periode niet zien.',
  'De werkinstructie bestaat. In de toegezonden stukken ontbreekt dat medewerkers haar kennen en volgen.',
  'Het stuk gaat over een eerdere periode. Voor de referentieperiode van deze ronde is geen bewijs gegeven.',
] as const;

/** The level that each section is meant to reach: around what the strength asks, one step up or down. */
function drawTargets(framework: Framework, strength: number, random: Random): ReadonlyMap<string, number> {
  return new Map(framework.sections.map(({ key }) => [key, Math.round(1.4 + 3.2 * strength + 1.6 * (random() - 0.5))]));
}

/** Mostly yes up to the target, mostly not yet above it. */
function drawResponse(level: number, target: number, random: Random): Response {
  const drawn = random();
  if (level <= target) return drawn < 0.985 ? 'met' : 'partly';
  if (drawn < (level === target + 1 ? 0.35 : 0.25)) return 'met';
  return drawn < 0.75 ? 'partly' : 'not_met';
}

function drawEvidence(criterion: Criterion, random: Random): DrawnEvidence {
  const page = 2 + Math.floor(random() * 30);
  return {
    kind: random() < 0.4 ? 'file' : 'web_address',
    title: `${pick(documents, random)} ${criterion.short.nl}`,
    aboutPeriod: pick(periods, random),
    locator: random() < 0.85 ? `blz. ${page}` : '',
  };
}

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const documents = ['Werkinstructie', 'Kwartaalrapportage', 'Verslag kwaliteitscontrole', 'Beleidsnotitie'] as const;
const periods = ['eerste kwartaal', 'tweede kwartaal', 'derde kwartaal', 'het hele jaar'] as const;

const phrases: Record<Response, readonly string[]> = {
  met: [
    'dit staat in ons beleid Schade, hoofdstuk 3. De teamleiders bespreken het elk kwartaal met hun team en leggen de uitkomst vast.',
    'wij werken hier sinds twee jaar mee. Kwaliteitsbeheer neemt elke maand een steekproef en meldt afwijkingen aan de directie.',
    'alle betrokkenen kennen de afspraak; zij staat in de werkinstructie en in de training voor nieuwe collega’s.',
    'wij meten dit met de klantreacties na afloop van een schade en met de maandelijkse kwaliteitscontrole.',
  ],
  partly: [
    'de afspraak is gemaakt en wordt bij particuliere schades gevolgd. Voor zakelijke schades voeren wij haar dit jaar in.',
    'het beleid is vastgesteld. Een vaste controle op de uitvoering ontbreekt nog; die begint in het volgende kwartaal.',
    'wij doen dit in de meeste gevallen, maar leggen het niet altijd vast in het dossier.',
  ],
  not_met: [
    'dit hebben wij nog niet ingericht. Het staat in het jaarplan.',
    'hier zijn geen afspraken over gemaakt; een voorstel ligt bij de directie.',
  ],
};

/** A few answers as somebody would really write them. */
const writtenTexts: Readonly<Record<string, string>> = {
  'I.3.c':
    'Sinds maart werken wij met een vaste werkinstructie voor coulance en twijfel over dekking. Twee behandelaars beslissen samen, boven € 5.000 ook de teamleider. Elk besluit komt in het coulanceregister. Alle behandelaars hebben de training gevolgd.',
  'II.4.a':
    'Elk kwartaal krijgt de directie een overzicht van de verbeterpunten uit audits en controles, met eigenaar en einddatum. Van de 31 punten van het afgelopen jaar zijn er 27 afgesloten; van de andere vier staat de reden in het verslag.',
  'III.4.a':
    'Elk kwartaal leest het team Expertise 40 rapporten van externe experts terug, getrokken uit alle motorschades. Wij letten op doorlooptijd en schadebedrag, maar ook op uitleg aan de klant en toon. Daarnaast bellen wij 25 klanten per maand binnen een week na de expertise.\n\nDe uitkomsten bespreken wij per kwartaal met de drie bureaus.',
};
