type Asked = { question: string; refusedEvidenceId: string | null };

/** What is asked, in the reader's language where the platform asks: then the question stands for the title of a file. */
export const questionOf = ({ question, refusedEvidenceId }: Asked, ofFile: (title: string) => string): string =>
  refusedEvidenceId ? ofFile(question) : question;
