/** Every call that the console makes, one function each. */
import {
  type Accepted,
  type Acted,
  type Agent,
  type AgentChange,
  type AgentDraft,
  type ApiKey,
  type ArticleCheck,
  type ArticleDraft,
  type AuditRow,
  type Breakdown,
  type CasesFile,
  type CheckAnswer,
  type Customer,
  createCall,
  type Dashboard,
  type DeclineReason,
  type Dimension,
  type Disposition,
  type FailureClusterDetail,
  type FigureCases,
  type Grade,
  type HintAnswer,
  type ImportAnswer,
  type InstructionsDraft,
  type Invited,
  type KeyDraft,
  type KeyMade,
  type Learning,
  type LintAnswer,
  type Me,
  type Packet,
  type Policy,
  type PolicyChange,
  type PolicyText,
  type Presence,
  type Proposal,
  type ProposalText,
  type ProposedArticle,
  type Queue,
  type ReportSchedule,
  type ReportScheduleBody,
  type ReviewItem,
  type ReviewList,
  type RootCause,
  type RowPage,
  type StaffSnapshot,
  type TaughtHistory,
  type TaughtVersion,
  type TestAnswer,
  type Ticket,
  type Trial,
  type TrialDraft,
  type TrialText,
  type Tune,
  type TuneRequest,
  type TurnExplained,
  type WeeklyReport,
  type WhatIfJob,
  type Wording,
} from "@segue/client";
import type { Schema } from "./pages/policy/text/schema";
import type { Behind, ConversationFilter, FigureFilter } from "./routes";

// The header shows that a script of this origin made the call (S-5).
const call = createCall({ headers: () => ({ "x-segue": "1" }) });

/** What the page shows of the audit trail, newest first. */
const AUDIT_ROWS_MAX = 200;

const id = encodeURIComponent;
const article = (slug: string, rest = "") => `/v1/knowledge/articles/${id(slug)}${rest}`;
const conversation = (key: string, rest = "") => `/v1/conversations/${id(key)}${rest}`;

/** The period and the filter as the server reads them, and whatever else is asked. */
function figures(
  days: number,
  include_demo: boolean,
  filter: FigureFilter,
  more: Record<string, string | number | undefined>,
): string {
  const query = new URLSearchParams({ include_demo: String(include_demo), days: String(days) });
  for (const [key, value] of Object.entries({ ...filter, ...more })) {
    if (value !== undefined) query.set(key, String(value));
  }
  return query.toString();
}

