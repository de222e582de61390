import type { Cause, Dashboard, Ratio } from "@segue/client";

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
});
