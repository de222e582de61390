/** What trying a policy shows at Brightcrate: figures that follow the threshold in the text. */
import type {
  CaseReport,
  Explanation,
  Policy,
  PolicyChange,
  Proposal,
  ReviewItem,
  Trial,
  Tune,
  TuneRequest,
  WhatIf,
  WhatIfSide,
} from "@segue/client";

const HOUR_MS = 3_600_000;
const before = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();
const day = (back: number) => before(24 * back).slice(0, 10);

export const acceptOf = (text: string) => Number(/^ {2}accept: *([\d.]+)/m.exec(text)?.[1] ?? 0.7);
const floorOf = (text: string) => Number(/^ {2}floor: *([\d.]+)/m.exec(text)?.[1] ?? 0.65);

export const versions = (): Policy["versions"] => [
  {
    version: "default@3f9c1a20",
    activated_at: "2026-11-16T09:12:00.000Z",
    by: "Jonas Weber",
    reason: "Refunds go to finance operations, as agreed with Maren",
    kind: "approved",
  },
  {
    version: "default@a1180c4e",
    activated_at: "2026-11-09T14:03:00.000Z",
    by: "Jonas Weber",
    reason: "The lower threshold sent too many shipping questions to people",
    kind: "rolled_back",
  },
  {
    version: "default@77d2e9b1",
    activated_at: "2026-11-09T08:30:00.000Z",
    by: "Jonas Weber",
    reason: "Try 0.80 after last week's wrong answers",
    kind: "activated",
  },
  {
    version: "default@a1180c4e",
    activated_at: "2026-10-01T08:00:00.000Z",
    kind: "activated",
  },
];

export const trying = () => ({
  reason: versions()[0]?.reason,
  trial: null,
  open_proposals: 1,
  can_roll_back_to: "default@a1180c4e",
});

// ---------------------------------------------------------------- differences

export function changesOf(text: string, old: string): PolicyChange[] {
  const changes: PolicyChange[] = [];
  const add = (key: "floor" | "accept", was: number, is: number) => {
    if (was === is) return;
    const how = is > was ? "rises" : "falls";
    changes.push({
      path: `bands.${key}`,
      what: "changed",
      before: was.toFixed(2),
      after: is.toFixed(2),
      sentence:
        key === "accept"
          ? `The score from which an answer is said ${how} from ${was.toFixed(2)} to ${is.toFixed(2)}.`
          : `The score below which there is no answer ${how} from ${was.toFixed(2)} to ${is.toFixed(2)}.`,
    });
  };
  add("floor", floorOf(old), floorOf(text));
  add("accept", acceptOf(old), acceptOf(text));
  return changes;
}

// ---------------------------------------------------------------- what if

export function whatIf(text: string, old: string, days: number): WhatIf {
  const conversations = 59 * days;
  const shift = (acceptOf(text) - acceptOf(old)) * 0.62;
  const rate = 0.238;
  const escalated = Math.round(conversations * rate);
  const moved = Math.round(conversations * Math.abs(shift));
  const back = Math.round(moved * 0.12);
  const now = escalated + (shift >= 0 ? moved - back : back - moved);
  const [newly, no_longer] = shift >= 0 ? [moved, back] : [back, moved];
  const [earlier, later] = shift >= 0 ? [Math.round(moved / 3), 2] : [1, Math.round(moved / 3)];
  const elsewhere = Math.round(moved / 9);
  const side = (version: string, count: number, low: number): WhatIfSide => ({
    version,
    conversations,
    turns: conversations * 4 + 17,
    escalated: count,
    rate: count / conversations,
    interval: [count / conversations - 0.038, count / conversations + 0.042],
    bounds: [count / conversations - 0.006, count / conversations + 0.004],
    by_trigger: [
      { trigger: "opt_out", count: Math.round(escalated * 0.31) },
      { trigger: "high_stakes", count: Math.round(escalated * 0.24) },
      { trigger: "low_confidence", count: low },
      { trigger: "sentiment", count: Math.round(escalated * 0.09) },
      { trigger: "repeat", count: Math.round(escalated * 0.06) },
      { trigger: "vip", count: Math.round(escalated * 0.05) },
    ],
    by_rule: [],
    by_queue: [],
  });
  const low = Math.round(escalated * 0.22);
  const censored = later + no_longer;
  return {
    before: side("default@3f9c1a20", escalated, low),
    after: side("default@yours", now, Math.max(0, low + now - escalated)),
    changes: {
      same: conversations - newly - no_longer - earlier - later - elsewhere,
      newly,
      no_longer,
      earlier,
      later,
      elsewhere,
    },
    turns_changed: moved * 2,
    exact: conversations - censored,
    censored,
    exact_share: (conversations - censored) / conversations,
    decided_again: {
      turns: conversations * 4 + 17,
      same: conversations * 4 + 17,
      unknown: 0,
      unreadable: 0,
    },
    by_day: Array.from({ length: days }, (_, at) => {
      const wave = rate + 0.05 * Math.sin(at * 1.7);
      return {
        day: day(days - at),
        conversations: 52 + ((at * 7) % 15),
        before: Math.round(52 * wave),
        after: Math.max(0, Math.round(52 * (wave + shift * (0.7 + 0.5 * Math.cos(at))))),
      };
    }),
    examples: EXAMPLES.filter(
      (one) => ({ same: 0, newly, no_longer, earlier, later, elsewhere })[one.change],
    ),
    limits: [
      {
        code: "counterfactual",
        sentence:
          "From the turn on at which the two policies part, nobody knows what would have been said: no outcome is claimed there.",
      },
      {
        code: "behavior",
        sentence:
          "People who get a person sooner may ask for one more often; a replay cannot see that.",
      },
      {
        code: "waiting",
        sentence:
          "More handoffs make everybody wait longer; the waiting times of the log are not reused.",
      },
    ],
  };
}

