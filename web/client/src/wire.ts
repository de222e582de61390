/**
 * The shapes on the wire. This is the only file that names them; everything else
 * imports them from `@segue/client`, so that replacing it by the generated
 * `generated/api.ts` is a change of one file.
 *
 * Instants are RFC 3339 in UTC with milliseconds; ids are prefixed and opaque.
 */

// ---------------------------------------------------------------- the floor

export type Outcome =
  | "resolved_by_agent"
  | "confirmed_by_customer"
  | "ended_by_customer"
  | "idle"
  | "follow_up";

export type Holder = "assistant" | "review" | "queue" | "locked" | "agent" | "closed";

export type HandoffKind = "warm" | "cold" | "takeover";

export type Person = { id: string; name: string };

export type Floor = {
  holder: Holder;
  epoch: number;
  queue?: string;
  queue_name?: string;
  kind?: HandoffKind;
  since?: string;
  agent?: Person;
  outcome?: Outcome;
};

export type Notice =
  | "welcome"
  | "handoff_warm"
  | "handoff_cold"
  | "takeover"
  | "after_hours"
  | "wait_extended"
  | "requeued"
  | "agent_joined"
  | "transferred"
  | "hand_back"
  | "contact_taken"
  | "expired"
  | "review_started"
  | "closed";

export type AuthorKind = "customer" | "assistant" | "agent" | "agent_draft" | "system";

export type Author = {
  kind: AuthorKind;
  name: string;
  agent_id?: string;
  is_edited?: boolean;
  notice?: Notice;
};

export type Article = { slug: string; title: string; url: string };

export type Turn = {
  turn: number;
  author: Author;
  text: string;
  at: string;
  source_at?: string;
  epoch: number;
  is_cut: boolean;
  article?: Article;
  confidence?: number;
  is_fallback?: boolean;
};

/** What the caller may do now; the page shows it and never computes it. */
export type Allowed = Record<string, { ok: true } | { ok: false; code: string; reason: string }>;

// ---------------------------------------------------------------- the trace

export type Verdict = "continue" | "fall_back" | "review" | "escalate";

export type Evidence = { turn: number; start: number; end: number; what: string; quote?: string };

export type SignalRead = {
  signal: string;
  value: number | string | boolean | null;
  score?: number;
  evidence: Evidence[];
};

export type Trace = {
  policy: string;
  rules: { rule: string; fired: boolean; because: string[] }[];
  signals: SignalRead[];
  failures: string[];
  near_misses: {
    rule: string;
    condition: string;
    value: number | string | null;
    threshold: number | string | null;
    missed_by: number | null;
  }[];
};

// ---------------------------------------------------------------- the timeline

type Stamped<T extends string, F> = { type: T; version: number; at: string } & F;

export type FloorCause =
  | "verdict"
  | "asked"
  | "accepted"
  | "taken"
  | "passed"
  | "requeued"
  | "handed_back"
  | "presence_lost"
  | "overflowed"
  | "closed"
  | "reopened"
  | "assistant_silent";

export type OfferState = "pending" | "accepted" | "declined" | "timed_out" | "rescinded";
export type DraftState = "staged" | "released" | "edited" | "rejected" | "outdated";
export type EscalationState =
  | "requested"
  | "queued"
  | "accepted"
  | "expired"
  | "abandoned"
  | "withdrawn"
  | "resolved"
  | "handed_back";
export type RatedPart = "assistant" | "agent";

export type TurnItem = Stamped<"turn", Turn>;
export type FloorItem = Stamped<"floor", { floor: Floor; cause: FloorCause; reason?: string }>;
export type VerdictItem = Stamped<
  "verdict",
  {
    turn: number;
    on_answer: boolean;
    verdict: Verdict;
    rule: string;
    reason: string;
    kind?: HandoffKind;
    queue?: string;
    is_flagged: boolean;
    trace: Trace;
  }
>;
export type NoteItem = Stamped<"note", { agent: Person; text: string }>;
export type SuppressedItem = Stamped<
  "suppressed",
  { text: string; reason: "floor_lost" | "below_band"; confidence?: number }
>;
export type OfferItem = Stamped<
  "offer",
  { offer_id: string; agent: Person; state: OfferState; reason?: string }
>;
export type DraftItem = Stamped<
  "draft",
  { draft_id: string; state: DraftState; agent?: Person; text?: string }
>;
export type PacketReadItem = Stamped<"packet_read", { agent: Person; dwell_ms: number }>;
export type ContactItem = Stamped<"contact", { text: string }>;
export type RatedItem = Stamped<"rated", { part: RatedPart; score: number; text?: string }>;
export type EscalationItem = Stamped<
  "escalation",
  {
    escalation_id: string;
    state: EscalationState;
    queue?: string;
    trigger?: string;
    root_cause?: string;
    disposition?: string;
  }
>;
export type FlagItem = Stamped<"flag", { state: "raised" | "cleared" }>;
export type ConfirmedItem = Stamped<"confirmed", { turn: number; helped: boolean }>;
export type OutcomeItem = Stamped<"outcome", { labels: Record<string, string | number | boolean> }>;

