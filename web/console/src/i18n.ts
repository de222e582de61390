import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** English comes with the page, every other language when it is wanted. */
const OTHERS = { de: () => import("./texts/de.json") };

export const LOCALES = ["en", "de"] as const;
export type Locale = (typeof LOCALES)[number];

/** As the browser says, or one of ours. The choice stays on this device. */
export const LANGUAGES = ["browser", ...LOCALES] as const;
export type LanguageChoice = (typeof LANGUAGES)[number];

const KEY = "segue.language";

/** Starts with the first of the wanted languages that there is. */
export async function startTexts(wanted: readonly string[]): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    // React writes text as text; escaping here would show entities.
    interpolation: { escapeValue: false },
    showSupportNotice: false,
    initAsync: false,
  });
  await speak(firstOf(wanted));
}

export function readLanguage(): LanguageChoice {
  try {
    const stored = window.localStorage.getItem(KEY);
    return LANGUAGES.find((one) => one === stored) ?? "browser";
  } catch {
    return "browser"; // storage may be switched off
  }
}

/** What to ask for: the choice, or whatever the browser prefers. */
export function wantedBy(choice: LanguageChoice): readonly string[] {
  return choice === "browser" ? navigator.languages : [choice];
}

/** Changes every text on the page, and remembers the choice. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  try {
    window.localStorage.setItem(KEY, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
  await speak(firstOf(wantedBy(choice)));
}

function firstOf(wanted: readonly string[]): Locale {
  const tags = wanted.map((tag) => tag.slice(0, 2).toLowerCase());
  return tags.flatMap((tag) => LOCALES.filter((one) => one === tag))[0] ?? "en";
}

/**
 * The language for words to a customer: theirs, whatever the console speaks. Its texts
 * are there when this resolves; English where there are none.
 */
export async function languageFor(locale: string | undefined): Promise<Locale> {
  const found = firstOf(locale === undefined ? [] : [locale]);
  await load(found);
  return found;
}

async function load(locale: Locale): Promise<void> {
  if (locale === "en" || i18next.hasResourceBundle(locale, "translation")) return;
  const { default: texts } = await OTHERS[locale]();
  i18next.addResourceBundle(locale, "translation", texts);
}

async function speak(locale: Locale): Promise<void> {
  await load(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}