export const api = {
  // Identity
  setupNeeded: () => call<{ needed: boolean }>("GET", "/v1/setup"),
  setUp: (body: { code: string; company: string; name: string; email: string; password: string }) =>
    call<Me>("POST", "/v1/setup", { body }),
  signIn: (email: string, password: string) =>
    call<Me>("POST", "/v1/session", { body: { email, password } }),
  signInByLink: (token: string) => call<Me>("POST", "/v1/session/link", { body: { token } }),
  acceptInvitation: (token: string, password: string) =>
    call<Me>("POST", "/v1/invitations/accept", { body: { token, password } }),
  signOut: () => call<void>("DELETE", "/v1/session"),
  me: () => call<Me>("GET", "/v1/me"),
  setPresence: (presence: Presence) => call<Me>("PUT", "/v1/me/presence", { body: { presence } }),
  liveTicket: () => call<Ticket>("POST", "/v1/live/ticket"),

  // Conversations
  conversations: (
    state: ConversationFilter,
    { queue, reference, cursor }: { queue?: string; reference?: string; cursor?: string },
  ) => {
    const query = new URLSearchParams({ state, limit: "50" });
    if (queue) query.set("queue", queue);
    if (reference) query.set("reference", reference);
    if (cursor) query.set("cursor", cursor);
    return call<RowPage>("GET", `/v1/conversations?${query}`);
  },
  conversation: (key: string) => call<StaffSnapshot>("GET", conversation(key)),
  packet: (key: string) => call<Packet>("GET", conversation(key, "/packet")),
  hint: (key: string, draft: string, signal: AbortSignal) =>
    call<HintAnswer>("POST", conversation(key, "/hint"), { body: { draft }, signal }).then(
      ({ hints }) => hints,
    ),
  packetRead: (key: string, dwell_ms: number) =>
    call<Acted>("POST", conversation(key, "/packet/read"), { body: { dwell_ms } }),

  // The floor
  accept: (offer: string) => call<Accepted>("POST", `/v1/offers/${id(offer)}/accept`),
  decline: (offer: string, reason: DeclineReason) =>
    call<Acted>("POST", `/v1/offers/${id(offer)}/decline`, { body: { reason } }),
  reply: (key: string, text: string, epoch: number, idempotencyKey: string) =>
    call<Acted>("POST", conversation(key, "/replies"), { body: { text, epoch }, idempotencyKey }),
  note: (key: string, text: string) =>
    call<Acted>("POST", conversation(key, "/notes"), { body: { text } }),
  /** Under the epoch that was seen: of two who take at once only one gets it. */
  take: (key: string, epoch: number, note?: string) =>
    call<Acted>("POST", conversation(key, "/take"), { body: { epoch, note } }),
  requeue: (key: string, note?: string) =>
    call<Acted>("POST", conversation(key, "/requeue"), { body: { note } }),
  transfer: (key: string, to: { queue: string } | { agent: string }, note?: string) =>
    call<Acted>("POST", conversation(key, "/transfer"), { body: { ...to, note } }),
  handBack: (
    key: string,
    body: {
      line: string;
      brief: string;
      root_cause: RootCause;
      active_ms: number;
      assistant_could?: boolean;
      is_answer_owed: boolean;
    },
  ) => call<Acted>("POST", conversation(key, "/hand_back"), { body }),
  resolve: (
    key: string,
    body: {
      root_cause: RootCause;
      disposition: Disposition;
      active_ms: number;
      assistant_could?: boolean;
      line?: string;
    },
  ) => call<Acted>("POST", conversation(key, "/resolve"), { body }),
  releaseDraft: (key: string, draft: string, text?: string) =>
    call<Acted>("POST", conversation(key, `/drafts/${id(draft)}/release`), { body: { text } }),
  rejectDraft: (key: string, draft: string) =>
    call<Acted>("POST", conversation(key, `/drafts/${id(draft)}/reject`)),
  endReview: (key: string) => call<Acted>("POST", conversation(key, "/end_review")),
  clearFlag: (key: string) => call<Acted>("POST", conversation(key, "/clear_flag")),

  explainTurn: (key: string, turn: number) =>
    call<List<TurnExplained>>("GET", conversation(key, `/turns/${turn}/explain`)).then(itemsOf),

  // Policy
  policy: () => call<Policy>("GET", "/v1/policy"),
  policyVersion: (version: string) => call<PolicyText>("GET", `/v1/policy/versions/${id(version)}`),
  policySchema: () => call<Schema>("GET", "/v1/policy/schema"),
  lintPolicy: (text: string, signal?: AbortSignal) =>
    call<LintAnswer>("POST", "/v1/policy/lint", { body: { text }, signal }),
  diffPolicy: (text: string, against?: string, signal?: AbortSignal) =>
    call<{ changes: PolicyChange[] }>("POST", "/v1/policy/diff", {
      body: { text, against },
      signal,
    }).then(({ changes }) => changes),
  /** `version` is the one that was edited: nobody's change is overwritten unseen. */
  activatePolicy: (text: string, version: string, said: Said) =>
    call<Policy>("PUT", "/v1/policy", { body: { text, version, ...said } }),
  rollBackPolicy: (reason: string) =>
    call<Policy>("POST", "/v1/policy/rollback", { body: { reason } }),
  policyCases: () => call<CasesFile>("GET", "/v1/policy/cases"),
  savePolicyCases: (text: string, version?: string) =>
    call<CasesFile>("PUT", "/v1/policy/cases", { body: { text, version } }),
  testPolicy: (text: string, cases: string, signal?: AbortSignal) =>
    call<TestAnswer>("POST", "/v1/policy/test", { body: { text, cases }, signal }),
  startWhatIf: (
    body: { text: string; days: number; include_demo: boolean; include_imported: boolean },
    signal?: AbortSignal,
  ) => call<{ id: string }>("POST", "/v1/policy/what-if", { body, signal }),
  whatIf: (key: string, signal?: AbortSignal) =>
    call<WhatIfJob>("GET", `/v1/policy/what-if/${id(key)}`, { signal }),
  proposals: () => call<List<Proposal>>("GET", "/v1/policy/proposals").then(itemsOf),
  proposal: (key: string) => call<ProposalText>("GET", `/v1/policy/proposals/${id(key)}`),
  propose: (text: string, version: string, reason: string) =>
    call<Proposal>("POST", "/v1/policy/proposals", { body: { text, version, reason } }),
  approveProposal: (key: string, said: Said) =>
    call<Policy>("POST", `/v1/policy/proposals/${id(key)}/approve`, { body: said }),
  rejectProposal: (key: string, reason: string) =>
    call<Proposal>("POST", `/v1/policy/proposals/${id(key)}/reject`, { body: { reason } }),
  withdrawProposal: (key: string) =>
    call<Proposal>("POST", `/v1/policy/proposals/${id(key)}/withdraw`),
  startTrial: (body: TrialDraft) => call<Trial>("POST", "/v1/policy/trials", { body }),
  trials: () => call<List<Trial>>("GET", "/v1/policy/trials").then(itemsOf),
  trial: (key: string) => call<TrialText>("GET", `/v1/policy/trials/${id(key)}`),
  stopTrial: (key: string, reason: string) =>
    call<Trial>("POST", `/v1/policy/trials/${id(key)}/stop`, { body: { reason } }),
  promoteTrial: (key: string, said: Said) =>
    call<Policy>("POST", `/v1/policy/trials/${id(key)}/promote`, { body: said }),

  // Review and tuning
  review: (limit: number) => call<ReviewList>("GET", `/v1/review?limit=${limit}`),
  grade: ({ conversation, text_ref }: ReviewItem, grade: Grade) =>
    call<void>("POST", "/v1/review/grades", { body: { conversation, text_ref, grade } }),
  tune: (body: TuneRequest, signal?: AbortSignal) =>
    call<Tune>("POST", "/v1/policy/tune", { body, signal }),

  // Learning
  learning: (days: number, include_demo: boolean) =>
    call<Learning>("GET", `/v1/learning?days=${days}&include_demo=${include_demo}`),
  failureCluster: (key: string, days: number, include_demo: boolean) =>
    call<FailureClusterDetail>(
      "GET",
      `/v1/learning/clusters/${id(key)}?days=${days}&include_demo=${include_demo}`,
    ),
  /** `article` names one to edit; empty asks for a new one. */
  proposeArticle: (key: string, include_demo: boolean, article?: string) => {
    const query = new URLSearchParams({ include_demo: String(include_demo) });
    if (article !== undefined) query.set("article", article);
    return call<ProposedArticle>("GET", `/v1/learning/clusters/${id(key)}/proposal?${query}`);
  },
  checkArticle: (body: ArticleCheck) => call<CheckAnswer>("POST", "/v1/learning/check", { body }),
  knowledge: () => call<List<TaughtVersion>>("GET", "/v1/knowledge").then(itemsOf),
  article: (slug: string) => call<TaughtHistory>("GET", article(slug)),
  publishArticle: (slug: string, body: ArticleDraft) =>
    call<TaughtVersion>("PUT", article(slug), { body }),
  rollBackArticle: (slug: string, base: number, version: number, reason: string) =>
    call<TaughtVersion>("POST", article(slug, "/roll_back"), { body: { base, version, reason } }),
  withdrawArticle: (slug: string, base: number, reason: string) =>
    call<TaughtVersion>("POST", article(slug, "/withdraw"), { body: { base, reason } }),
  instructions: () => call<TaughtHistory>("GET", "/v1/knowledge/instructions"),
  publishInstructions: (body: InstructionsDraft) =>
    call<TaughtVersion>("PUT", "/v1/knowledge/instructions", { body }),
  rollBackInstructions: (base: number, version: number, reason: string) =>
    call<TaughtVersion>("POST", "/v1/knowledge/instructions/roll_back", {
      body: { base, version, reason },
    }),
  withdrawInstructions: (base: number, reason: string) =>
    call<TaughtVersion>("POST", "/v1/knowledge/instructions/withdraw", { body: { base, reason } }),

  // Insight
  weeklyReport: (week?: string) =>
    call<WeeklyReport>("GET", `/v1/reports/weekly${week === undefined ? "" : `?week=${week}`}`),
  /** Where a report is had as a file. */
  reportFile: (format: "html" | "markdown", week?: string) =>
    `/v1/reports/weekly?format=${format}${week === undefined ? "" : `&week=${week}`}`,
  reportSchedule: () => call<ReportSchedule>("GET", "/v1/reports/schedule"),
  putReportSchedule: (body: ReportScheduleBody) =>
    call<ReportSchedule>("PUT", "/v1/reports/schedule", { body }),
  sendReportToMe: () => call<void>("POST", "/v1/reports/weekly/send"),
  dashboard: (days: number, include_demo: boolean, filter: FigureFilter = {}, shown?: number) =>
    call<Dashboard>("GET", `/v1/dashboard?${figures(days, include_demo, filter, { shown })}`),
  breakdown: (days: number, include_demo: boolean, filter: FigureFilter, by: Dimension) =>
    call<Breakdown>("GET", `/v1/metrics/breakdown?${figures(days, include_demo, filter, { by })}`),
  behind: (
    days: number,
    include_demo: boolean,
    filter: FigureFilter,
    behind: Behind,
    skip: number,
  ) => {
    const wanted = behind.kind === "all" ? {} : { [behind.kind]: behind.key };
    const more = { ...wanted, skip: skip === 0 ? undefined : skip };
    return call<FigureCases>(
      "GET",
      `/v1/metrics/conversations?${figures(days, include_demo, filter, more)}`,
    );
  },

  // Settings
  agents: () => call<List<Agent>>("GET", "/v1/agents").then(itemsOf),
  invite: (body: AgentDraft) => call<Invited>("POST", "/v1/agents", { body }),
  changeAgent: (key: string, body: AgentChange) =>
    call<Agent>("PATCH", `/v1/agents/${id(key)}`, { body }),
  queues: () => call<List<Queue>>("GET", "/v1/queues").then(itemsOf),
  createQueue: (body: Queue) => call<Queue>("POST", "/v1/queues", { body }),
  changeQueue: ({ key, ...body }: Queue) => call<Queue>("PUT", `/v1/queues/${id(key)}`, { body }),
  wording: (locale: string) =>
    call<List<Wording>>("GET", `/v1/wording/${id(locale)}`).then(itemsOf),
  changeWording: (locale: string, notice: string, text: string) =>
    call<Wording>("PUT", `/v1/wording/${id(locale)}/${id(notice)}`, { body: { text } }),
  keys: () => call<List<ApiKey>>("GET", "/v1/keys").then(itemsOf),
  createKey: (body: KeyDraft) => call<KeyMade>("POST", "/v1/keys", { body }),
  deleteKey: (key: string) => call<void>("DELETE", `/v1/keys/${id(key)}`),
  customers: () => call<List<Customer>>("GET", "/v1/customers?limit=100").then(itemsOf),
  importCustomers: (csv: string) =>
    call<ImportAnswer>("POST", "/v1/customers/import", { raw: { text: csv, type: "text/csv" } }),
  audit: () => call<List<AuditRow>>("GET", `/v1/audit?limit=${AUDIT_ROWS_MAX}`).then(itemsOf),
};

/** Why a policy comes into force, and whether a jump of the escalation rate is meant. */
export type Said = { reason: string; accept_leaving_band?: boolean };

/** A list that is given whole. */
type List<T> = { items: T[] };

function itemsOf<T>(list: List<T>): T[] {
  return list.items;
}