const EXAMPLES: WhatIf["examples"] = [
  {
    conversation: "conv_alex",
    change: "newly",
    turn: 5,
    after: { turn: 5, verdict: "escalate", rule: "fallback", queue: "technical", kind: "warm" },
    customer: "And does that also work when the parcels are picked up by two different carriers?",
  },
  {
    conversation: "conv_sam",
    change: "newly",
    turn: 3,
    after: { turn: 3, verdict: "escalate", rule: "fallback", queue: "customer_care", kind: "warm" },
    customer: "Where do I see which of my labels were never scanned?",
  },
  {
    conversation: "conv_noor",
    change: "earlier",
    turn: 4,
    before: { turn: 7, verdict: "escalate", rule: "fallback", queue: "billing", kind: "warm" },
    after: { turn: 4, verdict: "escalate", rule: "fallback", queue: "billing", kind: "warm" },
    customer: "The invoice still shows the old plan, although we changed in October.",
  },
  {
    conversation: "conv_alex",
    change: "no_longer",
    turn: 6,
    before: { turn: 6, verdict: "escalate", rule: "fallback", queue: "technical", kind: "warm" },
    customer: "The webhook answers 401 since this morning.",
  },
];

// ---------------------------------------------------------------- cases

export const CASES = `# Conversations that must go as written here.
cases:
  - name: A plain question is answered
    turns:
      - customer: How do I print a label?
        answer: {confidence: 0.78}
        expect: continue

  - name: A refund goes to finance operations
    turns:
      - customer: I want my money back for the October invoice.
        expect: {verdict: escalate, queue: finance_operations}

  - name: An uncertain answer is asked back first
    turns:
      - customer: Can I merge two shops?
        answer: {confidence: 0.61}
        expect: fall_back
`;

export function testOf(text: string, cases: string): CaseReport {
  const accept = acceptOf(text);
  const isPlain = accept <= 0.78;
  const turn = (said: string, expected: string, got: string, because: string[] = []) => ({
    turn: 1,
    line: 1,
    text: said,
    expected,
    got,
    ok: expected === got,
    because,
  });
  const one = (name: string, turns: ReturnType<typeof turn>[]) => ({
    name,
    line: Math.max(1, cases.split("\n").findIndex((line) => line.includes(name)) + 1),
    ok: turns.every(({ ok }) => ok),
    turns,
  });
  const all = [
    one("A plain question is answered", [
      turn("How do I print a label?", "continue", isPlain ? "continue" : "fall_back (bands)", [
        `bands: the lowest score was 0.78, ${(accept - 0.78).toFixed(2)} below accept (${accept.toFixed(2)})`,
      ]),
    ]),
    one("A refund goes to finance operations", [
      turn(
        "I want my money back for the October invoice.",
        "escalate → finance_operations",
        "escalate → finance_operations",
      ),
    ]),
    one("An uncertain answer is asked back first", [
      turn("Can I merge two shops?", "fall_back", "fall_back"),
    ]),
  ];
  const failed = all.filter(({ ok }) => !ok).length;
  const rules = ["security", "distress", "angry_demand", "legal_or_complaint", "vip", "money"];
  return {
    passed: all.length - failed,
    failed,
    cases: all,
    coverage: {
      rules: rules.map((rule) => ({
        rule,
        fired_in: rule === "money" ? [all[1]?.name ?? ""] : [],
      })),
      uncovered: rules.filter((rule) => rule !== "money"),
      share: 1 / rules.length,
    },
  };
}

