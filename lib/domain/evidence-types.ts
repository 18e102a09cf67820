/** What may be uploaded as evidence, by extension, with the media type that it is stored and sent as. Macros and archives are not on it. */
export const evidenceTypes = [
  { extension: 'pdf', mediaType: 'application/pdf' },
  { extension: 'docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  { extension: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  { extension: 'pptx', mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  { extension: 'odt', mediaType: 'application/vnd.oasis.opendocument.text' },
  { extension: 'ods', mediaType: 'application/vnd.oasis.opendocument.spreadsheet' },
  { extension: 'png', mediaType: 'image/png' },
  { extension: 'jpeg', mediaType: 'image/jpeg' },
  { extension: 'csv', mediaType: 'text/csv' },
  { extension: 'txt', mediaType: 'text/plain' },
  { extension: 'eml', mediaType: 'message/rfc822' },
] as const;
export type EvidenceType = (typeof evidenceTypes)[number];
export type EvidenceExtension = EvidenceType['extension'];

/** Default limits in bytes: one file, all files of one assessment, and of all assessments of one organisation. */
export const evidenceLimits = {
  file: 100 * 1024 ** 2,
  assessment: 2 * 1024 ** 3,
  organisation: 20 * 1024 ** 3,
} as const;

/** The allowed type that a file's name claims to be; undefined when none. What is inside is checked apart. */
export function evidenceTypeOf(fileName: string): EvidenceType | undefined {
  const extension = /[^.]\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  const wanted = extension === 'jpg' ? 'jpeg' : extension;
  return evidenceTypes.find((type) => type.extension === wanted);
}

/** Whether the platform's own viewer draws files of this kind and size in the page; others are downloaded. */
export function isViewable(mediaType: string | null, sizeBytes: number | null): boolean {
  const drawn = mediaType === 'application/pdf' || mediaType === 'image/png' || mediaType === 'image/jpeg';
  return drawn && sizeBytes !== null && sizeBytes <= evidenceLimits.file;
}
