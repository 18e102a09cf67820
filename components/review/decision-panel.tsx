import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { Decision, DecisionFacts } from '#services/reviews/read-decision-facts.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { Notice } from '../ui/notice.tsx';
import { AssignedReviewers } from './assigned-reviewers.tsx';
import { type DecisionField, DecisionForm } from './decision-form.tsx';
import { leadRefusals } from './lead-refusals.ts';
import { FourEyes } from './publishing/four-eyes.tsx';
import { stepKeys, stepOfDecision } from './step-keys.ts';

export type DecisionActions = Readonly<Record<Decision | 'unassign', FormAction>>;

type DecisionPanelProps = {
  assessmentId: string;
  facts: DecisionFacts;
  /** How many information requests still wait for the insurer. */
  openRequests: number;
  actions: DecisionActions;
  /** Names of sections by key, in the reader's language. */
  sections: Readonly<Record<string, string>>;
};

const closingReasons = ['not_submitted', 'licence_lapsed', 'merged', 'other'] as const;

/** What a lead can decide about a case now, each with its consequence, and everything that still stands in the way. */
export async function DecisionPanel({ assessmentId, facts, openRequests, actions, sections }: DecisionPanelProps) {
  const [t, overview, refusals] = await Promise.all([
    getTranslations('decisions'),
    getTranslations('review.overview'),
    leadRefusals(),
  ]);
  const fields = await decisionFields(facts, sections);
  return (
    <>
      <DecisionContext facts={facts} />
      <ul className="decisions">
        {facts.open.map(({ decision, blocks }) => (
          <li className="decision" key={decision} id={`decision-${decision}`}>
            {blocks.length > 0 ? (
              <>
                <p>
                  <b>{t(`${decision}.submit`)}.</b> {t('blocked')}
                </p>
                <ul>
                  {blocks.map((block) => (
                    <li key={block}>{refusals[block] ?? refusals.other}</li>
                  ))}
                </ul>
              </>
            ) : (
              <ConfirmStep
                keyShortcut={stepKeys[stepOfDecision[decision]]}
                trigger={t(`${decision}.submit`)}
                title={t(`${decision}.question`)}
                actions={
                  <DecisionForm
                    action={actions[decision]}
                    id={decision}
                    hidden={decision === 'assign' ? { 'assessmentIds[]': assessmentId } : { assessmentId }}
                    fields={fields[decision]}
                    submit={t(`${decision}.submit`)}
                    kind={decision === 'close' ? 'danger' : 'primary'}
                    refusals={refusals}
                    problemTitle={t('problems')}
                  />
                }
              >
                <p>{t(`${decision}.consequence`)}</p>
                {decision === 'close' && openRequests > 0 && (
                  <p>{overview('withdrawsRequests', { count: openRequests })}</p>
                )}
                {decision === 'approve' && facts.differences.length === 0 && <p>{t('approve.noDifferences')}</p>}
                {decision === 'approve' && facts.sameHand && <p>{t('approve.sameHand')}</p>}
              </ConfirmStep>
            )}
            {decision === 'assign' && (
              <AssignedReviewers assessmentId={assessmentId} reviewers={facts.reviewers} action={actions.unassign} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the decisions rest on: the outcome that is out, and the reason of the last step back. */
async function DecisionContext({ facts: { publication, hands, lastReason } }: { facts: DecisionFacts }) {
  const [t, format] = await Promise.all([getTranslations('decisions'), readFormatter()]);
  if (!publication && hands.length === 0 && !lastReason) return null;
  return (
    <div className="rests-on">
      {publication && (
        <p>
          <Link href={`/dashboards/${publication.id}`} prefetch={false}>
            {t('dashboard', { edition: publication.edition })}
          </Link>
        </p>
      )}
      {hands.length > 0 && (
        <div>
          <FourEyes hands={hands} />
        </div>
      )}
      {lastReason && (
        <Notice title={t(`lastReason.${lastReason.verb}`)} level={3}>
          <p className="prewrap">{lastReason.reason}</p>
          <p className="meta">{format.dateTime(lastReason.at, { dateStyle: 'long', timeStyle: 'short' })}</p>
        </Notice>
      )}
    </div>
  );
}

/** What each decision asks of who takes it. */
async function decisionFields(
  { differences, reviewers, extendTo }: DecisionFacts,
  sections: Readonly<Record<string, string>>,
): Promise<Record<Decision, readonly DecisionField[]>> {
  const t = await getTranslations('decisions');
  const reason: DecisionField = { kind: 'reason', name: 'reason', label: t('fields.reason') };
  const told: DecisionField = { ...reason, hint: t('fields.told') };
  const free = reviewers.filter(({ assigned, conflict }) => !assigned && !conflict);
  return {
    approve: differences.map(({ sectionKey, computed, determined, reason: hint }) => ({
      kind: 'tick',
      name: 'approved[]',
      value: sectionKey,
      label: t('fields.difference', { section: sections[sectionKey] ?? sectionKey, computed, determined }),
      hint,
    })),
    send_back: [reason],
    publish: [],
    revoke: [reason],
    correct: [told],
    extend: [{ kind: 'date', name: 'lastDay', label: t('fields.lastDay'), defaultValue: extendTo }, told],
    close: [
      {
        kind: 'choice',
        name: 'reasonKind',
        label: t('fields.reasonKind'),
        options: closingReasons.map((value) => ({ value, label: t(`closing.${value}`) })),
      },
      told,
    ],
    reopen_closed: [told],
    assign: [
      {
        kind: 'choice',
        name: 'userId',
        label: t('fields.reviewer'),
        options: free.map(({ userId, name, cases, criteria }) => ({
          value: userId,
          label: t('fields.workload', { name, cases, criteria }),
        })),
      },
    ],
  };
}
