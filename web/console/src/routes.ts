/**
 * All routes of the console, in one place: `paths` builds, `parseRoute` reads.
 * The route holds what a page shows, so that back, reload and a shared link work.
 */
import type { Dimension } from "@segue/client";

export const CONVERSATION_FILTERS = ["open", "closed", "flagged", "imported", "all"] as const;
export type ConversationFilter = (typeof CONVERSATION_FILTERS)[number];

export const DASHBOARD_DAYS = [7, 28, 90] as const;
export type DashboardDays = (typeof DASHBOARD_DAYS)[number];
export const DAYS_BY_DEFAULT: DashboardDays = 28;

/** By what figures are grouped and chosen, in the order in which they are offered. */
export const DIMENSIONS = [
  "trigger",
  "rule",
  "policy",
  "queue",
  "agent",
  "topic",
  "language",
  "channel",
  "zone",
  "hour",
] as const satisfies readonly Dimension[];

/** What is wanted of each dimension; the empty word wants those of which it is not known. */
export type FigureFilter = { [D in Dimension]?: string };

/** Which number the conversations stand behind: a share's numerator, the rest of its
 * denominator, one ending, one root cause, or everything that the filter chooses. */
export const BEHIND_KINDS = ["hits", "misses", "outcome", "root_cause", "all"] as const;
export type Behind = { kind: (typeof BEHIND_KINDS)[number]; key: string };

/** What the page of figures shows beside its period. */
export type FigureView = { filter?: FigureFilter; by?: Dimension; behind?: Behind };

export const POLICY_VIEWS = ["edit", "proposals", "trial", "versions", "explain"] as const;
export type PolicyView = (typeof POLICY_VIEWS)[number];

/** By what the table of figures is grouped, where nobody says otherwise. */
export const BY_DEFAULT: Dimension = "rule";
/** How the address says that a value is not known. */
const NOT_KNOWN = "~";
export const LEARN_VIEWS = ["failures", "articles", "instructions"] as const;
export type LearnView = (typeof LEARN_VIEWS)[number];

export type Route =
  | { page: "inbox" }
  | { page: "conversation"; id: string; turn?: number; pane: "story" | "packet" }
  | { page: "drafts" }
  | { page: "conversations"; state: ConversationFilter; queue?: string; reference?: string }
  | {
      page: "dashboard";
      days: DashboardDays;
      include_demo: boolean;
      filter: FigureFilter;
      by: Dimension;
      behind?: Behind;
    }
  | {
      page: "policy";
      view: PolicyView;
      /** A proposal or a trial. */
      id?: string;
      /** An accept threshold to try, in hundredths. */
      accept?: number;
    }
  | { page: "review" }
  | {
      page: "learn";
      view: LearnView;
      days: DashboardDays;
      include_demo: boolean;
      /** The failures that are looked at. */
      cluster?: string;
      /** Whether an article against them is being proposed. */
      propose: boolean;
      /** The article whose versions are looked at. */
      article?: string;
    }
  | { page: "tuning" }
  | { page: "report"; week?: string }
  | { page: "team" }
  | { page: "queues" }
  | { page: "wording" }
  | { page: "keys" }
  | { page: "customers" }
  | { page: "audit" }
  | { page: "sign_in" }
  | { page: "setup" }
  | { page: "link"; token: string }
  | { page: "invitation"; token: string }
  | { page: "unknown" };

export type Page = Route["page"];

const build = (path: string, query: Record<string, string | undefined> = {}) => {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = new URLSearchParams(pairs).toString();
  return `#/${path}${search === "" ? "" : `?${search}`}`;
};

