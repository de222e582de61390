import type {
  Breakdown,
  BreakdownRow,
  Cause,
  Dashboard,
  Dimension,
  FigureCases,
  Ratio,
} from "@segue/client";

const ratio = (
  numerator: number,
  denominator: number,
  target: [number, number],
  formula: string,
  more: Partial<Ratio> = {},
): Ratio => {
  const value = numerator / denominator;
  const half = 1.96 * Math.sqrt((value * (1 - value)) / denominator);
  return {
    value,
    numerator,
    denominator,
    lo: Math.max(0, value - half),
    hi: Math.min(1, value + half),
    target: { lo: target[0], hi: target[1] },
    is_provisional: false,
    previous: null,
    formula,
    conversations: ["conv_alex", "conv_mira", "conv_jonas"],
    ...more,
  };
};

const causes = (pairs: [string, string, number][]): Cause[] => {
  const all = pairs.reduce((sum, [, , n]) => sum + n, 0);
  return pairs.map(([key, label, n]) => ({
    key,
    label,
    n,
    share: n / all,
    agent_minutes: n * (key.includes("Complex") ? 19 : 6.5),
    wait_minutes: n * 1.2,
    conversations: ["conv_alex", "conv_jonas"].slice(0, n),
  }));
};

const WEEKS: [string, number, number, number][] = [
  ["2026-W36", 0.61, 0.9, 31],
  ["2026-W37", 0.64, 0.92, 29],
  ["2026-W38", 0.66, 0.91, 30],
  ["2026-W39", 0.69, 0.94, 26],
  ["2026-W40", 0.71, 0.95, 25],
  ["2026-W41", 0.74, 0.962, 22],
];

