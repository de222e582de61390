/** The other conversations: one question each, and what came of it. */
import type { Allowed, Floor, Item, Row, StaffSnapshot } from "@segue/client";
import { ASSISTANT, before, customer, holderAllowed, trace, turn, watcherAllowed } from "./alex";
import { ME, no } from "./people";

const yes = { ok: true } as const;

export type Small = {
  id: string;
  name: string;
  subject: string;
  ago: number;
  floor: Floor;
  tier?: string;
  is_vip?: boolean;
  origin?: "imported";
  is_flagged?: boolean;
  answer?: string;
};

const waiting = (queue: string, queue_name: string, ago: number): Floor => ({
  holder: "queue",
  epoch: 2,
  queue,
  queue_name,
  since: before(ago),
});

export const others = (): Small[] => [
  {
    id: "conv_mira",
    name: "Mira Castellanos",
    subject: "Webhooks stopped after rotating the key",
    ago: 64,
    floor: { holder: "agent", epoch: 4, agent: ME, since: before(610) },
    tier: "Scale",
  },
  {
    id: "conv_jonas",
    name: "Jonas Veld",
    subject: "Charged twice for the March labels",
    ago: 154,
    floor: waiting("billing", "Billing", 154),
    tier: "Enterprise",
    is_vip: true,
  },
  {
    id: "conv_priya",
    name: "Priya Raman",
    subject: "A label was bought from my account at night, not by me",
    ago: 45,
    floor: { ...waiting("security", "Security", 45), holder: "locked", kind: "cold" },
  },
  {
    id: "conv_ola",
    name: "Ola Brandt",
    subject: "429 on every call since this morning",
    ago: 35,
    floor: waiting("technical", "Technical", 35),
    tier: "Pro",
  },
  {
    id: "conv_lena",
    name: "Lena Fischer",
    subject: "Which plan fits 900 parcels a month?",
    ago: 300,
    floor: { holder: "review", epoch: 2 },
    answer: "The **Growth** plan covers 1,000 labels a month; above that each label is 0.04.",
  },
  {
    id: "conv_sam",
    name: "Sam Adeyemi",
    subject: "Do you ship lithium batteries to Norway?",
    ago: 1800,
    floor: { holder: "assistant", epoch: 1 },
    is_flagged: true,
    answer: "I could not find that in our articles with confidence. Which carrier do you use?",
  },
  {
    id: "conv_imp_1",
    name: "Visitor 4471",
    subject: "Package shown as delivered, nothing here",
    ago: 86_400 * 12,
    floor: { holder: "closed", epoch: 1, outcome: "ended_by_customer" },
    origin: "imported",
    answer: "Please wait another 24 hours; carriers sometimes scan early.",
  },
  {
    id: "conv_done",
    name: "Beatriz Lobo",
    subject: "Void a label printed by mistake",
    ago: 9000,
    floor: { holder: "closed", epoch: 3, outcome: "resolved_by_agent" },
    tier: "Starter",
    answer: "An unused label can be voided within 14 days under Labels → History.",
  },
];

export const rowOf = (small: Small): Row => ({
  conversation: small.id,
  customer_name: small.name,
  tier: small.tier,
  is_vip: small.is_vip ?? false,
  subject: small.subject,
  last_at: before(small.ago),
  last_author: small.answer ? "assistant" : "customer",
  floor: small.floor,
  is_imported: small.origin === "imported",
  is_demo: small.origin !== "imported",
});

function itemsOf(small: Small): Item[] {
  const isImported = small.origin === "imported";
  const items: Item[] = [
    turn(1, small.ago, { turn: 1, author: customer(small.name), text: `${small.subject}.` }),
    {
      type: "verdict",
      version: 2,
      at: before(small.ago),
      turn: 1,
      on_answer: false,
      verdict: isImported ? "escalate" : "continue",
      rule: isImported ? "severe_negative" : "general_inquiry",
      reason: isImported ? "negative for three turns" : "general inquiry",
      is_flagged: small.is_flagged ?? false,
      trace: trace("general_inquiry", "answer_confidence 0.81 ≥ 0.70", small.subject, 1),
    },
  ];
  if (small.answer && small.floor.holder !== "review") {
    const said = { turn: 2, author: ASSISTANT, text: small.answer, confidence: 0.74 };
    items.push(turn(3, small.ago - 4, said));
  }
  items.push({
    type: "floor",
    version: 4,
    at: before(small.ago - 6),
    floor: small.floor,
    cause: small.floor.holder === "closed" ? "closed" : "verdict",
  });
  if (isImported) {
    const labels = { satisfied: "no", reason: "no resolution offered" };
    items.push({ type: "outcome", version: 5, at: before(small.ago - 10), labels });
  }
  return items;
}

function allowedOf(small: Small): Allowed {
  if (small.floor.agent?.id === ME.id) return holderAllowed();
  return {
    ...watcherAllowed(),
    ...(small.floor.holder === "review"
      ? { release_draft: yes, reject_draft: yes, end_review: yes }
      : {}),
    ...(small.is_flagged ? { clear_flag: yes } : {}),
    ...(small.floor.holder === "closed"
      ? { take: no("closed", "The conversation is closed.") }
      : {}),
  };
}

export function snapshotOf(small: Small): StaffSnapshot {
  const draft = {
    draft_id: "drf_lena",
    text: small.answer ?? "",
    in_reply_to: 1,
    at: before(280),
    is_current: true,
  };
  return {
    conversation: small.id,
    version: 5,
    items: itemsOf(small),
    state: {
      version: 5,
      epoch: small.floor.epoch,
      floor: small.floor,
      opening: {
        assistant: "builtin",
        origin: small.origin ?? "demo",
        channel: "widget",
        opened_at: before(small.ago),
      },
      customer: { name: small.name, facts: small.tier ? { tier: small.tier } : {} },
      drafts: small.floor.holder === "review" ? [draft] : [],
      is_flagged: small.is_flagged ?? false,
      has_contact: false,
      hand_backs: 0,
      has_customer_left: false,
      allowed: allowedOf(small),
    },
  };
}
