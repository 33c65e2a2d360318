// Finds the words of a list in a text: one walk over the text, the longest word first, whatever the list's size. Width,
// capital letters and the two kana do not matter; the places are those of the text as it is written.

export interface Found {
  start: number;
  end: number;
  id: string;
}

interface Node {
  next: Map<string, Node>;
  id?: string;
}

export interface Matcher {
  root: Node;
}

const kana = /[\u30a1-\u30f6\u30fc]/;
const latin = /[a-z0-9]/;
const digit = /[0-9]/;

/** One letter in the form in which letters are compared. Half-width kana come with their mark: ｶﾞ. */
function plain(letter: string): string {
  return letter
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

interface Letter {
  letter: string;
  start: number;
  end: number;
  /** Written in katakana: a word of that script does not end inside a longer one. */
  katakana: boolean;
}

/** The letters of a text, each with its place; one that is several when compared (㌢) is several letters of one place. */
function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  for (const match of text.matchAll(/[\s\S][\uff9e\uff9f\u3099\u309a]?/gu)) {
    const end = match.index + match[0].length;
    const katakana = kana.test(match[0].normalize('NFKC'));
    for (const letter of plain(match[0])) letters.push({ letter, start: match.index, end, katakana });
  }
  return letters;
}

/** Made once per list. A word of fewer than two letters is left out; of two terms with one word the first has it. */
export function compile(terms: Iterable<{ id: string; words: readonly string[] }>): Matcher {
  const root: Node = { next: new Map() };
  for (const { id, words } of terms) {
    for (const word of words) {
      const letters = lettersOf(word.trim());
      if (letters.length < 2) continue;
      let node = root;
      for (const { letter } of letters) {
        let next = node.next.get(letter);
        if (!next) node.next.set(letter, (next = { next: new Map() }));
        node = next;
      }
      node.id ??= id;
    }
  }
  return { root };
}

/** Whether a word may begin or end between these two letters: not inside a Latin word, a number, a katakana word or one sign (㍿). */
function parts(before: Letter | undefined, after: Letter | undefined): boolean {
  if (!before || !after) return true;
  if (before.start === after.start) return false;
  // HOT2L: a figure may follow; 11ST is something else.
  if (latin.test(before.letter) && latin.test(after.letter)) return !digit.test(before.letter) && digit.test(after.letter);
  return !(before.katakana && after.katakana);
}

/** From left to right, none over another. */
export function findTerms(matcher: Matcher, text: string): Found[] {
  const letters = lettersOf(text);
  const found: Found[] = [];
  for (let at = 0; at < letters.length; at++) {
    let node = matcher.root.next.get(letters[at]!.letter);
    if (!node || !parts(letters[at - 1], letters[at])) continue;
    let best: { to: number; id: string } | undefined;
    for (let to = at + 1; node; to++) {
      if (node.id !== undefined && parts(letters[to - 1], letters[to])) best = { to, id: node.id };
      const next = letters[to];
      node = next && node.next.get(next.letter);
    }
    if (!best) continue;
    found.push({ start: letters[at]!.start, end: letters[best.to - 1]!.end, id: best.id });
    at = best.to - 1;
  }
  return found;
}
