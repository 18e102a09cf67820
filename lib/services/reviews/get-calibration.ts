import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import {
  type AnswerCount,
  type CriterionCalibration,
  type CriterionReviewer,
  compareCriteria,
  compareReviewers,
} from '#domain/calibration.ts';
import {
  compareSections,
  isFarFromClaim,
  isOutlying,
  type LevelCount,
  type SectionCalibration,
} from '#domain/calibration-levels.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import {
  countedCases,
  type DistantSection,
  readAnswerCounts,
  readDistantSections,
  readLevelCounts,
  readSize,
  readTellingVerdicts,
  type TellingVerdict,
} from './calibration-counts.ts';
import { readCodes } from './colleagues.ts';

export const getCalibrationInput = z.object({ roundId: z.uuid() });
export type GetCalibrationInput = z.infer<typeof getCalibrationInput>;

/** A case that stands out in one section; `reviewer` is who determined it. */
export type OutlyingCase = Omit<DistantSection, 'determinedBy'> & { reviewer: string };
/** A case that shows how a criterion is read. */
export type TellingCase = Omit<TellingVerdict, 'decidedBy' | 'criterionKey'> & { reviewer: string };

export type Calibration = {
  roundId: string;
  name: string;
  /** Insurers of the round, and those with at least one verdict. */
  insurers: number;
  judged: number;
  sections: readonly (SectionCalibration & { title: LocalizedText })[];
  /** Outliers first; `cases` are those that override, and where two reviewers are apart, those that confirm too. */
  criteria: readonly (CriterionCalibration & {
    sectionKey: string;
    short: LocalizedText;
    cases: readonly TellingCase[];
  })[];
  reviewers: readonly (CriterionReviewer & { changed: number })[];
  /** The code of who reads, when a reviewer. */
  own: string | null;
  /** A step and a half or more from the mean of their section, furthest first. */
  outlying: readonly OutlyingCase[];
  /** Determined two steps or more from what was claimed, furthest first. */
  farFromClaim: readonly OutlyingCase[];
  readAt: string;
};

/** Somebody who judges without being a reviewer of this organisation any more. */
const unknownReviewer = 'B?';
/** Cases of a criterion that a line names. */
const casesNamed = 4;

/**
 * How insurers and reviewers score in a round, for those who judge in it: working figures, never shown to an insurer. Of
 * what insurers say it reads what they signed. Every case of an insurer with which the reader has a conflict is left out,
 * as if it were not there. Eight statements, whatever the number of insurers; what stands out is cut off in the database.
 * @throws not found for an unknown round, and for a reviewer of other rounds
 */
export async function getCalibration(ctx: Context, { roundId }: GetCalibrationInput): Promise<Calibration> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'calibration.read');
  return inTransaction(ctx, async (tx) => {
    const counted = countedCases(ctx, roundId);
    const [[round], [size], codes, answerRows, levelRows, distant, telling] = await Promise.all([
      readRound(tx, ctx, roundId),
      readSize(tx, counted),
      readCodes(tx, ctx),
      readAnswerCounts(tx, counted),
      readLevelCounts(tx, counted, roundId),
      readDistantSections(tx, counted),
      readTellingVerdicts(tx, counted),
    ]);
    if (!round) throw notFound();
    const framework = await compiledFramework(tx, round.framework);
    const codeOf = (userId: string) => codes[userId] ?? unknownReviewer;
    const answers = answerRows.map((row) => answerCount(row, codeOf));
    const sections = compareSections(levelRows.map((row) => levelCount(row, codeOf)));
    const cases = Map.groupBy(telling, ({ criterionKey }) => criterionKey);
    const standing = distant.map(({ determinedBy, ...row }) => ({ ...row, reviewer: codeOf(determinedBy) }));
    const sectionOf = (key: string) => sections.find(({ sectionKey }) => sectionKey === key);
    return {
      roundId,
      name: round.name,
      insurers: size?.insurers ?? 0,
      judged: size?.judged ?? 0,
      sections: sections.flatMap((section) => {
        const named = framework.section(section.sectionKey);
        return named ? [{ ...section, title: named.title }] : [];
      }),
      criteria: compareCriteria(answers).flatMap((criterion) => {
        const named = framework.criterion(criterion.criterionKey);
        if (!named) return [];
        const { sectionKey, short } = named;
        const told = (cases.get(criterion.criterionKey) ?? []).map(
          ({ decidedBy, criterionKey: _, ...row }): TellingCase => ({ ...row, reviewer: codeOf(decidedBy) }),
        );
        return [{ ...criterion, sectionKey, short, cases: casesOf(criterion, told) }];
      }),
      reviewers: reviewersOf(answers, sections),
      own: codes[ctx.actor.userId] ?? null,
      outlying: standing.filter(({ sectionKey, computed }) => {
        const section = sectionOf(sectionKey);
        return section !== undefined && isOutlying(computed, section);
      }),
      farFromClaim: standing
        .filter(({ level, claimed }) => isFarFromClaim(level, claimed))
        .toSorted((a, b) => distanceOf(b) - distanceOf(a)),
      readAt: ctx.now.toISOString(),
    };
  });
}

