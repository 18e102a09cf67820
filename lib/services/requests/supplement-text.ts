import 'server-only';
import { z } from 'zod';

/** The text of a supplement as a form hands it in: at most 20,000 characters, with one kind of line end. */
export const supplementText = z
  .string()
  .max(20_000)
  .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC'));
