/**
 * Names that the server gives in English for programs, said in the reader's language by
 * their key. A key that is not in the catalogue keeps the server's word.
 */
import type { Floor, Permit } from "@segue/client";
import type { TFunction } from "i18next";
import type en from "../texts/en.json";

/** The sections of the catalogue that name things by the server's keys. */
type Section =
  | "trigger"
  | "row_trigger"
  | "root_cause"
  | "outcome_key"
  | "step"
  | "entity"
  | "fact"
  | "outcome_what"
  | "week_title";

export function word(t: TFunction, section: Section, key: string, otherwise: string): string {
  const known: Record<string, string> = t(section, { returnObjects: true });
  return known[key] ?? otherwise;
}

type Reason = keyof (typeof en)["permit"];

/** Why something may not be done, where `floor` says who has the conversation. */
export function reasonText(t: TFunction, permit: Permit, floor?: Floor): string {
  if (permit.ok) return "";
  const known: Record<string, string> = t("permit", { returnObjects: true });
  const key: Reason | string = permit.code;
  if (key === "not_floor_holder" && floor?.holder === "agent" && floor.agent !== undefined) {
    return t("permit.held_by", { name: floor.agent.name });
  }
  return known[key] ?? permit.reason;
}

/** A verdict in the reader's language; one that is not known keeps its word. */
export function verdictWord(verdict: string, t: TFunction): string {
  switch (verdict) {
    case "continue":
    case "fall_back":
    case "review":
    case "escalate":
      return t(`verdict.${verdict}`);
    default:
      return verdict;
  }
}
