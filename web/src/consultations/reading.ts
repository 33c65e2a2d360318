/**
 * What an input method shows while a word is typed is its reading until the kanji are chosen: the last text in kana alone.
 * `shown` may end in a letter that is not yet a kana (`はy`).
 */
export function readingSoFar(before: string, shown: string): string {
  const text = shown.replace(/[a-z\uff41-\uff5a]+$/i, '');
  if (text === '' || !/^[\u3041-\u3096\u30a1-\u30fc]+$/.test(text)) return before;
  return text.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}
