/**
 * The answers about trying a policy before it goes live, as the API gives them.
 * Shares are 0 to 1, instants RFC 3339 in UTC, days `2026-11-22`.
 */
import type { Article, Lint, Policy, SignalRead } from "@segue/client";

// ---------------------------------------------------------------- versions

export type PolicyInForce = Policy & {
  /** The trial that runs. */
  trial?: Trial | null;
};

/** What a refused activation says of the escalation rate that it would bring. */
export type LeavesBand = {
  before: number;
  after: number;
  conversations: number;
  band_points: number;
};

// ---------------------------------------------------------------- differences

export type Change = {
  path: string;
  what: "added" | "removed" | "changed" | "moved";
  before?: string | null;
  after?: string | null;
  sentence: string;
};

// ---------------------------------------------------------------- cases

export type CasesFile = { text: string; version?: string; is_default: boolean };

export type CaseTurn = {
  turn: number;
  text: string;
  expected: string;
  got: string;
  ok: boolean;
  because: string[];
};
export type Case = { name: string; line: number; ok: boolean; turns: CaseTurn[] };
export type CaseReport = {
  passed: number;
  failed: number;
  cases: Case[];
  coverage: {
    rules: { rule: string; fired_in: string[] }[];
    uncovered: string[];
    share: number;
  };
};
export type TestAnswer = { problems: Lint[]; report?: CaseReport | null };

// ---------------------------------------------------------------- what if

export type Interval = [number, number];

export type Side = {
  version: string;
  conversations: number;
  turns: number;
  escalated: number;
  rate: number | null;
  interval: Interval | null;
  by_trigger: { trigger: string; count: number }[];
  by_rule: { rule: string; count: number }[];
  by_queue: { queue: string; count: number }[];
};

export const CHANGE_KINDS = ["newly", "earlier", "later", "no_longer", "elsewhere"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type Decision = {
  turn: number;
  verdict: string;
  rule: string;
  queue?: string | null;
  kind?: string | null;
};

export type WhatIfExample = {
  conversation: string;
  reference?: string | null;
  change: ChangeKind;
  turn: number;
  before: Decision | null;
  after: Decision | null;
  customer: string;
};

export type WhatIf = {
  before: Side;
  after: Side;
  changes: Record<ChangeKind | "same", number>;
  turns_changed: number;
  exact: number;
  censored: number;
  exact_share: number;
  decided_again: { turns: number; same: number };
  by_day: { day: string; conversations: number; before: number; after: number }[];
  examples: WhatIfExample[];
  limits: { code: string; sentence: string }[];
};

export type WhatIfJob = {
  id: string;
  state: "running" | "done" | "failed";
  done: number;
  total: number;
  error?: string | null;
  report?: WhatIf | null;
};

export const WHAT_IF_DAYS = [7, 28, 90] as const;

// ---------------------------------------------------------------- going live

export type Rate = {
  escalated: number;
  conversations: number;
  rate: number | null;
  interval: Interval | null;
};

export type Trial = {
  id: string;
  mode: "shadow" | "canary";
  share: number;
  version: string;
  base: string;
  started_at: string;
  started_by: string;
  reason: string;
  state: "running" | "halted" | "stopped" | "promoted";
  ended_at?: string | null;
  ended_by?: string | null;
  end_reason?: string | null;
  band_points: number;
  tally: {
    conversations: number;
    turns: number;
    active: Rate;
    candidate: Rate;
    agree: number;
    newly: number;
    no_longer: number;
    elsewhere: number;
    examples: {
      conversation: string;
      turn: number;
      active: { verdict: string; rule: string };
      candidate: { verdict: string; rule: string };
    }[];
  };
};
export type TrialText = Trial & { text: string };
export type TrialDraft = {
  text?: string;
  proposal?: string;
  mode: Trial["mode"];
  share?: number;
  reason: string;
};

// ---------------------------------------------------------------- explain

export type Measured = SignalRead["value"];

export type Explanation = {
  policy: string;
  verdict: string;
  rule: string;
  kind?: string | null;
  queue?: string | null;
  reason: string;
  fired: string[];
  nearly: {
    rule: string;
    condition: string;
    /** A flag is 0 or 1. */
    value: number;
    threshold: number;
    missed_by: number;
    sentence: string;
  }[];
  failed: string[];
  absent: string[];
  signals: SignalRead[];
  rules_tried: number;
};

export type TurnExplained = {
  on_answer: boolean;
  explanation: Explanation;
  shadow?: { policy: string; verdict: string; rule: string } | null;
};

// ---------------------------------------------------------------- review and tuning

export const GRADES = ["right", "wrong", "unsure"] as const;
export type Grade = (typeof GRADES)[number];

export type ReviewItem = {
  conversation: string;
  turn: number;
  /** Its text in the conversation, to name it by. */
  text_ref: number;
  asked: string;
  answer: string;
  article?: Article;
  score: number;
  was_shown: boolean;
  at: string;
  by_chance: number;
};
export type ReviewList = { items: ReviewItem[]; waiting: number; graded_today: number };

export type CurvePoint = {
  threshold: number;
  answered: number;
  wrong: number | null;
  upper: number | null;
  graded: number;
};

export type TuneRow = {
  threshold: number;
  graded: number;
  wrong: number;
  wrong_share: number | null;
  upper: number | null;
  answered: number;
  p: number | null;
  certified: boolean;
  more_chats_per_day: number | null;
};

export type Certificate = {
  alpha: number;
  delta: number;
  from: string;
  until: string;
  graded: number;
  hash: string;
  expires_at: string;
};

export type Tune = {
  graded: { shown: number; withheld: number; unsure: number };
  outcomes: { what: string; count: number }[];
  accept: number;
  curve: CurvePoint[];
  aurc: number | null;
  table: TuneRow[];
  recommendation: {
    threshold: number | null;
    direction: "raise" | "lower" | "keep";
    sentence: string;
    certificate: Certificate | null;
    held_back: string | null;
  };
  refusal: { code: string; sentence: string; needed: number } | null;
  alarm: { fired: boolean; level: number; sentence: string };
  week: {
    day: number;
    title: string;
    done: boolean;
    is_today: boolean;
    wrong_shown: number;
    right_withheld: number;
    advice: string;
  }[];
};

export type TuneRequest = { alpha: number; delta: number; days: number };
