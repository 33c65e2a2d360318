/** The words of each source, said once; a list that has none of its own is credited as such. */
export function credits(sources: readonly string[], words: Record<string, string> & { other: string }): string[] {
  return [...new Set(sources.map((one) => words[one] ?? words.other))];
}
