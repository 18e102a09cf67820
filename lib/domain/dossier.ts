/** One file of a dossier beside its manifest. */
export type DossierEntry = { name: string; bytes: number; sha256: string };

/**
 * What a dossier holds, as canonical JSON in `manifest.json`. Everything in it can be derived from the other files, so
 * that no byte of it can change unseen.
 */
export type DossierManifest = {
  schema: 'trede-dossier-1';
  reference: string;
  /** The newest edition among the publications. */
  edition: number;
  /** Last link of the case's audit chain in that edition; null when there was none. */
  auditHead: string | null;
  /** In the order in which they stand in the zip. */
  files: readonly DossierEntry[];
  /** Files that submissions pin and that are no longer there: found to hold malware. By SHA-256, sorted. */
  absent: readonly string[];
};

export const manifestName = 'manifest.json';
export const frameworkName = 'framework.yaml';
export const publicationName = (edition: number) => `publications/${edition}.json`;
export const submissionName = (number: number) => `submissions/${number}.json`;
/** Named after their content: what a person called a file stands in the submission. */
export const evidenceName = (sha256: string) => `evidence/${sha256}`;
