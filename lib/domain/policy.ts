export const insurerRoles = ['reader', 'contributor', 'coordinator', 'signatory'] as const;
export const supervisorRoles = ['reviewer', 'lead', 'administrator', 'auditor'] as const;
export const organisationKinds = ['insurer', 'supervisor'] as const;
export type InsurerRole = (typeof insurerRoles)[number];
export type SupervisorRole = (typeof supervisorRoles)[number];
export type Role = InsurerRole | SupervisorRole;
export type OrganisationKind = (typeof organisationKinds)[number];

/** Who acts: one person in one membership of one organisation. */
export type Actor = {
  readonly userId: string;
  readonly membershipId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly roles: readonly Role[];
  /** Sections to which a contributor is limited; null: all. */
  readonly sectionKeys: readonly string[] | null;
};

/**
 * What the caller read from locked rows about the thing that is asked for. An absent fact never allows anything:
 * `everSubmitted` absent reads as no, `conflictOfInterest` absent as yes.
 */
export type Facts = {
  /** The insurer that owns the assessment; for people and organisations, the organisation they belong to. */
  readonly organisationId?: string;
  /** A submission stands that was not withdrawn. */
  readonly everSubmitted?: boolean;
  readonly everPublished?: boolean;
  /** A draft outcome was sent to the insurer. */
  readonly outcomeSent?: boolean;
  /** The actor is the reviewer to whom it is assigned. */
  readonly assignedToActor?: boolean;
  /** The assessment stands in a round to which the actor was admitted. */
  readonly inActorsRounds?: boolean;
  /** The actor declared a conflict of interest with this insurer. */
  readonly conflictOfInterest?: boolean;
  /** The actor judged, determined or proposed in this assessment. */
  readonly actorJudged?: boolean;
  /** The round asks for four eyes; on unless false. */
  readonly fourEyes?: boolean;
  readonly sectionKey?: string;
};

/** Conditions on the facts, beside the role. */
type Condition =
  | 'own_organisation'
  | 'own_section'
  | 'all_sections'
  | 'in_rounds'
  | 'assigned'
  | 'submitted'
  | 'published'
  | 'outcome_sent'
  | 'no_conflict'
  | 'second_eyes';

type Rule = Partial<Readonly<Record<Role, readonly Condition[]>>>;

const own: readonly Condition[] = ['own_organisation'];
const everyInsurerRole: Rule = { reader: own, contributor: own, coordinator: own, signatory: own };
const assigned: readonly Condition[] = ['no_conflict', 'in_rounds', 'submitted', 'assigned'];
const reviews: Rule = { reviewer: assigned };
const leads: Rule = { lead: ['no_conflict'] };
const administers: Rule = { administrator: [] };
const staff: Rule = { reviewer: [], lead: [], auditor: [] };
const readsSubmitted: Rule = {
  reviewer: ['no_conflict', 'in_rounds', 'submitted'],
  lead: ['no_conflict', 'submitted'],
  auditor: ['no_conflict', 'submitted'],
};
const writesAnswers: Rule = { contributor: ['own_organisation', 'own_section'], coordinator: own };

