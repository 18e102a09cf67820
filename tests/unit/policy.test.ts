import { describe, expect, test } from 'vitest';
import {
  type Actor,
  allowedRoleCombination,
  type Capability,
  can,
  capabilities,
  type Facts,
  insurerRoles,
  kindOf,
  mayGrant,
  organisationKinds,
  type Role,
  supervisorRoles,
} from '#domain/policy.ts';

const everyRole: readonly Role[] = [...insurerRoles, ...supervisorRoles];

function actorWith(roles: Role | Role[], change: Partial<Actor> = {}): Actor {
  const list = [roles].flat();
  const kind = kindOf(list[0] as Role) ?? 'insurer';
  return {
    userId: 'u1',
    membershipId: 'm1',
    organisationId: kind === 'insurer' ? 'own' : 'authority',
    organisationKind: kind,
    roles: list,
    sectionKeys: null,
    ...change,
  };
}

/** Everything speaks for the actor. */
const ideal: Facts = {
  organisationId: 'own',
  everSubmitted: true,
  everPublished: true,
  outcomeSent: true,
  assignedToActor: true,
  inActorsRounds: true,
  conflictOfInterest: false,
  actorJudged: false,
  fourEyes: true,
  sectionKey: 'III',
};

/** Who may do what when everything speaks for it, written down a second time. r c o s: the insurer's; R L A M: the supervisor's. */
const letters: Record<string, Role> = {
  r: 'reader',
  c: 'contributor',
  o: 'coordinator',
  s: 'signatory',
  R: 'reviewer',
  L: 'lead',
  A: 'administrator',
  M: 'auditor',
};
const allowed: Record<Capability, string> = {
  'assessment.read': 'rcos',
  'intake.save': 'co',
  'answer.save': 'co',
  'evidence.store': 'co',
  'evidence.remove': 'co',
  'note.read': 'rcos',
  'note.save': 'cos',
  'assessment.submit': 's',
  'assessment.withdraw': 's',
  'request.read': 'rcos',
  'request.save': 'co',
  'request.answer': 'os',
  'claims.give': 'os',
  'hearing.save': 'os',
  'hearing.respond': 's',
  'extension.ask': 'os',
  'section.assign': 'o',
  'framework.read': 'rcosRLAM',
  'release.read': 'rcosRLM',
  'evidence.open': 'rcosRLM',
  'outcome.read': 'rcosRLM',
  'dashboard.read': 'rcosRLM',
  'queue.list': 'RLM',
  'assessment.status': 'RLM',
  'submission.read': 'RLM',
  'working_note.read': 'RL',
  'working_note.save': 'RL',
  'conflict.declare': 'RLM',
  'review.start': 'R',
  'assessment.return': 'RL',
  'request.send': 'R',
  'request.withdraw': 'R',
  'verdict.decide': 'R',
  'determination.determine': 'R',
  'outcome.send': 'R',
  'review.reopen': 'R',
  'outcome.propose': 'R',
  'objection.answer': 'R',
  'claims.draw': 'R',
  'finding.record': 'R',
  'standard_reason.save': 'RL',
  'calibration.read': 'RLM',
  'sector.read': 'RLM',
  'assignment.assign': 'L',
  'assignment.unassign': 'L',
  'outcome.send_back': 'L',
  'outcome.approve': 'L',
  'approval.revoke': 'L',
  'outcome.publish': 'L',
  'outcome.plan': 'L',
  'publication.correct': 'L',
  'assessment.close': 'L',
  'assessment.reopen_closed': 'L',
  'term.extend': 'L',
  'outside.import': 'L',
  'release.make': 'L',
  'release.open': 'L',
  'member.list': 'rcosA',
  'member.invite': 'oA',
  'member.limit': 'o',
  'member.end': 'oA',
  'organisation.manage': 'A',
  'round.manage': 'A',
  'round.read': 'RLAM',
  'assessment.open': 'A',
  'framework.import': 'A',
  'audit.read': 'M',
};

