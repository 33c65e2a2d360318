// All words the user sees: one file per business word and language, loaded when a screen first asks for it.
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chosenLanguage, firstSpaces, loadWords, remembered, type Language } from './catalogues';

export type { Language };

const words: BackendModule = {
  type: 'backend',
  init() {},
  read(language, space, done) {
    loadWords(language as Language, space).then((all) => done(null, all), (error: Error) => done(error, false));
  },
};

export async function startWords(): Promise<void> {
  await i18next
    .use(words)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      supportedLngs: ['ja', 'en'],
      fallbackLng: false,
      ns: [...firstSpaces],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
      returnNull: false,
    });
  document.documentElement.lang = i18next.language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(remembered, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** A language in its own words. */
export function languageName(language: Language): string {
  return language === 'ja' ? '日本語' : 'English';
}
