// The codes of the areas that an official file is read for, as somebody writes them.

/** A word that is no code stays, so that it is refused and not read as "everywhere". */
export function codesIn(typed: string): string[] {
  return typed.normalize('NFKC').split(/[\s,;/\u3001\u30fb]+/).filter(Boolean);
}

/** What cannot be a code of a prefecture or a municipality. Whether there is one of these digits the server knows. */
export const noCode = (word: string): boolean => !/^(?:\d{2}|\d{5,6})$/.test(word);

/** A problem of a refused import that belongs to the field of the codes. */
export const isAboutAreas = (pointer: string): boolean => pointer === '/municipalities' || pointer.startsWith('/municipalities/');
