/** What the signatory signs, in the words of the law's language, whatever the language of the screen. */
export function declarationOf(organisationName: string): string {
  return `Ik verklaar namens ${organisationName} dat deze zelfbeoordeling volledig en naar waarheid is ingevuld.`;
}
