/**
 * The shapes on the wire, under the names that the pages use. They are taken from
 * `generated/api.ts`, which is made from the API's document; what the document leaves open is
 * written here by hand, and `wire.check.ts` holds it against the document.
 *
 * Instants are RFC 3339 in UTC with milliseconds; ids are prefixed and opaque.
 */
import type { components, paths } from "./generated/api";

type Schemas = components["schemas"];

/**
 * A schema as the server really answers: what may be absent is left out and never sent as null
 * (the document allows both). What is required and may be null stays so.
 */
type Lean<T> = T extends readonly (infer One)[]
  ? Lean<One>[]
  : T extends object
    ? { [K in keyof T]: undefined extends T[K] ? Lean<Exclude<T[K], null>> : Lean<T[K]> }
    : T;

type Wire<Name extends keyof Schemas> = Lean<Schemas[Name]>;

/** The same shape with some fields said more exactly than the document can. */
type Exactly<T, Fields> = Omit<T, keyof Fields> & Fields;

// ---------------------------------------------------------------- the floor

export type Outcome = Wire<"ClosedOutcome">;
export type Holder = Wire<"HolderWord">;
export type HandoffKind = Wire<"HandoffKind">;
export type Person = Wire<"Person">;
export type Floor = Wire<"Floor">;
export type Notice = Wire<"Notice">;
export type AuthorKind = Wire<"AuthorKind">;
export type Author = Wire<"Author">;
export type Article = Wire<"Article">;
export type Turn = Omit<Wire<"Turn">, "version">;

/** Whether the caller may do something; the document does not tie `ok` to the other fields. */
export type Permit = { ok: true } | { ok: false; code: string; reason: string };

/** What the caller may do now; the page shows it and never computes it. */
export type Allowed = Record<string, Permit>;

// ---------------------------------------------------------------- the trace

export type Verdict = Wire<"VerdictWord">;
export type Trigger = Wire<"Trigger">;
export type Evidence = Wire<"Evidence">;
export type SignalRead = Wire<"SignalRead">;
export type Trace = Wire<"Trace">;

// ---------------------------------------------------------------- the timeline

export type FloorCause = Wire<"FloorCause">;
export type OfferState = Wire<"OfferState">;
export type DraftState = Wire<"DraftState">;
export type EscalationState = Wire<"EscalationState">;
export type RatedPart = Wire<"RatedPart">;

/** What staff receive. */
export type Item = Wire<"Item">;
type ItemOf<Type extends Item["type"]> = Extract<Item, { type: Type }>;

export type TurnItem = ItemOf<"turn">;
export type FloorItem = ItemOf<"floor">;
export type VerdictItem = ItemOf<"verdict">;
export type NoteItem = ItemOf<"note">;
export type ExplainedItem = ItemOf<"handoff_explained">;
export type SuppressedItem = ItemOf<"suppressed">;
export type OfferItem = ItemOf<"offer">;
export type DraftItem = ItemOf<"draft">;
export type PacketReadItem = ItemOf<"packet_read">;
export type SummaryItem = ItemOf<"summary">;
export type ContactItem = ItemOf<"contact">;
export type RatedItem = ItemOf<"rated">;
export type EscalationItem = ItemOf<"escalation">;
export type FlagItem = ItemOf<"flag">;
export type ConfirmedItem = ItemOf<"confirmed">;
export type OutcomeItem = ItemOf<"outcome">;

/** What both audiences may receive. */
export type CustomerItem = ItemOf<"turn" | "floor">;

// ---------------------------------------------------------------- the widget

export type Wait = Wire<"Wait">;
export type RatingState = Wire<"RatingState">;
export type CustomerState = Wire<"CustomerState">;
/** The document says `Item`; customers are sent two kinds of it. */
export type CustomerSnapshot = Exactly<Wire<"CustomerSnapshot">, { items: CustomerItem[] }>;
export type WidgetSession = Wire<"WidgetSession">;

