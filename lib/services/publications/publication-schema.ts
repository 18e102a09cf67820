import { z } from 'zod';
import { grounds, responses } from '#domain/answers.ts';

const response = z.enum(responses);
const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const exact = z
  .string()
  .regex(/^\d+(\/\d+)?$/)
  .describe('An exact score: a whole number or a fraction in lowest terms.');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .describe('ISO 8601, in UTC.');
const intake = z.record(z.string(), z.boolean());

const laterPiece = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  fileName: z.string().nullable(),
  webAddress: z.string().nullable(),
  seenOn: day.nullable(),
  sha256: sha256.nullable(),
  locator: z.string().describe('Page or paragraph; empty when none was named.'),
});

const claimCounts = z.strictObject({
  listSha256: sha256.describe("Of the insurer's list that was drawn from."),
  listed: z.int().min(1).describe('Claims in that list.'),
  drawn: z.int().min(1).describe('The sum of the four below.'),
  conform: z.int().min(0),
  notConform: z.int().min(0),
  undeterminable: z.int().min(0),
  open: z.int().min(0).describe('Drawn, and not looked at.'),
});

const criterionTrace = z.strictObject({
  key: z.string(),
  level,
  applies: z.boolean(),
  because: z.array(z.string()).describe('Intake facts that are false and make it not apply.'),
  response: response.nullable().describe('What counts.'),
  layer: z.enum(['answer', 'outside', 'verdict']).nullable(),
  fulfilled: z.boolean(),
  fulfilledHigh: z.boolean(),
  by: z.string().nullable().describe('The criterion that fulfils it.'),
  code: z.enum(['met', 'surpassed', 'partly', 'not_met', 'unanswered', 'not_applicable']),
});

const sectionTrace = z.strictObject({
  key: z.string(),
  applies: z.boolean(),
  carried: z.boolean().optional(),
  low: level.nullable(),
  high: level.nullable(),
  levels: z.array(
    z.strictObject({
      level,
      reached: z.boolean(),
      reachedHigh: z.boolean(),
      passedThrough: z.boolean(),
      criteria: z.array(criterionTrace),
    }),
  ),
  stops: z.array(z.string()).describe('Criteria that stop the climb.'),
  stopsHigh: z.array(z.string()),
  awaitsIntake: z.array(z.string()),
});

/** A publication as data, for whoever reads the file that an insurer downloads: the published schema is made of it. */
export const publicationSchema = z.strictObject({
  schema: z.literal('trede-publication-1'),
  reference: z.string(),
  edition: z.int().min(1),
  reason: z.string().describe('Why this edition replaces the one before; empty for the first.'),
  previousSha256: sha256
    .optional()
    .describe('Of the edition before; absent in the first, and in outcomes that were published before this was told.'),
  organisation: z.strictObject({ name: z.string(), number: z.string() }),
  round: z.strictObject({ name: z.string(), productScope: z.string(), periodFrom: day, periodTo: day }),
  framework: z.strictObject({ ref: z.string(), sha256 }),
  submission: z.strictObject({ number: z.int().min(1), sha256, signedAt: instant }),
  intake: z.strictObject({
    own: intake.describe("The insurer's answers to the profile questions."),
    effective: intake.describe('What the score was computed with.'),
    verdicts: z
      .record(
        z.string(),
        z.strictObject({ overrides: z.boolean(), ground: z.enum(grounds).nullable(), reason: z.string() }),
      )
      .optional()
      .describe('By profile question; absent in outcomes that were published before this was told.'),
  }),
  criteria: z.array(
    z.strictObject({
      key: z.string(),
      applies: z.boolean(),
      answer: z.strictObject({ response: response.nullable(), explanation: z.string() }).nullable(),
      outside: z.strictObject({ response, measuredOn: day, source: z.string() }).nullable(),
      verdict: z
        .strictObject({
          response,
          overrides: z.boolean(),
          ground: z.enum(grounds).nullable(),
          reason: z.string(),
          claimCounts: claimCounts
            .optional()
            .describe(
              'What the drawn claim files showed when the verdict was given; absent where it rests on none, and in outcomes that were published before this was told.',
            ),
        })
        .nullable(),
      supplements: z
        .array(
          z.strictObject({
            question: z.string().nullable().describe('Null where the platform asked, for a file that was refused.'),
            text: z.string(),
            sentAt: instant,
            evidence: z.array(laterPiece),
          }),
        )
        .optional()
        .describe(
          'What the insurer answered to information requests after signing; absent in outcomes that were published before this was told.',
        ),
    }),
  ),
  sections: z.array(
    z.strictObject({
      key: z.string(),
      applies: z.boolean(),
      own: level.nullable().describe("From the insurer's own answers."),
      computed: level.nullable().describe('From answers, outside results and verdicts.'),
      level: level.nullable().describe('As the supervisor determined it.'),
      reason: z.string(),
      carried: z.strictObject({ level, roundName: z.string(), publicationId: z.uuid(), reason: z.string() }).optional(),
      hearing: z.strictObject({ objection: z.string(), answer: z.string() }).optional(),
      heardEvidence: z
        .array(z.strictObject({ version: z.int().min(1), sentAt: instant, evidence: z.array(laterPiece) }))
        .optional()
        .describe(
          'Evidence that came with the response to a version of the draft outcome; absent in outcomes that were published before this was told.',
        ),
      trace: sectionTrace,
    }),
  ),
  hearing: z
    .strictObject({
      version: z.int().min(1),
      sentAt: instant,
      termAt: instant,
      respondedAt: instant.nullable().describe('Null: the insurer kept silent, which is no agreement.'),
    })
    .optional()
    .describe(
      'Of the draft outcome that was sent last; absent where there was none, and in outcomes from before this was told.',
    ),
  gains: z.array(
    z.strictObject({
      sectionKey: z.string(),
      from: level,
      to: level,
      missing: z.array(z.strictObject({ criterion: z.string(), orElse: z.array(z.string()) })),
      totalAfter: exact,
    }),
  ),
  total: exact.nullable(),
  computedTotal: exact.nullable(),
  ownTotal: exact.nullable(),
  decidedAt: instant,
  publishedAt: instant,
  auditHead: sha256.nullable(),
});

/** Where the schema can be read, below the address of the platform; under one name it grows only by what may be absent. */
export const publicationSchemaPath = '/schemas/trede-publication-1.json';

/** The text of the published JSON Schema. */
export const publicationSchemaText = () =>
  `${JSON.stringify({ ...z.toJSONSchema(publicationSchema), title: 'A published outcome' }, null, 2)}\n`;