/** What both audiences may receive. */
export type CustomerItem = TurnItem | FloorItem;

/** What staff receive. */
export type Item =
  | CustomerItem
  | VerdictItem
  | NoteItem
  | SuppressedItem
  | OfferItem
  | DraftItem
  | PacketReadItem
  | ContactItem
  | RatedItem
  | EscalationItem
  | FlagItem
  | ConfirmedItem
  | OutcomeItem;

// ---------------------------------------------------------------- the widget

export type Wait = {
  position: number | null;
  lo_min: number | null;
  hi_min: number | null;
  more_than_min?: number;
  who: string;
  reason: string;
  notes_passed: boolean;
  is_open: boolean;
  opens_at?: string;
  may_leave_contact: boolean;
  may_withdraw: boolean;
  reference?: string;
  contact_left: boolean;
};

export type RatingState = "open" | "done" | "none";

export type CustomerState = {
  version: number;
  epoch: number;
  floor: Floor;
  speaker: { name: string; note: string };
  wait?: Wait;
  can_write: boolean;
  rating: { assistant: RatingState; agent: RatingState };
  confirmable_turn?: number;
  is_closed: boolean;
};

export type CustomerSnapshot = {
  conversation: string;
  version: number;
  items: CustomerItem[];
  state: CustomerState;
};

export type WidgetSession = {
  token: string;
  expires_at: string;
  company: { name: string };
  assistant: { name: string; is_ai: true };
  customer?: { name: string };
  conversation?: string;
  texts_locale: string;
};

// ---------------------------------------------------------------- the console

export type Role = "owner" | "admin" | "supervisor" | "agent" | "analyst";
export type Presence = "available" | "busy" | "away" | "offline";

export type Me = {
  agent: { id: string; name: string; email: string; role: Role };
  workspace: { id: string; name: string; is_demo: boolean };
  presence: Presence;
  capacity: number;
  load: number;
  allowed: Allowed;
  widget_url: string;
};

export type Row = {
  conversation: string;
  customer_name: string;
  tier?: string;
  is_vip: boolean;
  subject: string;
  last_at: string;
  last_author: AuthorKind;
  unread?: boolean;
  floor: Floor;
  is_imported: boolean;
  is_demo: boolean;
};

export type Priority = "normal" | "high" | "vip" | "urgent";

export type QueueRow = Row & {
  queue: string;
  queue_name: string;
  waiting_since: string;
  target_at: string;
  priority: Priority;
  trigger: string;
  trigger_text: string;
  kind: HandoffKind;
  position: number;
  is_cold: boolean;
  due_at?: string;
  offered_to?: Person;
  is_contact_left: boolean;
};

export type OfferCard = {
  offer_id: string;
  conversation: string;
  escalation_id: string;
  expires_at: string;
  offered_at: string;
  row: QueueRow;
};

export type DraftCard = {
  draft_id: string;
  conversation: string;
  customer_name: string;
  text: string;
  in_reply_to_text: string;
  at: string;
  confidence?: number;
  queue: string;
  is_current?: boolean;
  customer_turns_since?: number;
};

export type QueueCount = {
  key: string;
  name: string;
  is_open: boolean;
  opens_at?: string;
  waiting: number;
  available_agents: number;
};

export type Inbox = {
  me: { presence: Presence; capacity: number; load: number };
  offers: OfferCard[];
  waiting: QueueRow[];
  mine: Row[];
  drafts: DraftCard[];
  flagged_count: number;
  queues: QueueCount[];
};

export const ROOT_CAUSES = [
  "AI_Missing_Knowledge",
  "AI_Looping",
  "Complex_Troubleshooting",
  "Tool_Failure",
  "Policy",
  "Customer_Request",
  "AI_Wrong_Answer",
] as const;
export type RootCause = (typeof ROOT_CAUSES)[number];

