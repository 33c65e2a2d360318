// The files of words. Apart from what shows them, so that the first of them are on their way before the rest of the app.

export type Language = 'ja' | 'en';

type Words = Record<string, unknown>;

/** The words of the first page stand in one file per language. */
export const firstSpaces = ['common', 'problems', 'access', 'home', 'records'] as const;
const first = { ja: () => import('./first_ja'), en: () => import('./first_en') };
const others = import.meta.glob<Words>(['./{ja,en}/*.json', '!./*/{common,problems,access,home,records}.json'], { import: 'default' });

export const remembered = 'tsunagi.language';

export function chosenLanguage(): Language {
  return localStorage.getItem(remembered) === 'en' ? 'en' : 'ja';
}

export async function loadWords(language: Language, space: string): Promise<Words> {
  const file = `./${language}/${space}.json`;
  const words = (await others[file]?.()) ?? (await first[language]()).default[file];
  if (!words) throw new Error(`no words: ${language}/${space}`);
  return words;
}
