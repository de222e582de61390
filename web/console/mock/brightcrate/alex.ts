/** The conversation of look.md: a card that keeps being refused. Times are relative to now. */
import type {
  Allowed,
  Author,
  Floor,
  Item,
  OpenEscalation,
  Packet,
  Row,
  StaffSnapshot,
  StaffState,
  Trace,
  TurnItem,
} from "@segue/client";
import { COLLEAGUE, ME, no } from "./people";

const yes = { ok: true } as const;

/** An instant this many seconds before now. */
export const before = (seconds: number): string =>
  new Date(Date.now() - seconds * 1000).toISOString();

export const customer = (name: string): Author => ({ kind: "customer", name });
export const ASSISTANT: Author = { kind: "assistant", name: "Assistant" };
const system = (notice: Author["notice"]): Author => ({ kind: "system", name: "Segue", notice });

type Plain = Omit<TurnItem, "type" | "version" | "epoch" | "is_cut" | "at"> &
  Partial<Pick<TurnItem, "epoch" | "is_cut">>;

export const turn = (version: number, ago: number, plain: Plain): TurnItem => ({
  type: "turn",
  version,
  at: before(ago),
  epoch: 1,
  is_cut: false,
  ...plain,
});

export const trace = (
  rule: string,
  because: string,
  quote: string,
  at: number,
  start = 0,
): Trace => ({
  policy: "default@3",
  rules: [
    { rule: "compliance", fired: false, because: [] },
    { rule, fired: true, because: [because] },
  ],
  signals: [
    {
      signal: "opt_out",
      value: 1,
      score: 1,
      is_reason: rule === "opt_out",
      evidence: [{ turn: at, start, end: start + quote.length, what: "asks", quote }],
    },
    { signal: "answer_confidence", value: 0.81, score: 0.81, is_reason: false, evidence: [] },
    { signal: "sentiment", value: -0.42, score: 0.6, is_reason: false, evidence: [] },
  ],
  failures: [],
  near_misses: [
    { rule: "third_repeat", condition: "repeat_count", value: 2, threshold: 3, missed_by: 1 },
  ],
});

export const watcherAllowed = (): Allowed => ({
  reply: no("not_floor_holder", "Only whoever has the floor may write to the customer."),
  note: yes,
  take: yes,
  read_packet: no("not_floor_holder", "Accept or take the conversation first."),
  requeue: no("not_floor_holder", "Only whoever has the floor may return it."),
  transfer: no("not_floor_holder", "Only whoever has the floor may pass it on."),
  hand_back: no("not_floor_holder", "Only whoever has the floor may hand it back."),
  resolve: no("not_floor_holder", "Only whoever has the floor may resolve it."),
  release_draft: no("draft_gone", "There is no draft to release."),
  reject_draft: no("draft_gone", "There is no draft to reject."),
  end_review: no("draft_gone", "Answers are not in review."),
  clear_flag: no("not_flagged", "It is not flagged."),
});

/** What whoever has the floor may do. */
export const holderAllowed = (): Allowed => ({
  ...watcherAllowed(),
  reply: yes,
  take: no("already_yours", "You have the floor already."),
  read_packet: yes,
  requeue: yes,
  transfer: yes,
  hand_back: yes,
  resolve: yes,
});

export const alexFloor = (): Floor => ({
  holder: "agent",
  epoch: 3,
  agent: ME,
  kind: "warm",
  since: before(42),
});

const escalation = (): OpenEscalation => ({
  id: "esc_alex",
  state: "accepted",
  queue: "billing",
  queue_name: "Billing",
  kind: "warm",
  trigger: "opt_out",
  rule: "opt_out",
  reason: "asked for a person",
  requested_at: before(130),
  announced_until: before(-120),
  suggested_root_cause: "AI_Looping",
  root_causes: ["AI_Missing_Knowledge", "AI_Looping", "Tool_Failure", "Policy", "Customer_Request"],
  accepted_by: ME,
  packet_read: false,
});

function untilHandoff(): Item[] {
  const alex = customer("Alex Moreau");
  return [
    turn(1, 420, {
      turn: 1,
      author: system("welcome"),
      text: "Hello, I am the assistant of Brightcrate. I am an AI; you can ask for a person at any time.",
    }),
    turn(2, 400, {
      turn: 2,
      author: alex,
      text: "I'm trying to put a new card on file and it keeps saying 402. Order #88-1234 is stuck because of it.",
    }),
    turn(3, 396, {
      turn: 3,
      author: ASSISTANT,
      text: "A 402 means that the bank refused the small charge that we use to check a card.\n\n1. Check that the billing address matches the bank's\n2. Allow **online payments** for the card\n3. Save the card again",
      confidence: 0.81,
      article: {
        slug: "card-402",
        title: "Card declined with a 402 error",
        url: "https://help.brightcrate.example/card-402",
      },
    }),
    {
      type: "verdict",
      version: 4,
      at: before(396),
      turn: 3,
      on_answer: true,
      verdict: "continue",
      rule: "general_inquiry",
      reason: "confidence 0.81 is above 0.70",
      is_flagged: false,
      trace: trace("general_inquiry", "answer_confidence 0.81 ≥ 0.70", "402", 2),
    },
    turn(5, 260, {
      turn: 4,
      author: alex,
      text: "Did all of that. Still 402. See https://status.brightcrate.example for what I get.",
    }),
    {
      type: "suppressed",
      version: 6,
      at: before(258),
      text: "You can update your card under Settings → Billing → Payment method.",
      reason: "below_band",
      confidence: 0.58,
    },
    turn(7, 257, {
      turn: 5,
      author: ASSISTANT,
      text: "I found no other cause with confidence. Does the card work elsewhere, or is it new?",
      is_fallback: true,
      confidence: 0.58,
    }),
    turn(8, 132, { turn: 6, author: alex, text: "can I just talk to a person please" }),
    {
      type: "verdict",
      version: 9,
      at: before(131),
      turn: 6,
      on_answer: false,
      verdict: "escalate",
      rule: "opt_out",
      reason: "asked for a person",
      kind: "warm",
      queue: "billing",
      is_flagged: false,
      trace: trace("opt_out", "opt_out = 1", "talk to a person", 6, 11),
    },
    turn(10, 130, {
      turn: 7,
      author: system("handoff_warm"),
      text: "I want to make sure you get the right help with this card error, so I'm looping in our finance operations team. I'm passing over our notes right now. It takes about 2 to 4 minutes; you are next in line.",
      epoch: 2,
    }),
  ];
}

