import { z } from 'zod';

/** A text that a person gives for a decision: line ends as the server keeps them, no blank ends, up to 10,000 characters. */
export const givenText = z
  .string()
  .max(10_000)
  .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim());