export const DISPOSITIONS = [
  "solved",
  "follow_up",
  "customer_left",
  "not_for_us",
  "no_action",
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const DECLINE_REASONS = ["not_mine", "too_busy", "missing_skill", "other"] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export type OpenEscalation = {
  id: string;
  state: EscalationState;
  queue: string;
  queue_name: string;
  kind: HandoffKind;
  trigger: string;
  rule: string;
  reason: string;
  requested_at: string;
  announced_until?: string;
  due_at?: string;
  suggested_root_cause: RootCause;
  offer?: { id: string; agent: Person; expires_at: string };
  accepted_by?: Person;
  packet_read: boolean;
};

export type StaffDraft = {
  draft_id: string;
  text: string;
  in_reply_to: number;
  at: string;
  is_current: boolean;
};

export type FactValue = string | number | boolean | null;

export type StaffState = {
  version: number;
  epoch: number;
  floor: Floor;
  opening: {
    assistant: string;
    origin: string;
    channel: string;
    page?: string;
    browser?: string;
    locale?: string;
    source?: string;
    external_id?: string;
    opened_at: string;
  };
  customer: { name: string; email?: string; facts: Record<string, FactValue> };
  escalation?: OpenEscalation;
  drafts: StaffDraft[];
  is_flagged: boolean;
  has_contact: boolean;
  hand_backs: number;
  allowed: Allowed;
};

export type StaffSnapshot = {
  conversation: string;
  version: number;
  items: Item[];
  state: StaffState;
};

export type AttemptOutcome = "rejected" | "confirmed" | "failed" | "unknown";

export type Packet = {
  core_intent: { text: string; turn: number };
  summary: { text: string; turn: number }[];
  attempted_solutions: {
    what: string;
    article?: string;
    url?: string;
    outcome: AttemptOutcome;
    turn: number;
  }[];
  metadata: { label: string; value: string }[];
  entities: { kind: string; value: string; turn: number }[];
  trigger: { rule: string; reason: string; signals: SignalRead[] };
  open_questions: string[];
  sentiment_curve: { turn: number; value: number }[];
  suggested_first_line: string;
  through: number;
  policy: string;
  content_hash: string;
};

/** The answer to most actions: where the conversation stands afterwards. */
export type Acted = { version: number; epoch: number };

// ---------------------------------------------------------------- settings

export type Agent = {
  id: string;
  name: string;
  email: string;
  role: Role;
  skills: string[];
  queues: string[];
  capacity: number;
  presence?: Presence;
  is_active?: boolean;
  is_invited?: boolean;
};

export type AgentDraft = Pick<Agent, "name" | "email" | "role" | "skills" | "queues" | "capacity">;

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type Queue = {
  key: string;
  name: string;
  team: string;
  skills: string[];
  zone: string;
  hours: Partial<Record<Weekday, [string, string][]>>;
  holidays: string[];
  is_always: boolean;
  target_s: number;
  offer_s: number;
  overflow_after_s: number;
  overflow_to?: string;
};

export type Wording = { locale: string; notice: Notice; text: string; is_default?: boolean };

export type Lint = { line?: number; column?: number; message: string; hint?: string; code: string };

export type Policy = {
  version: string;
  text: string;
  activated_at: string;
  by?: string;
  lints: Lint[];
  explain: string;
  versions: { version: string; activated_at: string; by?: string }[];
};

export type LintAnswer = { problems: Lint[]; lints: Lint[] };

export const KEY_SCOPES = ["turn:write", "conv:read", "escalate", "draft:write"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export type ApiKey = {
  id: string;
  name: string;
  scopes: KeyScope[];
  created_at: string;
  expires_at?: string;
  last_used_at?: string;
};

export type Customer = {
  id?: string;
  email: string;
  name: string;
  tier?: string;
  is_vip?: boolean;
  company?: string;
  account_manager?: string;
};

export type ImportAnswer = { read: number; created: number; updated: number };

// ---------------------------------------------------------------- the dashboard

export type Ratio = {
  value: number | null;
  numerator: number;
  denominator: number;
  lo: number | null;
  hi: number | null;
  target: { lo: number; hi: number };
  is_provisional: boolean;
  matures_at?: string;
  previous?: number | null;
  formula: string;
  conversations: string[];
};

export type OutcomeKey = "escalated" | "returned" | "resolved" | "unmet" | "ambiguous";

export type Cause = {
  key: string;
  label: string;
  n: number;
  share: number;
  conversations: string[];
};

export type Dashboard = {
  as_of: string;
  days: number;
  include_demo: boolean;
  demo_share: number;
  conversations: number;
  escalation_rate: Ratio;
  ai_resolution_rate: Ratio;
  context_retention: Ratio;
  csat_after_escalation: Ratio;
  csat_assistant: Ratio;
  aht_after_escalation: {
    p50_s: number | null;
    p90_s: number | null;
    n: number;
    with_packet_p50_s: number | null;
    without_packet_p50_s: number | null;
  };
  time_to_accept: { p50_s: number | null; p90_s: number | null; n: number };
  funnel: { key: string; label: string; n: number }[];
  outcomes: { key: OutcomeKey; n: number; share: number }[];
  by_trigger: Cause[];
  by_root_cause: Cause[];
  by_queue: Cause[];
  weeks: {
    week: string;
    resolution: number | null;
    csat_after_escalation: number | null;
    n_escalated: number;
    n: number;
  }[];
  heat: { weekday: number; hour: number; n: number }[];
  wait: { abandoned: number; n: number };
  retention_funnel: { key: "opened" | "dwelled" | "no_reask" | "acknowledged"; n: number }[];
  imported?: {
    sources: {
      source: string;
      conversations: number;
      turns: number;
      verdicts: Record<Verdict, number>;
      outcomes: { label: string; value: string; n: number; escalate: number }[];
    }[];
  };
};

// ---------------------------------------------------------------- errors

export type ErrorBody = {
  error: { code: string; message: string; details?: unknown; request_id: string };
};