/** "Who may do what" as one table: capability by role, with the conditions that must hold. What is not here is denied. */
const rules = {
  // The insurer's own work
  'assessment.read': everyInsurerRole,
  'intake.save': { contributor: ['own_organisation', 'all_sections'], coordinator: own },
  'answer.save': writesAnswers,
  'evidence.store': writesAnswers,
  'evidence.remove': writesAnswers,
  'note.read': everyInsurerRole,
  'note.save': { contributor: own, coordinator: own, signatory: own },
  'assessment.submit': { signatory: own },
  'assessment.withdraw': { signatory: own },
  'request.read': everyInsurerRole,
  'request.save': writesAnswers,
  'request.answer': { coordinator: own, signatory: own },
  'claims.give': { coordinator: own, signatory: own },
  'hearing.save': { coordinator: own, signatory: own },
  'hearing.respond': { signatory: own },
  'extension.ask': { coordinator: own, signatory: own },
  'section.assign': { coordinator: own },

  // What both sides open
  'framework.read': { ...everyInsurerRoleAnywhere(), ...staff, administrator: [] },
  'release.read': { ...everyInsurerRoleAnywhere(), ...staff },
  'evidence.open': { ...everyInsurerRole, ...readsSubmitted },
  'outcome.read': { ...withEach(everyInsurerRole, 'outcome_sent'), ...readsSubmitted },
  'dashboard.read': { ...withEach(everyInsurerRole, 'published'), ...withEach(readsSubmitted, 'published') },

  // The review
  'queue.list': staff,
  'assessment.status': {
    reviewer: ['no_conflict', 'in_rounds'],
    lead: ['no_conflict'],
    auditor: ['no_conflict', 'submitted'],
  },
  'submission.read': readsSubmitted,
  'working_note.read': { reviewer: ['no_conflict', 'in_rounds', 'submitted'], lead: ['no_conflict', 'submitted'] },
  'working_note.save': { reviewer: assigned, lead: ['no_conflict', 'submitted'] },
  'conflict.declare': { reviewer: [], lead: [], auditor: [] },
  'review.start': reviews,
  'assessment.return': { reviewer: assigned, lead: ['no_conflict', 'submitted'] },
  'request.send': reviews,
  'request.withdraw': reviews,
  'verdict.decide': reviews,
  'determination.determine': reviews,
  'outcome.send': reviews,
  'review.reopen': reviews,
  'outcome.propose': reviews,
  'objection.answer': reviews,
  'claims.draw': reviews,
  'finding.record': reviews,
  'standard_reason.save': { reviewer: [], lead: [] },
  'calibration.read': staff,
  'sector.read': { reviewer: ['in_rounds'], lead: [], auditor: [] },

  // The lead
  'assignment.assign': leads,
  'assignment.unassign': leads,
  'outcome.send_back': leads,
  'outcome.approve': { lead: ['no_conflict', 'second_eyes'] },
  'approval.revoke': leads,
  'outcome.publish': leads,
  'outcome.plan': leads,
  'publication.correct': leads,
  'assessment.close': leads,
  'assessment.reopen_closed': leads,
  'term.extend': leads,
  'outside.import': leads,
  'release.make': { lead: [] },
  'release.open': { lead: [] },

  // People, rounds, frameworks, log
  'member.list': { ...everyInsurerRole, administrator: [] },
  'member.invite': { coordinator: own, administrator: [] },
  'member.limit': { coordinator: own },
  'member.end': { coordinator: own, administrator: [] },
  'organisation.manage': administers,
  'round.manage': administers,
  'round.read': { administrator: [], lead: [], reviewer: [], auditor: [] },
  'assessment.open': administers,
  'framework.import': administers,
  'audit.read': { auditor: ['no_conflict'] },
} as const satisfies Record<string, Rule>;

export type Capability = keyof typeof rules;
const sights = /\.(read|list|status)$|^evidence\.open$/;
export const capabilities = Object.keys(rules) as readonly Capability[];

/** Why not: the condition that failed, or that the role or the organisation's kind has no such capability. */
export type Denial = Condition | 'role' | 'organisation_kind';
export type Permission =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not_found' | 'forbidden'; readonly because: Denial };

/**
 * The one answer to "may this actor do this?", for pages, actions and tests: deny by default. States are the workflow's
 * matter, not asked here. `not_found` when the actor may not even know that the thing exists, else `forbidden`.
 */
export function can(actor: Actor, capability: Capability, facts: Facts = {}): Permission {
  const rule: Rule = rules[capability];
  const failures: Denial[] = [];
  for (const role of rolesOf(actor)) {
    const conditions = rule[role];
    if (conditions === undefined) continue;
    const failure = conditions.find((condition) => !holds(condition, actor, facts));
    if (failure === undefined) return { ok: true };
    failures.push(failure);
  }
  if (!concerns(rule, actor.organisationKind)) return { ok: false, reason: 'not_found', because: 'organisation_kind' };
  const reason = isHidden(actor, capability, facts) ? 'not_found' : 'forbidden';
  return { ok: false, reason, because: failures[0] ?? 'role' };
}

