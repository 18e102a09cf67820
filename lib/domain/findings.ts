/** What a claim file can show on a criterion that the norm judges from files. */
export const findings = ['conform', 'not_conform', 'undeterminable'] as const;
export type Finding = (typeof findings)[number];