export const paths = {
  inbox: () => build("inbox"),
  conversation: (id: string, at: { turn?: number; pane?: "packet" } = {}) =>
    build(`conversations/${encodeURIComponent(id)}`, {
      turn: at.turn === undefined ? undefined : String(at.turn),
      pane: at.pane,
    }),
  drafts: () => build("drafts"),
  conversations: (state: ConversationFilter = "open", queue?: string, reference?: string) =>
    build("conversations", { state, queue, reference }),
  dashboard: (
    days: DashboardDays = DAYS_BY_DEFAULT,
    include_demo = true,
    { filter = {}, by, behind }: FigureView = {},
  ) =>
    build("dashboard", {
      days: days === DAYS_BY_DEFAULT ? undefined : String(days),
      demo: include_demo ? undefined : "no",
      by: by === BY_DEFAULT ? undefined : by,
      show: behind && `${behind.kind}.${behind.key}`,
      ...Object.fromEntries(
        Object.entries(filter).map(([of, value]) => [of, value === "" ? NOT_KNOWN : value]),
      ),
    }),
  policy: (view: PolicyView = "edit", at: { id?: string; accept?: number } = {}) =>
    build("policy", {
      view: view === "edit" ? undefined : view,
      id: at.id,
      accept: at.accept?.toFixed(2),
    }),
  review: () => build("review"),
  learn: (at: Partial<Omit<Extract<Route, { page: "learn" }>, "page">> = {}) =>
    build(at.cluster === undefined ? "learn" : `learn/${encodeURIComponent(at.cluster)}`, {
      view: at.view === "failures" ? undefined : at.view,
      article: at.article,
      do: at.propose === true && at.cluster !== undefined ? "propose" : undefined,
      days: at.days === DAYS_BY_DEFAULT || at.days === undefined ? undefined : String(at.days),
      demo: at.include_demo === false ? "no" : undefined,
    }),
  tuning: () => build("tuning"),
  /** An ISO week; the last whole one if absent. */
  report: (week?: string) => build("report", { week }),
  team: () => build("team"),
  queues: () => build("queues"),
  wording: () => build("wording"),
  keys: () => build("keys"),
  customers: () => build("customers"),
  audit: () => build("audit"),
  signIn: () => build("sign-in"),
  setup: () => build("setup"),
  link: (token: string) => build(`link/${encodeURIComponent(token)}`),
  invitation: (token: string) => build(`invitation/${encodeURIComponent(token)}`),
};

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const query = new URLSearchParams(search);
  const [head = "", rest] = path.split("/").map(decode);
  switch (head) {
    case "":
    case "inbox":
      return { page: "inbox" };
    case "conversations":
      return rest ? readConversation(rest, query) : readConversations(query);
    case "dashboard":
      return readDashboard(query);
    case "report":
      return { page: "report", week: /^\d{4}-W\d{2}$/.exec(query.get("week") ?? "")?.[0] };
    case "policy":
      return readPolicy(query);
    case "learn":
      return readLearn(rest, query);
    case "drafts":
    case "review":
    case "tuning":
    case "team":
    case "queues":
    case "wording":
    case "keys":
    case "customers":
    case "audit":
    case "setup":
      return { page: head };
    case "sign-in":
      return { page: "sign_in" };
    case "link":
    case "invitation":
      return rest ? { page: head, token: rest } : { page: "unknown" };
    default:
      return { page: "unknown" };
  }
}

function readDashboard(query: URLSearchParams): Route {
  const filter: FigureFilter = {};
  for (const dimension of DIMENSIONS) {
    const value = query.get(dimension);
    if (value !== null) filter[dimension] = value === NOT_KNOWN ? "" : value;
  }
  const [kind, key] = (query.get("show") ?? "").split(".", 2);
  const known = pick(BEHIND_KINDS, kind ?? null);
  return {
    page: "dashboard",
    days: DASHBOARD_DAYS.find((days) => String(days) === query.get("days")) ?? DAYS_BY_DEFAULT,
    include_demo: query.get("demo") !== "no",
    filter,
    by: pick(DIMENSIONS, query.get("by")) ?? BY_DEFAULT,
    behind: known && { kind: known, key: key ?? "" },
  };
}

function readConversation(id: string, query: URLSearchParams): Route {
  const turn = Number.parseInt(query.get("turn") ?? "", 10);
  return {
    page: "conversation",
    id,
    turn: Number.isNaN(turn) ? undefined : turn,
    pane: query.get("pane") === "packet" ? "packet" : "story",
  };
}

function readLearn(cluster: string | undefined, query: URLSearchParams): Route {
  return {
    page: "learn",
    view: pick(LEARN_VIEWS, query.get("view")) ?? "failures",
    days: DASHBOARD_DAYS.find((days) => String(days) === query.get("days")) ?? DAYS_BY_DEFAULT,
    include_demo: query.get("demo") !== "no",
    cluster: cluster || undefined,
    propose: query.get("do") === "propose",
    article: query.get("article") ?? undefined,
  };
}

function readPolicy(query: URLSearchParams): Route {
  const accept = Number.parseFloat(query.get("accept") ?? "");
  return {
    page: "policy",
    view: pick(POLICY_VIEWS, query.get("view")) ?? "edit",
    id: query.get("id") ?? undefined,
    accept: accept >= 0 && accept <= 1 ? accept : undefined,
  };
}

function readConversations(query: URLSearchParams): Route {
  return {
    page: "conversations",
    state: pick(CONVERSATION_FILTERS, query.get("state")) ?? "open",
    queue: query.get("queue") ?? undefined,
    reference: query.get("reference") ?? undefined,
  };
}

function pick<T extends string>(of: readonly T[], value: string | null): T | undefined {
  return of.find((one) => one === value);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function go(path: string): void {
  window.location.hash = path;
}

/** Goes there without leaving the present address in the history, e.g. one with a token. */
export function replaceRoute(path: string): void {
  window.history.replaceState(null, "", path);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