/** The round, for a reviewer of it, a lead and an auditor. */
function readRound(tx: Transaction, ctx: Context, roundId: string) {
  const reviewsOnly = ctx.actor.roles.every((role) => role === 'reviewer');
  const admitted = sql`exists (select from ${roundReviewers} where ${roundReviewers.roundId} = ${rounds.id}
    and ${roundReviewers.userId} = ${ctx.actor.userId} and ${isNull(roundReviewers.endedAt)})`;
  return tx
    .select({ name: rounds.name, framework: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 } })
    .from(rounds)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(and(eq(rounds.id, roundId), reviewsOnly ? admitted : undefined));
}

type Rows<Read extends (...given: never[]) => PromiseLike<readonly unknown[]>> = Awaited<ReturnType<Read>>[number];
type CodeOf = (userId: string) => string;

function answerCount(row: Rows<typeof readAnswerCounts>, codeOf: CodeOf): AnswerCount {
  const { criterionKey, claimed, decidedBy, on, response, ground, insurers } = row;
  const verdict =
    decidedBy === null || response === null ? null : { reviewer: codeOf(decidedBy), on, response, ground };
  return { criterionKey, claimed, verdict, insurers };
}

function levelCount(row: Rows<typeof readLevelCounts>, codeOf: CodeOf): LevelCount {
  const { sectionKey, claimed, determinedBy, computed, level, insurers } = row;
  const found = determinedBy !== null && computed !== null && level !== null;
  return {
    sectionKey,
    claimed,
    determined: found ? { reviewer: codeOf(determinedBy), computed, level } : null,
    insurers,
  };
}

/** Where two reviewers are apart, cases of both; else those that override. */
function casesOf({ apart }: CriterionCalibration, told: readonly TellingCase[]): TellingCase[] {
  if (!apart) return told.filter(({ overrides }) => overrides).slice(0, casesNamed);
  const stricter = told.filter(({ reviewer, overrides }) => overrides && reviewer === apart.more.reviewer);
  const milder = told.filter(({ reviewer, overrides }) => !overrides && reviewer === apart.less.reviewer);
  return [...stricter.slice(0, casesNamed / 2), ...milder.slice(0, casesNamed / 2)];
}

/** Who judged, and who determined without judging. */
function reviewersOf(answers: readonly AnswerCount[], sections: readonly SectionCalibration[]) {
  const determining = sections.flatMap(({ reviewers }) => reviewers);
  const changedBy = (code: string) =>
    determining.reduce((total, { reviewer, changed }) => total + (reviewer === code ? changed : 0), 0);
  const codes = determining.map(({ reviewer }) => reviewer);
  return compareReviewers(answers, codes).map((reviewer) => ({ ...reviewer, changed: changedBy(reviewer.reviewer) }));
}

const distanceOf = ({ level, claimed }: OutlyingCase) => (claimed === null ? 0 : Math.abs(level - claimed));
