// The catalogue: every text a customer reads, apart from what the server says.

import en from "./en.json";

/** The name of a text. `notes.json` says where each stands. */
export type TextKey = keyof typeof en;
export type Catalogue = Record<TextKey, string>;
/** Fills a text's places. */
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

export interface Language {
  locale: string;
  t: Translate;
}

export function language(locale: string, catalogue: Catalogue): Language {
  return {
    locale,
    t: (key, values = {}) =>
      catalogue[key].replace(/\{(\w+)\}/g, (place, name: string) => `${values[name] ?? place}`),
  };
}

/** English, there before anything is loaded. */
export const english = language("en", en);

/** The language for a locale; English where there is no catalogue. */
export async function loadLanguage(locale: string): Promise<Language> {
  const is_german = locale.toLowerCase().startsWith("de");
  try {
    if (is_german) return language(valid(locale, "de"), (await import("./de.json")).default);
  } catch {
    // A language that cannot be loaded must not keep anybody from writing.
  }
  return language(locale.toLowerCase().startsWith("en") ? valid(locale, "en") : "en", en);
}

/** The locale if the browser can format times with it. */
function valid(locale: string, otherwise: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? otherwise;
  } catch {
    return otherwise;
  }
}
