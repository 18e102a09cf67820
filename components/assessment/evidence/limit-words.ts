/** What the platform takes, in words such as "100 MB". */
export type LimitWords = { file: string; assessment: string };

/** Limits are whole megabytes, and said in gigabytes where that is a whole number too. */
export function limitWords({ file, assessment }: { file: number; assessment: number }): LimitWords {
  return { file: words(file), assessment: words(assessment) };
}

function words(bytes: number): string {
  const megabytes = Math.floor(bytes / 1024 ** 2);
  return megabytes % 1024 === 0 ? `${megabytes / 1024} GB` : `${megabytes} MB`;
}
