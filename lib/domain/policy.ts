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
