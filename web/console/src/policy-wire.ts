/**
 * The answers about trying a policy before it goes live, as the API gives them.
 * Shares are 0 to 1, instants RFC 3339 in UTC, days `2026-11-22`.
 */
import type { Policy, TurnExplained } from "@segue/client";

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

// ---------------------------------------------------------------- going live

type Interval = number[];

export type Rate = {
  escalated: number;
  conversations: number;
  rate?: number | null;
  interval?: Interval | null;
};

export type Trial = {
  id: string;
  mode: "shadow" | "canary";
  /** Of a canary: the share of conversations that it decides. */
  share?: number | null;
  version: string;
  base: string;
  proposal?: string | null;
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
    /** Of a shadow, which decides on the same conversations; a canary has its own. */
    agree?: number | null;
    newly?: number | null;
    no_longer?: number | null;
    elsewhere?: number | null;
    /** By more than chance may do. */
    leaves_band: boolean;
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

/** With what a shadow said on the same turn. */
export type ExplainedTurn = TurnExplained & {
  shadow?: { policy: string; verdict: string; rule: string } | null;
};

// ---------------------------------------------------------------- tuning

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
