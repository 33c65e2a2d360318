// All words the user sees: one file per business word and language, loaded when a screen first asks for it.
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'ja' | 'en';

const files = import.meta.glob<{ default: Record<string, unknown> }>('./{ja,en}/*.json');

const words: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, done) {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) done(new Error(`no words: ${language}/${namespace}`), false);
    else load().then((file) => done(null, file.default), (error: Error) => done(error, false));
  },
};

const remembered = 'tsunagi.language';

export function chosenLanguage(): Language {
  return localStorage.getItem(remembered) === 'en' ? 'en' : 'ja';
}

export async function startWords(): Promise<void> {
  await i18next
    .use(words)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      supportedLngs: ['ja', 'en'],
      fallbackLng: false,
      ns: ['common', 'problems'],
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
