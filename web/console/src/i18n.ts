import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import de from "./texts/de.json";
import en from "./texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

export const LOCALES = ["en", "de"] as const;

export function startTexts(wanted: readonly string[]): void {
  const lng =
    wanted.map((tag) => tag.slice(0, 2)).find((tag) => LOCALES.some((one) => one === tag)) ?? "en";
  void i18next.use(initReactI18next).init({
    lng,
    fallbackLng: "en",
    resources: { en: { translation: en }, de: { translation: de } },
    // React writes text as text; escaping here would show entities.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = lng;
}