describe.each(capabilities)('%s', (capability) => {
  const roles = [...allowed[capability]].map((letter) => letters[letter] as Role);

  test.each(everyRole)('by the %s, when everything speaks for it', (role) => {
    expect(can(actorWith(role), capability, ideal).ok).toBe(roles.includes(role));
  });

  test('never without a role, nor by a role of the other kind of organisation', () => {
    for (const kind of organisationKinds) {
      const others = everyRole.filter((role) => kindOf(role) !== kind);
      const actor = actorWith(others, { organisationKind: kind, organisationId: 'own' });
      expect(can(actor, capability, ideal).ok).toBe(false);
      expect(can({ ...actor, roles: [] }, capability, ideal).ok).toBe(false);
    }
  });

  test('across kinds it is not found', () => {
    for (const kind of organisationKinds) {
      if (roles.some((role) => kindOf(role) === kind)) continue;
      const own = everyRole.filter((role) => kindOf(role) === kind);
      expect(can(actorWith(own), capability, ideal)).toEqual({
        ok: false,
        reason: 'not_found',
        because: 'organisation_kind',
      });
    }
  });

  test('an insurer never reaches another insurer', () => {
    const open: Capability[] = ['framework.read', 'release.read'];
    if (open.includes(capability)) return;
    const result = can(actorWith([...insurerRoles]), capability, { ...ideal, organisationId: 'other' });
    expect(result).toMatchObject({ ok: false, reason: 'not_found' });
  });
});

/** What a role may do under these facts. */
function reach(roles: Role | Role[], facts: Facts, change: Partial<Actor> = {}): string[] {
  return capabilities.filter((capability) => can(actorWith(roles, change), capability, facts).ok);
}

/** What is about no insurer. */
const general: Capability[] = [
  'framework.read',
  'release.read',
  'queue.list',
  'conflict.declare',
  'standard_reason.save',
  'calibration.read',
  'sector.read',
  'release.make',
  'release.open',
  'round.read',
];

describe('absent facts never allow', () => {
  test.each([
    [
      ['reader', 'contributor', 'coordinator', 'signatory'],
      ['framework.read', 'release.read'],
    ],
    [['reviewer', 'lead'], general],
    [['auditor'], general.filter((one) => !['standard_reason.save', 'release.make', 'release.open'].includes(one))],
  ] as [Role[], string[]][])('%j', (roles, expected) => {
    expect(reach(roles, {})).toEqual(expected);
    expect(can(actorWith(roles), 'assessment.read').ok).toBe(false);
  });
});

describe('a conflict of interest', () => {
  test.each(['reviewer', 'lead', 'auditor'] as const)('makes the organisation not found for the %s', (role) => {
    for (const capability of capabilities) {
      const before = can(actorWith(role), capability, ideal);
      const after = can(actorWith(role), capability, { ...ideal, conflictOfInterest: true });
      if (before.ok && !after.ok) expect(after).toEqual({ ok: false, reason: 'not_found', because: 'no_conflict' });
    }
    const left = reach(role, { ...ideal, conflictOfInterest: true });
    expect(general).toEqual(expect.arrayContaining(left));
  });
});

describe('the supervisor before submission', () => {
  const before = { ...ideal, everSubmitted: false, everPublished: false, outcomeSent: false };

  test('sees the status only', () => {
    for (const capability of [
      'submission.read',
      'evidence.open',
      'outcome.read',
      'dashboard.read',
      'working_note.read',
    ] as const) {
      expect(can(actorWith(['reviewer', 'lead']), capability, before)).toMatchObject({
        ok: false,
        reason: 'not_found',
      });
    }
    expect(can(actorWith('reviewer'), 'assessment.status', before).ok).toBe(true);
    expect(can(actorWith('lead'), 'assessment.status', before).ok).toBe(true);
    expect(can(actorWith('auditor'), 'assessment.status', before)).toMatchObject({ ok: false, reason: 'not_found' });
  });

  test('the lead already assigns, extends and closes; the reviewer decides nothing', () => {
    for (const capability of ['assignment.assign', 'term.extend', 'assessment.close'] as const) {
      expect(can(actorWith('lead'), capability, before).ok).toBe(true);
    }
    expect(can(actorWith('reviewer'), 'verdict.decide', before)).toEqual({
      ok: false,
      reason: 'forbidden',
      because: 'submitted',
    });
  });
});

