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
  /** Files that submissions and replies name and that are no longer there: found to hold malware. By SHA-256, sorted. */
  absent: readonly string[];
};

/** A piece that went with a reply; its file stands under `evidence/`, by its hash. A web address has no file. */
export type RepliedPiece = {
  /** Absent in dossiers that were made before it was told. */
  id?: string;
  title: string;
  fileName: string | null;
  webAddress: string | null;
  seenOn: string | null;
  sha256: string | null;
  locator: string;
};

/** What the insurer sent after it signed: answers to information requests, and its responses in a hearing. */
export type DossierReplies = {
  schema: 'trede-replies-1';
  reference: string;
  supplements: readonly {
    criterion: string;
    question: string;
    text: string;
    sentAt: string;
    evidence: readonly RepliedPiece[];
  }[];
  responses: readonly {
    /** Of the draft outcome. */
    version: number;
    sentAt: string;
    statements: readonly {
      section: string;
      agrees: boolean | null;
      text: string;
      evidence: readonly RepliedPiece[];
    }[];
  }[];
};

/**
 * The claims that were drawn from the insurer's list, with all that is needed to draw them again: the list as it was given
 * stands beside it, and its hash was fixed before the seed was made.
 */
export type DossierDraw = {
  schema: 'trede-claim-draw-1';
  reference: string;
  list: { fileName: string; sha256: string; claims: number; givenAt: string };
  /** By what claims were told apart; empty: they were one group. */
  stratum: string;
  perStratum: number;
  /** 32 bytes, lower-case hexadecimal. */
  seed: string;
  /** In the order of the list; `line` counts from 1, the header included. */
  claims: readonly { line: number; number: string; date: string; product: string; outcome: string }[];
  drawnAt: string;
};

export const manifestName = 'manifest.json';
export const repliesName = 'replies.json';
export const frameworkName = 'framework.yaml';
export const publicationName = (edition: number) => `publications/${edition}.json`;
export const submissionName = (number: number) => `submissions/${number}.json`;
/** A draft outcome as it was sent for the hearing. */
export const draftOutcomeName = (version: number) => `hearings/${version}.json`;
export const claimListName = 'claims/list.csv';
export const claimDrawName = 'claims/draw.json';
/** The files that the platform draws of an edition, of the newest one, in each language. */
export const reportFiles = ['board.pdf', 'complete.pdf', 'answers.xlsx', 'answers.csv'] as const;
export const reportLanguages = ['nl', 'en'] as const;
export const reportName = (
  edition: number,
  language: (typeof reportLanguages)[number],
  file: (typeof reportFiles)[number],
) => `reports/${edition}/${language}/${file}`;
/** Named after their content: what a person called a file stands in the submission. */
export const evidenceName = (sha256: string) => `evidence/${sha256}`;
