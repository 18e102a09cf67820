/** A hash or another long number as people compare it: in groups of four characters. */
export const inFours = (hexadecimal: string) => hexadecimal.replace(/(.{4})(?=.)/g, '$1 ');