export const dashboard = (days: number, include_demo: boolean): Dashboard => ({
  as_of: new Date().toISOString(),
  days,
  include_demo,
  demo_share: include_demo ? 0.93 : 0,
  conversations: 412,
  handed_over: {
    rate: ratio(
      131,
      412,
      [0, 1],
      "conversations in which a person was asked for at least once / all conversations",
    ),
    without_assistant: 33,
    parts: causes([
      ["mandatory", "The policy demands a person", 58],
      ["requested", "The customer asked for one", 41],
      ["measured", "The assistant could not go on", 32],
    ]),
  },
  escalation_rate: ratio(
    98,
    398,
    [0.2, 0.3],
    "conversations with an escalation ÷ conversations with a customer turn",
    { previous: 0.28 },
  ),
  ai_resolution_rate: ratio(
    288,
    398,
    [0.7, 0.8],
    "contained, with evidence of success and no repeat on the concern within 7 days ÷ conversations",
    {
      is_provisional: true,
      matures_at: new Date(Date.now() + 5 * 86_400_000).toISOString(),
      previous: 0.68,
    },
  ),
  context_retention: ratio(
    86,
    92,
    [0.95, 1],
    "packet read before the first agent turn and nothing asked again ÷ accepted",
    { previous: 0.91 },
  ),
  csat_after_escalation: ratio(
    51,
    53,
    [0.95, 1],
    "ratings of 4 or 5 for the agent's part ÷ ratings of the agent's part",
    { previous: 0.94 },
  ),
  csat_assistant: ratio(141, 160, [0.8, 1], "ratings of 4 or 5 ÷ ratings"),
  aht_after_escalation: {
    p50_s: 372,
    p90_s: 1140,
    n: 91,
    with_packet_p50_s: 341,
    without_packet_p50_s: 552,
  },
  time_to_accept: { p50_s: 48, p90_s: 171, n: 96 },
  funnel: [
    { key: "conversations", label: "Conversations", n: 412 },
    { key: "triggered", label: "A person was needed", n: 104 },
    { key: "queued", label: "Waited in a queue", n: 98 },
    { key: "accepted", label: "Accepted", n: 92 },
    { key: "resolved", label: "Resolved by a person", n: 84 },
  ],
  outcomes: [
    { key: "resolved", n: 276, share: 0.67 },
    { key: "escalated", n: 91, share: 0.22 },
    { key: "returned", n: 12, share: 0.03 },
    { key: "unmet", n: 12, share: 0.03 },
    { key: "ambiguous", n: 21, share: 0.05 },
  ],
  by_trigger: causes([
    ["opt_out", "Asked for a person", 34],
    ["never_for_ai", "Never for the assistant: refund, dispute", 22],
    ["fallback_streak", "Second fallback in a row", 17],
    ["severe_negative", "Anger or distress", 11],
    ["vip", "VIP account", 8],
    ["tool_failure", "A tool failed", 4],
    ["fraud", "Possible fraud", 2],
  ]),
  by_root_cause: causes([
    ["AI_Missing_Knowledge", "Knowledge was missing", 31],
    ["Policy", "Policy wanted a person", 24],
    ["Customer_Request", "The customer wanted a person", 18],
    ["AI_Looping", "The assistant went in circles", 10],
    ["Complex_Troubleshooting", "Too complex", 6],
    ["AI_Wrong_Answer", "The answer was wrong", 2],
  ]),
  by_queue: causes([
    ["billing", "Billing", 47],
    ["technical", "Technical", 29],
    ["general", "General", 19],
    ["security", "Security", 3],
  ]),
  weeks: WEEKS.map(([week, resolution, csat_after_escalation, n_escalated]) => ({
    week,
    resolution,
    csat_after_escalation,
    n_escalated,
    n: 103,
  })),
  heat: Array.from({ length: 7 * 24 }, (_, at) => {
    const weekday = Math.floor(at / 24);
    const hour = at % 24;
    const isDay = weekday < 5 && hour >= 7 && hour <= 19;
    const n = isDay ? ((weekday * 7 + hour * 5) % 6) + (hour === 14 ? 3 : 0) : 0;
    return { weekday, hour, n };
  }),
  wait: { abandoned: 4, n: 98 },
  retention_funnel: [
    { key: "opened", n: 92 },
    { key: "dwelled", n: 89 },
    { key: "no_reask", n: 86 },
    { key: "acknowledged", n: 71 },
  ],
  imported: {
    sources: [
      {
        source: "helpdesk export",
        conversations: 1200,
        turns: 8450,
        verdicts: { continue: 2710, fall_back: 640, review: 0, escalate: 410 },
        outcomes: [
          { label: "satisfied", value: "yes", n: 702, escalate: 96 },
          { label: "satisfied", value: "no", n: 498, escalate: 231 },
        ],
      },
    ],
  },
  tier_one: {
    resolution: ratio(240, 311, [0.7, 0.8], "of the conversations about tier-1 topics alone", {
      previous: 0.75,
    }),
    escalation: ratio(61, 311, [0.2, 0.3], "of the conversations about tier-1 topics alone"),
  },
  contained: ratio(300, 398, [0, 1], "without a handoff ÷ with the assistant"),
  silent_abandonment: ratio(17, 398, [0, 1], "the assistant had the last word ÷ with it", {
    previous: 0.06,
  }),
  repeat_contact: {
    rate: ratio(14, 251, [0, 1], "back within 7 days ÷ resolved", { previous: 0.07 }),
    resolved: 366,
    coverage: 251 / 366,
  },
  csat_segments: [
    segment("assistant_only", 300, 141, 160),
    segment("handed_off", 98, 38, 39),
    segment("person_only", 33, 13, 14),
  ],
  first_response: { p50_s: 66, p90_s: 221, n: 95 },
  sla_attainment: {
    formula_id: "SL-A",
    rate: ratio(84, 97, [0, 1], "accepted within the target ÷ waited", { previous: 0.81 }),
  },
  silent_in_handoff: ratio(3, 91, [0, 1], "gone when the agent wrote ÷ answered"),
  transfer_rate: ratio(8, 92, [0, 1], "passed on after words ÷ answered", { previous: 0.11 }),
  misroute_rate: ratio(4, 92, [0, 1], "to another queue within 2 messages ÷ accepted"),
  first_contact_resolution: ratio(74, 91, [0, 1], "solved by the first, for good ÷ dealt with"),
  requests_per_handoff: { mean: 1.06, target: 1, n: 41 },
  begging_rate: ratio(2, 41, [0, 0.005], "asked twice or more ÷ asked"),
  sign_to_handoff: { turns_p50: 0, turns_p90: 2, p50_s: 9, p90_s: 140, n: 57 },
  cost: {
    agent_minutes: 612,
    tokens: 1_240_000,
    agent_minute_cost: 0.6,
    tokens_million_cost: 2,
    agents: 367.2,
    model: 2.48,
    per_conversation: 0.9,
    per_escalated: 3.78,
    per_assistant_only: 0.01,
    minutes_saved: 1876,
    saved: 1125.6,
    net: 1123.12,
  },
  rule_timing: {
    rules: [
      timing("opt_out", 34, 0, 3, 2),
      timing("second_fallback", 31, 6, 4, 5),
      timing("severe_negative", 11, 1, 2, 0),
    ],
    whole: timing("", 91, 7, 9, 12),
  },
});

