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

/** Starts with the first of the wanted languages that there is. */
export async function startTexts(wanted: readonly string[]): Promise<void> {
  const lng =
    wanted.map((tag) => tag.slice(0, 2)).find((tag) => LOCALES.some((one) => one === tag)) ?? "en";
  const ready = i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    // React writes text as text; escaping here would show entities.
    interpolation: { escapeValue: false },
    showSupportNotice: false,
    initAsync: false,
  });
  await ready;
  if (lng === "de") {
    const { default: texts } = await OTHERS.de();
    i18next.addResourceBundle("de", "translation", texts);
    await i18next.changeLanguage("de");
  }
  document.documentElement.lang = lng;
}
