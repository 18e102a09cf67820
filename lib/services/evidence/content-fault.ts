/** Why the content of a file is not accepted as what its name says. Each has a sentence on the screen. */
export type ContentFault =
  | 'type_differs'
  | 'not_text'
  | 'macros'
  | 'archive'
  | 'attachment'
  | 'encrypted'
  | 'malformed'
  | 'unpacked_too_large';
