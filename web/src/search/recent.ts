// What was searched for since the page was loaded, in memory alone: the words may name a person.
const most = 8;
let searches: { user: string; words: string[] } = { user: '', words: [] };

export function rememberSearch(user: string, words: string): void {
  const before = searches.user === user ? searches.words : [];
  searches = { user, words: [words, ...before.filter((one) => one !== words)].slice(0, most) };
}

export function recentSearches(user: string): string[] {
  return searches.user === user ? searches.words : [];
}