function segment(key: string, conversations: number, good: number, scored: number) {
  return {
    key,
    conversations,
    response_rate: scored / conversations,
    worst: good / conversations,
    best: (good + conversations - scored) / conversations,
    csat: ratio(good, scored, [0, 1], "scores of 4 or 5 ÷ scores"),
  };
}

function estimate(hits: number, n: number) {
  const { value, lo, hi } = ratio(hits, n, [0, 1], "");
  return { value, lo, hi, n, is_small: n < 30 };
}

function timing(rule: string, handoffs: number, early: number, late: number, missed: number) {
  const judged = Math.ceil(handoffs / 2) + early;
  return {
    rule,
    handoffs,
    early,
    late,
    missed,
    precision: estimate(judged - early, judged),
    recall: estimate(handoffs, handoffs + missed),
    timeliness: estimate(handoffs - late, handoffs),
  };
}

const share = (metric: string, numerator: number, denominator: number) => {
  const { value, lo, hi } = ratio(numerator, denominator, [0, 1], "");
  const shrunk = (numerator + 20 * 0.5) / (denominator + 20);
  return { metric, value, numerator, denominator, lo, hi, shrunk, is_small: denominator < 30 };
};

const row = (key: string, conversations: number, handoffs: number): BreakdownRow => ({
  key,
  label: key,
  conversations,
  handoffs,
  shares: [
    share("escalation_rate", handoffs, conversations),
    share("ai_resolution_rate", conversations - handoffs, conversations),
    share("silent_abandonment", Math.round(conversations / 20), conversations),
    share("csat_assistant", Math.round(conversations / 3), Math.round(conversations / 2.5)),
    share("csat_after_escalation", Math.round(handoffs / 2), Math.ceil(handoffs / 1.9)),
    share("context_retention", Math.round(handoffs * 0.9), handoffs),
    share("first_contact_resolution", Math.round(handoffs * 0.8), handoffs),
    share("sla_attainment", Math.round(handoffs * 0.85), handoffs),
    share("wait", Math.round(handoffs * 0.05), handoffs),
    share("transfer_rate", Math.round(handoffs * 0.1), handoffs),
    share("misroute_rate", Math.round(handoffs * 0.04), handoffs),
    share("repeat_contact", Math.round(conversations / 18), conversations),
  ],
  durations: [
    {
      metric: "time_to_accept",
      p50_s: 30 + handoffs,
      p90_s: 190,
      n: handoffs,
      is_small: handoffs < 30,
    },
    {
      metric: "aht_after_escalation",
      p50_s: 372,
      p90_s: 900,
      n: handoffs,
      is_small: handoffs < 30,
    },
  ],
});

const KEYS: { [D in Dimension]?: [string, number, number][] } = {
  rule: [
    ["opt_out", 34, 34],
    ["second_fallback", 31, 31],
    ["severe_negative", 11, 11],
  ],
  topic: [
    ["", 240, 31],
    ["billing_dispute", 61, 40],
    ["refund_return", 58, 21],
    ["legal", 9, 6],
  ],
  language: [
    ["en", 290, 66],
    ["de", 122, 32],
  ],
};

/** Three rows for any dimension of which nothing else is known here. */
export const breakdown = (by: Dimension): Breakdown => ({
  by,
  of: ["trigger", "rule", "queue", "agent"].includes(by) ? "handoffs" : "conversations",
  rows: (KEYS[by] ?? [["", 412, 98]]).map(([key, n, handoffs]) => row(key, n, handoffs)),
  total: row("", 412, 98),
  left_out: 0,
});

/** Some conversations behind any number. */
export const cases = (): FigureCases => ({
  n: 3,
  items: ["conv_alex", "conv_mira", "conv_jonas"].map((conversation, at) => ({
    conversation,
    started_at: new Date(Date.now() - (at + 1) * 3_600_000).toISOString(),
    outcome: "escalated",
    turns: 6 + at,
    topic: "billing_dispute",
    language: "en",
    channel: "widget",
    rule: "second_fallback",
    trigger: "fallback",
    queue: "billing",
    root_cause: "AI_Missing_Knowledge",
    rated_agent: 5 - at,
  })),
});
