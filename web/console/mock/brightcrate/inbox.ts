import type { Inbox, OfferCard, QueueRow, Trigger } from "@segue/client";
import { alexRow, before } from "./alex";
import { others, rowOf } from "./others";
import { COLLEAGUE, ME, queues } from "./people";

const WHY: Record<string, { trigger: Trigger; text: string; target: number }> = {
  conv_jonas: { trigger: "vip", text: "VIP account", target: 120 },
  conv_priya: { trigger: "compliance", text: "possible fraud", target: 60 },
  conv_ola: { trigger: "fallback", text: "second fallback in a row", target: 240 },
};

export function queueRows(): QueueRow[] {
  return others()
    .filter((small) => small.floor.holder === "queue" || small.floor.holder === "locked")
    .map((small, at) => {
      const why = WHY[small.id];
      return {
        ...rowOf(small),
        queue: small.floor.queue ?? "",
        queue_name: small.floor.queue_name ?? "",
        waiting_since: before(small.ago),
        target_at: before(small.ago - (why?.target ?? 120)),
        priority: small.is_vip ? "vip" : "normal",
        trigger: why?.trigger ?? "opt_out",
        trigger_text: why?.text ?? "asked for a person",
        kind: small.floor.kind ?? "warm",
        position: at + 1,
        is_cold: small.floor.holder === "locked",
        offered_to: small.id === "conv_ola" ? COLLEAGUE : undefined,
        is_contact_left: false,
      };
    });
}

export const offer = (): OfferCard => ({
  offer_id: "off_1",
  conversation: "conv_noor",
  escalation_id: "esc_noor",
  offered_at: before(8),
  expires_at: before(-22),
  row: {
    ...alexRow(),
    conversation: "conv_noor",
    customer_name: "Noor Haddad",
    tier: "Growth",
    subject: "Refund for 40 voided labels has not arrived",
    floor: { holder: "queue", epoch: 2, queue: "billing", queue_name: "Billing", kind: "warm" },
    queue: "billing",
    queue_name: "Billing",
    waiting_since: before(96),
    target_at: before(-24),
    priority: "high",
    trigger: "high_stakes",
    trigger_text: "refund, never for the assistant",
    kind: "warm",
    position: 1,
    is_cold: false,
    offered_to: ME,
    is_contact_left: false,
  },
});

export const inbox = (): Inbox => ({
  me: { presence: "available", capacity: 4, load: 2 },
  offers: [offer()],
  waiting: queueRows(),
  mine: [
    alexRow(),
    ...others()
      .filter((small) => small.floor.agent?.id === ME.id)
      .map(rowOf),
  ],
  drafts: [
    {
      draft_id: "drf_lena",
      conversation: "conv_lena",
      customer_name: "Lena Fischer",
      text: "The **Growth** plan covers 1,000 labels a month; above that each label is 0.04.",
      in_reply_to_text: "Which plan fits 900 parcels a month?",
      at: before(280),
      queue: "General",
      confidence: 0.74,
      is_current: true,
    },
    {
      draft_id: "drf_otto",
      conversation: "conv_done",
      customer_name: "Otto Lind",
      text: "You can change the invoice address until the invoice is closed on the first.",
      in_reply_to_text: "How do I change the address on last month's invoice?",
      at: before(900),
      queue: "Billing",
      is_current: false,
    },
  ],
  flagged_count: 1,
  queues: queues().map((queue, at) => ({
    key: queue.key,
    name: queue.name,
    is_open: queue.key !== "technical",
    waiting: at === 3 ? 0 : 1,
    available_agents: [2, 0, 1, 2][at] ?? 0,
  })),
});