describe('a reviewer', () => {
  test('reads in its rounds, decides only what is assigned', () => {
    const others = { ...ideal, assignedToActor: false };
    expect(can(actorWith('reviewer'), 'submission.read', others).ok).toBe(true);
    expect(can(actorWith('reviewer'), 'verdict.decide', others)).toEqual({
      ok: false,
      reason: 'forbidden',
      because: 'assigned',
    });
    const elsewhere = { ...others, inActorsRounds: false };
    expect(can(actorWith('reviewer'), 'submission.read', elsewhere)).toMatchObject({ reason: 'not_found' });
    expect(can(actorWith('reviewer'), 'verdict.decide', elsewhere)).toMatchObject({ reason: 'not_found' });
  });

  test('may not do the lead’s work, unless lead as well', () => {
    expect(can(actorWith('reviewer'), 'outcome.approve', ideal)).toEqual({
      ok: false,
      reason: 'forbidden',
      because: 'role',
    });
    expect(can(actorWith(['reviewer', 'lead']), 'outcome.approve', ideal).ok).toBe(true);
  });
});

describe('four eyes', () => {
  test('who judged, determined or proposed cannot approve', () => {
    const judged = { ...ideal, actorJudged: true };
    expect(can(actorWith(['reviewer', 'lead']), 'outcome.approve', judged)).toEqual({
      ok: false,
      reason: 'forbidden',
      because: 'second_eyes',
    });
    expect(can(actorWith('lead'), 'outcome.approve', { ...judged, fourEyes: false }).ok).toBe(true);
    expect(
      can(actorWith('lead'), 'outcome.approve', { ...ideal, fourEyes: undefined, actorJudged: undefined }).ok,
    ).toBe(false);
    expect(can(actorWith('lead'), 'outcome.publish', judged).ok).toBe(true);
  });
});

describe('the administrator', () => {
  test('sees no dossier', () => {
    for (const capability of [
      'assessment.status',
      'submission.read',
      'evidence.open',
      'dashboard.read',
      'audit.read',
    ] as const) {
      expect(can(actorWith('administrator'), capability, ideal)).toMatchObject({ ok: false, reason: 'not_found' });
    }
    expect(can(actorWith('administrator'), 'verdict.decide', ideal)).toMatchObject({ ok: false, reason: 'not_found' });
  });

  test('manages without any facts', () => {
    expect(reach('administrator', {})).toEqual([
      'framework.read',
      'member.list',
      'member.invite',
      'member.end',
      'organisation.manage',
      'round.manage',
      'round.read',
      'assessment.open',
      'framework.import',
    ]);
  });

  test('its work is forbidden to other staff, not hidden', () => {
    expect(can(actorWith('lead'), 'round.manage')).toEqual({ ok: false, reason: 'forbidden', because: 'role' });
  });
});

describe('the auditor', () => {
  test('reads everything submitted, and changes nothing', () => {
    expect(reach('auditor', ideal)).toEqual([
      'framework.read',
      'release.read',
      'evidence.open',
      'outcome.read',
      'dashboard.read',
      'queue.list',
      'assessment.status',
      'submission.read',
      'conflict.declare',
      'calibration.read',
      'sector.read',
      'round.read',
      'audit.read',
    ]);
  });
});

