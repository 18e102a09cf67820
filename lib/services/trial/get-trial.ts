import 'server-only';
import { isResponse, type ResponseMap } from '#domain/answers.ts';
import type { Level, LocalizedText } from '#domain/framework.ts';
import type { Layers } from '#domain/scoring.ts';
import { readWork } from '#services/assessments/work-facts.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';

/** What stands in the address: criteria by key, each with the response that is tried. What is no such thing is left out. */
export type GetTrialInput = { assessmentId: string; tried: Readonly<Record<string, unknown>> };

/** As much of a framework as scoring and its words need: small, since it goes to the browser. */
export type TrialFramework = {
  intake: readonly string[];
  sections: readonly {
    key: string;
    title: LocalizedText;
    weight: number;
    criteria: readonly {
      key: string;
      level: Level;
      short: LocalizedText;
      appliesWhen: readonly string[];
      fulfilledBy: readonly string[];
    }[];
  }[];
};

export type Trial = {
  assessmentId: string;
  roundName: string;
  reference: string;
  framework: TrialFramework;
  /** What stands in the assessment now. */
  layers: Pick<Layers, 'intake' | 'answers' | 'carried'> & { outside: ResponseMap };
  tried: ResponseMap;
};

/** The facts for trying answers: nothing of it is stored, and scoring is left to the page, by the same pure function. */
export async function getTrial(ctx: Context, { assessmentId, tried }: GetTrialInput): Promise<Trial> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessment, round, framework, layers } = await readWork(tx, assessmentId);
    authorize(ctx.actor, 'assessment.read', { organisationId: assessment.organisationId });
    return {
      assessmentId: assessment.id,
      roundName: round.name,
      reference: assessment.reference,
      framework: {
        intake: framework.intake.map(({ key }) => key),
        sections: framework.sections.map(({ key, title, weight, criteria }) => ({
          key,
          title,
          weight,
          criteria: criteria.map((criterion) => ({
            key: criterion.key,
            level: criterion.level,
            short: criterion.short,
            appliesWhen: criterion.appliesWhen,
            fulfilledBy: criterion.fulfilledBy,
          })),
        })),
      },
      layers: {
        intake: layers.intake,
        answers: layers.answers,
        outside: layers.outside ?? {},
        carried: layers.carried ?? {},
      },
      tried: Object.fromEntries(
        Object.entries(tried).flatMap(([key, value]) =>
          framework.criterion(key) && isResponse(value) ? [[key, value] as const] : [],
        ),
      ),
    };
  });
}