export function alexItems(): Item[] {
  return [
    ...untilHandoff(),
    {
      type: "floor",
      version: 11,
      at: before(130),
      floor: {
        holder: "queue",
        epoch: 2,
        queue: "billing",
        queue_name: "Billing",
        kind: "warm",
        since: before(130),
      },
      cause: "verdict",
      reason: "asked for a person",
    },
    {
      type: "offer",
      version: 12,
      at: before(128),
      offer_id: "off_0",
      agent: COLLEAGUE,
      state: "declined",
      reason: "not_mine",
    },
    {
      type: "note",
      version: 13,
      at: before(90),
      agent: COLLEAGUE,
      text: "Seen this twice today with **prepaid** cards. The check charge is refused by design.",
    },
    { type: "floor", version: 14, at: before(42), floor: alexFloor(), cause: "accepted" },
    turn(15, 42, {
      turn: 8,
      author: system("agent_joined"),
      text: "Sarah Lindqvist from finance operations is here now and is reading the notes.",
      epoch: 3,
    }),
  ];
}

export const alexState = (): StaffState => ({
  version: 15,
  epoch: 3,
  floor: alexFloor(),
  opening: {
    assistant: "builtin",
    origin: "live",
    channel: "widget",
    page: "https://brightcrate.example/billing",
    browser: "Firefox 142, macOS",
    locale: "en",
    opened_at: before(420),
  },
  customer: {
    name: "Alex Moreau",
    email: "alex@northlane.example",
    facts: { tier: "Pro", company: "Northlane Goods", authenticated: true },
  },
  escalation: escalation(),
  drafts: [],
  is_flagged: false,
  has_contact: false,
  hand_backs: 0,
  has_customer_left: false,
  allowed: holderAllowed(),
});

export const alex = (): StaffSnapshot => ({
  conversation: "conv_alex",
  version: 15,
  items: alexItems(),
  state: alexState(),
});

export const alexRow = (): Row => ({
  conversation: "conv_alex",
  customer_name: "Alex Moreau",
  tier: "Pro",
  is_vip: false,
  subject: "402 on my new card",
  last_at: before(42),
  last_author: "customer",
  floor: alexFloor(),
  is_imported: false,
  is_demo: false,
});

export const packet = (): Packet => ({
  core_intent: {
    text: "Wants to put a new billing card on file but keeps getting a 402 error.",
    turn: 2,
  },
  summary: [
    { text: "Order #88-1234 waits for the payment.", turn: 2 },
    { text: "Followed all three steps of the article; the error stayed.", turn: 4 },
  ],
  attempted_solutions: [
    {
      what: "Steps of the article",
      article: "Card declined with a 402 error",
      url: "https://help.brightcrate.example/card-402",
      outcome: "rejected",
      turn: 4,
    },
    { what: "Asked whether the card is new", outcome: "unknown", turn: 5 },
  ],
  metadata: [
    { label: "Tier", value: "Pro" },
    { label: "Company", value: "Northlane Goods" },
    { label: "Signed in", value: "yes" },
    { label: "Page", value: "/billing" },
    { label: "Browser", value: "Firefox 142, macOS" },
    { label: "Language", value: "English" },
  ],
  entities: [
    { kind: "reference", value: "#88-1234", turn: 2 },
    { kind: "error_code", value: "402", turn: 2 },
  ],
  trigger: {
    rule: "opt_out",
    reason: "Asked for a person: “can I just talk to a person please”.",
    signals: trace("opt_out", "opt_out = 1", "talk to a person", 6, 11).signals,
  },
  open_questions: ["Is it a prepaid card?", "Does the billing address match the bank's?"],
  sentiment_curve: [
    { turn: 2, value: -0.1 },
    { turn: 4, value: -0.45 },
    { turn: 6, value: -0.3 },
  ],
  suggested_first_line:
    "Hi Alex, I see you tried the card steps with our assistant and still get the 402. Let me look at the card check for order #88-1234 with you.",
  through: 6,
  policy: "default@3",
  content_hash: "sha256:5b1d9c",
  generated: {
    model: "small-1",
    through: 6,
    withheld: false,
    core_intent: {
      text: "The customer wants to put a new billing card on file and gets a 402 error.",
      turns: [2, 4],
    },
    summary: [
      { text: "The customer followed the three steps of the article.", turns: [4] },
      { text: "The customer asks for a person.", turns: [6] },
    ],
    attempted_solutions: [{ what: "Steps of the article", outcome: "rejected", turns: [4] }],
    open_questions: [{ text: "Is it a prepaid card?", turns: [5] }],
    suggested_first_line: "Hi Alex, let me look at the 402 for order #88-1234 with you.",
    dropped: [
      {
        text: "The customer was refunded $40.",
        reason: "`40` stands neither in the turns it cites nor in the facts",
      },
    ],
  },
});
