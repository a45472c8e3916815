import { en, type Messages } from './en.ts'

const catalogue = { en } satisfies Record<string, Messages>

type Language = keyof typeof catalogue

/** The first wanted language that we speak, and with which regional habits: `en-GB` dates in an English page. */
export function chooseLanguage(wanted: readonly string[]): { language: Language; locale: string } {
  for (const locale of wanted) {
    const language = locale.toLowerCase().split('-')[0] ?? ''
    if (Object.hasOwn(catalogue, language)) return { language: language as Language, locale }
  }
  return { language: 'en', locale: 'en' }
}

export const { language, locale } = chooseLanguage(navigator.languages)

/** The page's words, in the person's language. */
export const words: Messages = catalogue[language]
