/** What the values of a dimension are called. */
import type { Dimension } from "@segue/client";
import { useTranslation } from "react-i18next";
import { word } from "../../lib/words";

/** The name of a value in the reader's language; `label` is the server's word for it. */
export function useValueName(): (by: Dimension, key: string, label?: string) => string {
  const { t, i18n } = useTranslation();
  return (by, key, label) => {
    if (key === "") return t(by === "topic" ? "breakdown.no_topic" : "breakdown.unknown");
    switch (by) {
      case "trigger":
        return word(t, "trigger", key, label ?? key);
      case "hour":
        return `${key.padStart(2, "0")}:00`;
      case "language":
        return languageName(key, i18n.language);
      default:
        return label || key;
    }
  };
}

function languageName(key: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(key) ?? key;
  } catch {
    return key;
  }
}
