/**
 * A text as this side keeps it, whatever sent it: without the character NUL, which nobody types and the database has no place
 * for, and with U+FFFD for each half of a surrogate pair that stands alone, as the database writes it. So what was posted is
 * equal to what was saved of it, and a save that is sent again finds itself.
 */
export const readableText = (text: string): string => text.replaceAll('\0', '').toWellFormed();