// ---------------------------------------------------------------- proposals and trials

export const proposals = (): Proposal[] => [
  {
    id: "prop_1",
    version: "default@c40d77aa",
    base: "default@3f9c1a20",
    author: "Nadia Okafor",
    at: before(3),
    reason: "Raise the answer threshold to 0.75: six wrong answers about customs last week",
    state: "open",
    is_own: false,
  },
  {
    id: "prop_0",
    version: "default@3f9c1a20",
    base: "default@a1180c4e",
    author: "Sarah Lindqvist",
    at: before(190),
    reason: "Refunds go to finance operations",
    state: "approved",
    is_own: true,
    decided_by: "Jonas Weber",
    decided_at: before(170),
    decision: "Agreed with Maren",
  },
];

export const trial = (more: Partial<Trial>): Trial => ({
  id: "trial_1",
  mode: "shadow",
  share: 1,
  version: "default@c40d77aa",
  base: "default@3f9c1a20",
  started_at: before(5.4),
  started_by: "Jonas Weber",
  reason: "Does 0.75 send the customs questions to people, and only those?",
  state: "running",
  band_points: 20,
  tally: {
    conversations: 148,
    turns: 611,
    active: { escalated: 34, conversations: 148, rate: 34 / 148, interval: [0.169, 0.304] },
    candidate: { escalated: 41, conversations: 148, rate: 41 / 148, interval: [0.211, 0.354] },
    agree: 137,
    newly: 8,
    no_longer: 1,
    elsewhere: 2,
    leaves_band: false,
    examples: [
      {
        conversation: "conv_alex",
        turn: 5,
        active: { verdict: "continue", rule: "bands" },
        candidate: { verdict: "escalate", rule: "fallback" },
      },
      {
        conversation: "conv_sam",
        turn: 3,
        active: { verdict: "continue", rule: "bands" },
        candidate: { verdict: "fall_back", rule: "bands" },
      },
    ],
  },
  ...more,
});

export const trials = (): Trial[] => [
  trial({
    id: "trial_0",
    mode: "canary",
    share: 0.1,
    version: "default@77d2e9b1",
    started_at: before(330),
    reason: "0.80 on a tenth of the conversations",
    state: "halted",
    ended_at: before(326),
    end_reason:
      "Of its last 40 conversations 52 % went to people, 28 points more than under the rules in force.",
  }),
];

// ---------------------------------------------------------------- explain

export const explanation = (): Explanation => ({
  policy: "default@3f9c1a20",
  verdict: "continue",
  rule: "bands",
  reason: "the answer reached the threshold",
  fired: [
    "The lowest score, retrieval_confidence 0.74, reached accept (0.70), so the answer is said.",
  ],
  nearly: [
    {
      rule: "severe_negative",
      condition: "sentiment at most -0.80",
      value: -0.72,
      threshold: -0.8,
      missed_by: 0.08,
      sentence: "sentiment was -0.72 and would have fired at -0.80: missed by 0.08",
    },
    {
      rule: "complex_request",
      condition: "complexity at least 0.70",
      value: 0.63,
      threshold: 0.7,
      missed_by: 0.07,
      sentence: "complexity was 0.63 and would have fired at 0.70: missed by 0.07",
    },
  ],
  failed: [],
  absent: ["query_distance"],
  signals: [
    { signal: "retrieval_confidence", value: 0.74, score: 0.74, evidence: [], is_reason: true },
    {
      signal: "sentiment",
      value: -0.72,
      score: 0.72,
      evidence: [{ turn: 3, what: "negative words", start: 4, end: 26 }],
      is_reason: false,
    },
  ],
  flag: false,
  rules_tried: 19,
});

// ---------------------------------------------------------------- review and tuning