/** Whether one account may hold these roles together: insurer roles stack, reviewer and lead go together, nothing else. */
export function allowedRoleCombination(roles: readonly Role[]): boolean {
  const distinct = new Set(roles);
  if (distinct.size === 0 || distinct.size !== roles.length) return false;
  if (roles.every((role) => kindOf(role) === 'insurer')) return true;
  return distinct.size === 1 ? kindOf(roles[0] as Role) === 'supervisor' : isReviewerAndLead(distinct);
}

/** The account that is to get a role. `userId` null: somebody who is invited and has no account yet. */
export type GrantTarget = {
  readonly userId: string | null;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
};

/**
 * Whether an actor may give out a role: a coordinator the three roles of its own organisation, the administrator first
 * coordinators, signatories and the supervisor's staff. Nobody to themselves.
 */
export function mayGrant(actor: Actor, role: Role, target: GrantTarget): boolean {
  if (target.userId === actor.userId || kindOf(role) !== target.organisationKind) return false;
  return rolesOf(actor).some((holder) => {
    if (holder === 'coordinator') return role !== 'signatory' && target.organisationId === actor.organisationId;
    if (holder !== 'administrator') return false;
    return target.organisationKind === 'insurer'
      ? role === 'coordinator' || role === 'signatory'
      : target.organisationId === actor.organisationId;
  });
}

/** To which kind of organisation a role belongs; undefined for what is no role. */
export function kindOf(role: Role): OrganisationKind | undefined {
  if ((insurerRoles as readonly Role[]).includes(role)) return 'insurer';
  return (supervisorRoles as readonly Role[]).includes(role) ? 'supervisor' : undefined;
}

/** A role of the other kind counts for nothing: no account has both. */
function rolesOf(actor: Actor): readonly Role[] {
  return actor.roles.filter((role) => kindOf(role) === actor.organisationKind);
}

function holds(condition: Condition, actor: Actor, facts: Facts): boolean {
  switch (condition) {
    case 'own_organisation':
      return facts.organisationId === actor.organisationId;
    case 'own_section':
      return actor.sectionKeys === null || actor.sectionKeys.includes(facts.sectionKey ?? '');
    case 'all_sections':
      return actor.sectionKeys === null;
    case 'in_rounds':
      return facts.inActorsRounds === true;
    case 'assigned':
      return facts.assignedToActor === true;
    case 'submitted':
      return facts.everSubmitted === true;
    case 'published':
      return facts.everPublished === true;
    case 'outcome_sent':
      return facts.outcomeSent === true;
    case 'no_conflict':
      return facts.conflictOfInterest === false;
    case 'second_eyes':
      return facts.fourEyes === false || facts.actorJudged === false;
  }
}

function concerns(rule: Rule, kind: OrganisationKind): boolean {
  return (Object.keys(rule) as Role[]).some((role) => kindOf(role) === kind);
}

/**
 * What may not be seen is not found. An act is forbidden, rather than not found, when the thing that it is done to may be
 * seen: the assessment or its status; where a capability is about no organisation there is nothing to hide.
 */
function isHidden(actor: Actor, capability: Capability, facts: Facts): boolean {
  if (sights.test(capability)) return true;
  if (Object.values(rules[capability]).every((conditions) => conditions.length === 0)) return false;
  return !can(actor, actor.organisationKind === 'insurer' ? 'assessment.read' : 'assessment.status', facts).ok;
}

function isReviewerAndLead(roles: ReadonlySet<Role>): boolean {
  return roles.size === 2 && roles.has('reviewer') && roles.has('lead');
}

function everyInsurerRoleAnywhere(): Rule {
  return { reader: [], contributor: [], coordinator: [], signatory: [] };
}

function withEach(rule: Rule, condition: Condition): Rule {
  return Object.fromEntries(Object.entries(rule).map(([role, conditions]) => [role, [...conditions, condition]]));
}