// ---------------------------------------------------------------- the console

export type Role = Wire<"Role">;
export type Presence = Wire<"Presence">;
export type Me = Exactly<Wire<"Me">, { allowed: Allowed }>;
export type Row = Wire<"Row">;
export type Priority = Wire<"Priority">;
/** One waiting escalation; the queue itself is `Queue`. */
export type QueueRow = Wire<"QueueRow">;
export type OfferCard = Wire<"OfferCard">;
export type DraftCard = Wire<"DraftCard">;
export type QueueCount = Wire<"QueueCount">;
export type Inbox = Wire<"Inbox">;

export type RootCause = Wire<"RootCause">;
/** In the order of the choice. */
export const ROOT_CAUSES = [
  "AI_Missing_Knowledge",
  "AI_Looping",
  "Complex_Troubleshooting",
  "Tool_Failure",
  "Policy",
  "Customer_Request",
  "AI_Wrong_Answer",
] as const satisfies readonly RootCause[];

export type Disposition = Wire<"Disposition">;
export const DISPOSITIONS = [
  "solved",
  "follow_up",
  "customer_left",
  "not_for_us",
  "no_action",
] as const satisfies readonly Disposition[];

export type DeclineReason = Wire<"DeclineReason">;
export const DECLINE_REASONS = [
  "not_mine",
  "too_busy",
  "missing_skill",
  "other",
] as const satisfies readonly DeclineReason[];

export type OpenEscalation = Wire<"OpenEscalation">;
export type StaffDraft = Wire<"StaffDraft">;
export type FactValue = Wire<"FactValue">;
export type DeskPlace = Wire<"DeskPlace">;
export type StaffState = Exactly<Wire<"StaffState">, { allowed: Allowed }>;
export type StaffSnapshot = Exactly<Wire<"StaffSnapshot">, { state: StaffState }>;
export type AttemptOutcome = Wire<"AttemptOutcome">;
export type Packet = Wire<"Packet">;
export type Hint = Wire<"Hint">;
export type HintAnswer = Wire<"HintAnswer">;

/** The answer to most actions: where the conversation stands afterwards. */
export type Acted = Wire<"Acted">;
export type Accepted = Wire<"Accepted">;
export type RowPage = Wire<"RowPage">;
export type Ticket = Wire<"Ticket">;

// ---------------------------------------------------------------- settings

/** What a list that is given whole holds. */
type Listed<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": { items: (infer One)[] } } } } };
}
  ? Lean<One>
  : never;

export type Agent = Listed<"/v1/agents">;
export type AgentDraft = Required<Lean<Schemas["InviteBody"]>>;
export type AgentChange = Wire<"AgentChange">;
export type Invited = Wire<"Invited">;

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From and to as `08:00`; a day without anybody has no key. */
export type Hours = Partial<Record<Weekday, [string, string][]>>;
export type Queue = Exactly<Listed<"/v1/queues">, { hours: Hours }>;

export type Wording = Listed<"/v1/wording/{locale}">;

export type Lint = Wire<"PolicyNote">;
export type Policy = Wire<"PolicyAnswer">;
export type PolicyText = Wire<"PolicyText">;
export type LintAnswer = Wire<"LintAnswer">;
/** That a version came into force. */
export type Activation = Policy["versions"][number];
export type Proposal = Wire<"Proposal">;
export type ProposalText = Wire<"ProposalDetail">;

export type CasesFile = Wire<"CasesAnswer">;
export type CaseReport = Wire<"CaseReport">;
export type Case = CaseReport["cases"][number];
export type TestAnswer = Wire<"TestAnswer">;
export type PolicyChange = Wire<"PolicyChange">;

export type WhatIf = Wire<"WhatIf">;
export type WhatIfSide = Wire<"WhatIfSide">;
export type WhatIfJob = Wire<"WhatIfAnswer">;
export type WhatIfExample = Wire<"WhatIfExample">;
export type WhatIfDecision = Wire<"WhatIfDecision">;
export type WhatIfChange = keyof WhatIf["changes"];