const ASKED: [asked: string, answer: string, title: string, score: number, was_shown: boolean][] = [
  [
    "Do I need a customs form for a parcel to Norway?",
    "Yes. For parcels to Norway you add a CN23 form; the label editor fills it in when you choose **International** and list the contents.",
    "Customs forms",
    0.78,
    true,
  ],
  [
    "Can I use one label for two parcels of the same order?",
    "One label covers one parcel. You can print a second label from the order's page with **Add parcel**.",
    "Orders with several parcels",
    0.71,
    true,
  ],
  [
    "How long do you keep my shipping history?",
    "You find your invoices under *Billing → Invoices*. They can be downloaded as PDF.",
    "Invoices",
    0.66,
    false,
  ],
];

export const reviewItems = (): ReviewItem[] =>
  ASKED.map(([asked, answer, title, score, was_shown], at) => ({
    conversation: ["conv_alex", "conv_sam", "conv_noor"][at] ?? "conv_alex",
    turn: 2 + at,
    text_ref: 3 + at,
    asked,
    answer,
    article: { slug: `art-${at}`, title, url: `https://help.brightcrate.example/${at}` },
    score,
    was_shown,
    at: before(4 + 5 * at),
    by_chance: was_shown ? 0.1 : 0.05,
  }));

const GRID = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5];

export function tune({ alpha, delta, days }: TuneRequest): Tune {
  const graded = days === 7 ? 14 : days === 28 ? 412 : 1180;
  const rows = GRID.map((threshold, at) => {
    const answered = Math.min(0.86, 0.14 + 0.1 * at);
    const n = Math.round(graded * answered);
    const wrong_share = 0.018 + 0.0125 * at;
    const upper =
      wrong_share + (1.1 - delta) * Math.sqrt((wrong_share * (1 - wrong_share)) / n) * 1.6;
    return {
      threshold,
      graded: n,
      wrong: Math.round(n * wrong_share),
      wrong_share,
      upper,
      answered,
      p: upper <= alpha ? 0.02 : 0.4,
      certified: upper <= alpha,
      more_chats_per_day: Math.round((0.64 - answered) * 140),
    };
  });
  const best = rows.filter(({ certified }) => certified).at(-1);
  const isFew = graded < 22;
  const n = Math.round(1 / alpha);
  return {
    alpha,
    delta,
    answers: graded * 9,
    by_topic: [],
    graded: { shown: Math.round(graded * 0.83), withheld: Math.round(graded * 0.17), unsure: 9 },
    outcomes: [
      { what: "AI_Wrong_Answer", count: 11 },
      { what: "csat_assistant_below_4", count: 7 },
    ],
    accept: 0.7,
    curve: rows.map(({ threshold, answered, wrong_share, upper, graded }) => ({
      threshold,
      answered,
      wrong: wrong_share,
      upper,
      graded,
    })),
    aurc: 0.061,
    table: rows,
    recommendation: {
      threshold: best?.threshold,
      direction: (best?.threshold ?? 0.7) > 0.7 ? "raise" : "keep",
      sentence:
        best === undefined
          ? `On the answers we checked, no threshold keeps fewer than 1 in ${n} of the assistant's answers wrong with the sureness you ask for.`
          : `On the answers we checked, setting ${best.threshold.toFixed(2)} keeps us ${Math.round((1 - delta) * 100)} % sure that fewer than 1 in ${n} of the assistant's answers are wrong; going lower would send about ${Math.abs(best.more_chats_per_day)} fewer chats a day to people, but the evidence is not there yet to promise the same quality.`,
      certificate:
        best === undefined || isFew
          ? undefined
          : {
              alpha,
              delta,
              from: before(24 * days),
              until: before(2),
              graded: best.graded,
              hash: "8c1f0e4b7a52",
              expires_at: before(-24 * 28),
            },
    },
    refusal: isFew
      ? {
          code: "too_few",
          sentence: `${graded} checked answers are too few to promise fewer than 1 in ${n} wrong.`,
          needed: 30,
        }
      : undefined,
    alarm: { fired: false, level: 1.4, sentence: "" },
    week: Array.from({ length: 7 }, (_, at) => ({
      day: at + 1,
      title: "",
      done: at < 3,
      is_today: at === 3,
      wrong_shown: [0, 2, 3, 0, 0, 0, 0][at] ?? 0,
      right_withheld: [0, 1, 2, 0, 0, 0, 0][at] ?? 0,
      advice:
        at === 3
          ? "Five wrong answers were seen by customers and three right ones were held back. Check twenty more before you move the threshold."
          : "",
    })),
  };
}