describe('the insurer', () => {
  test('a contributor limited to sections reads the rest and writes only there', () => {
    const limited = { sectionKeys: ['I', 'III'] };
    const actor = actorWith('contributor', limited);
    expect(can(actor, 'answer.save', ideal).ok).toBe(true);
    expect(can(actor, 'answer.save', { ...ideal, sectionKey: 'II' })).toEqual({
      ok: false,
      reason: 'forbidden',
      because: 'own_section',
    });
    expect(can(actor, 'answer.save', { ...ideal, sectionKey: undefined }).ok).toBe(false);
    expect(can(actor, 'assessment.read', { ...ideal, sectionKey: 'II' }).ok).toBe(true);
    expect(can(actor, 'intake.save', ideal)).toMatchObject({ ok: false, reason: 'forbidden', because: 'all_sections' });
    expect(
      can(actorWith(['contributor', 'coordinator'], limited), 'answer.save', { ...ideal, sectionKey: 'II' }).ok,
    ).toBe(true);
  });

  test('learns of an outcome only when it is sent, of a dashboard only when it is published', () => {
    const roles = [...insurerRoles];
    expect(can(actorWith(roles), 'outcome.read', { ...ideal, outcomeSent: false })).toEqual({
      ok: false,
      reason: 'not_found',
      because: 'outcome_sent',
    });
    expect(can(actorWith(roles), 'dashboard.read', { ...ideal, everPublished: false })).toEqual({
      ok: false,
      reason: 'not_found',
      because: 'published',
    });
  });

  test('may know that another role could', () => {
    expect(can(actorWith('reader'), 'answer.save', ideal)).toEqual({ ok: false, reason: 'forbidden', because: 'role' });
    expect(can(actorWith('coordinator'), 'assessment.submit', ideal)).toMatchObject({ reason: 'forbidden' });
  });
});

describe('roles together in one account', () => {
  test.each<[Role[], boolean]>([
    [['reader'], true],
    [['contributor', 'coordinator', 'signatory'], true],
    [[...insurerRoles], true],
    [['reviewer', 'lead'], true],
    [['lead', 'reviewer'], true],
    [['auditor'], true],
    [[], false],
    [['reader', 'reader'], false],
    [['reviewer', 'administrator'], false],
    [['lead', 'auditor'], false],
    [['reviewer', 'lead', 'auditor'], false],
    [['administrator', 'auditor'], false],
    [['reader', 'reviewer'], false],
    [['signatory', 'lead'], false],
    [['owner' as Role], false],
  ])('%j: %s', (roles, expected) => {
    expect(allowedRoleCombination(roles)).toBe(expected);
  });
});

describe('giving out roles', () => {
  const colleague = { userId: 'u2', organisationId: 'own', organisationKind: 'insurer' } as const;
  const staff = { userId: null, organisationId: 'authority', organisationKind: 'supervisor' } as const;
  const given = (actor: Actor, target: Parameters<typeof mayGrant>[2]) =>
    everyRole.filter((role) => mayGrant(actor, role, target));

  test('a coordinator gives three roles to colleagues, and to nobody else', () => {
    expect(given(actorWith('coordinator'), colleague)).toEqual(['reader', 'contributor', 'coordinator']);
    expect(given(actorWith('coordinator'), { ...colleague, userId: null })).toHaveLength(3);
    expect(given(actorWith('coordinator'), { ...colleague, organisationId: 'other' })).toEqual([]);
    expect(given(actorWith('coordinator'), staff)).toEqual([]);
  });

  test('the administrator makes coordinators and signatories, and its own staff', () => {
    expect(given(actorWith('administrator'), colleague)).toEqual(['coordinator', 'signatory']);
    expect(given(actorWith('administrator'), staff)).toEqual([...supervisorRoles]);
    expect(given(actorWith('administrator'), { ...staff, organisationId: 'another' })).toEqual([]);
  });

  test('nobody else gives any, and nobody to themselves', () => {
    for (const role of everyRole.filter((one) => one !== 'coordinator' && one !== 'administrator')) {
      expect([...given(actorWith(role), colleague), ...given(actorWith(role), staff)]).toEqual([]);
    }
    expect(given(actorWith('administrator'), { ...staff, userId: 'u1' })).toEqual([]);
    expect(given(actorWith('coordinator'), { ...colleague, userId: 'u1' })).toEqual([]);
    const mixed = actorWith('coordinator', { organisationKind: 'supervisor' });
    expect(given(mixed, colleague)).toEqual([]);
  });
});