export type Trial = Wire<"Trial">;
export type TrialText = Wire<"TrialDetail">;
export type TrialRate = Wire<"TrialRate">;
export type TrialDraft = Wire<"TrialBody">;

export type Tune = Wire<"Tune">;
export type CurvePoint = Wire<"CurvePoint">;
/** What the console asks for; costs are told at the command line. */
export type TuneRequest = Required<Pick<Wire<"TuneBody">, "alpha" | "delta" | "days">>;

export type Explanation = Wire<"Explanation">;
export type TurnExplained = Wire<"ExplainItem">;

export type ReviewItem = Wire<"ReviewItem">;
export type ReviewList = Wire<"ReviewAnswer">;
export type Grade = Wire<"Grade">;
/** In the order of the keys. */
export const GRADES = ["right", "wrong", "unsure"] as const satisfies readonly Grade[];

export type Learning = Wire<"Learning">;
export type FailureCluster = Wire<"FailureCluster">;
export type FailureClusterDetail = Wire<"FailureClusterDetail">;
export type FixEffect = Wire<"FixEffect">;
export type ProposedArticle = Wire<"ProposedArticle">;
export type ArticleSource = Wire<"ArticleSource">;
export type ArticleDraft = Wire<"ArticleBody">;
export type ArticleCheck = Wire<"CheckBody">;
export type CheckAnswer = Wire<"CheckAnswer">;
export type InstructionsDraft = Wire<"InstructionsBody">;
export type TaughtVersion = Wire<"TaughtVersion">;
export type TaughtHistory = Wire<"TaughtHistory">;

export type KeyScope = Wire<"Scope">;
export const KEY_SCOPES = [
  "turn:write",
  "conv:read",
  "escalate",
  "draft:write",
] as const satisfies readonly KeyScope[];

export type ApiKey = Listed<"/v1/keys">;
export type KeyDraft = Wire<"KeyBody">;
export type KeyMade = Wire<"KeyMade">;

export type Customer = Listed<"/v1/customers">;
export type ImportAnswer = Wire<"ImportAnswer">;

export type AuditRow = Listed<"/v1/audit">;

// ---------------------------------------------------------------- the dashboard

export type Ratio = Wire<"Ratio">;
export type OutcomeKey = "escalated" | "returned" | "resolved" | "unmet" | "ambiguous";
export type Cause = Wire<"Group">;
export type RetentionKey = "opened" | "dwelled" | "no_reask" | "acknowledged";

/** The document says of these keys only that they are words. */
export type Dashboard = Exactly<
  Wire<"Dashboard">,
  {
    outcomes: Exactly<Wire<"OutcomeShare">, { key: OutcomeKey }>[];
    retention_funnel: Exactly<Wire<"RetentionStep">, { key: RetentionKey }>[];
  }
>;

export type Breakdown = Wire<"Breakdown">;
export type BreakdownRow = Wire<"BreakdownRow">;
export type Dimension = Wire<"BreakdownBy">;
export type FigureCases = Wire<"FigureCases">;
export type FigureCase = Wire<"FigureCase">;
export type RuleTimings = Wire<"RuleTimings">;
export type Estimate = Wire<"Estimate">;
export type CsatSegment = Wire<"CsatSegment">;

// ---------------------------------------------------------------- the report

export type WeeklyReport = Wire<"WeeklyReport">;
export type FigureChange = Wire<"FigureChange">;
export type ReasonChange = Wire<"ReasonChange">;
export type CauseFound = Wire<"CauseFound">;
export type GatekeepingAlarm = Wire<"GatekeepingAlarm">;
export type ReportAction = Wire<"ReportAction">;
export type ReportSchedule = Wire<"ReportSchedule">;
export type ReportScheduleBody = Wire<"ReportScheduleBody">;

// ---------------------------------------------------------------- errors

export type ErrorBody = Wire<"ErrorBody">;
