/** The endpoints about trying a policy, in memory. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Policy, Proposal, Trial } from "@segue/client";
import { me } from "./brightcrate/people";
import { lint, policy } from "./brightcrate/settings";
import {
  CASES,
  changesOf,
  explanation,
  proposals,
  reviewItems,
  testOf,
  trial,
  trials,
  trying,
  tune,
  versions,
  whatIf,
} from "./brightcrate/trying";
import { SCHEMA } from "./schema";

type Answer = [status: number, body?: unknown];
type Context = { body: Record<string, unknown>; part: (at: number) => string };
type Handler = (context: Context) => Answer;

const TEXT = readFileSync(
  fileURLToPath(new URL("../../../policies/default.yaml", import.meta.url)),
  "utf8",
);

const world = {
  text: TEXT,
  former: TEXT.replace("accept: 0.70", "accept: 0.72"),
  version: "default@3f9c1a20",
  versions: versions(),
  cases: CASES,
  trial: null as Trial | null,
  trialText: TEXT,
  trials: trials(),
  proposals: proposals(),
  proposed: new Map([["prop_1", TEXT.replace("accept: 0.70", "accept: 0.75")]]),
  job: { text: TEXT, days: 7, polls: 0 },
  graded: 0,
};

const refuse = (status: number, code: string, details?: unknown): Answer => [
  status,
  { error: { code, message: code, details, request_id: "req_mock" } },
];

function inForce(): Policy {
  return {
    ...policy(),
    ...trying(),
    text: world.text,
    version: world.version,
    versions: world.versions,
    activated_at: world.versions[0]?.activated_at ?? "",
    by: world.versions[0]?.by,
    reason: world.versions[0]?.reason,
    trial: world.trial,
    open_proposals: world.proposals.filter(({ state }) => state === "open").length,
  };
}

function activate(
  text: string,
  kind: Policy["versions"][number]["kind"],
  { reason, accept_leaving_band }: Record<string, unknown>,
): Answer {
  if (typeof reason !== "string" || reason.trim() === "") return refuse(422, "reason_missing");
  const report = whatIf(text, world.text, 7);
  const [before, after] = [report.before.rate ?? 0, report.after.rate ?? 0];
  if (Math.abs(after - before) > 0.1 && accept_leaving_band !== true && kind !== "rolled_back") {
    const details = { before, after, conversations: 200, band_points: 20 };
    return refuse(409, "policy_leaves_band", details);
  }
  world.former = world.text;
  world.text = text;
  world.version = `default@${Math.random().toString(16).slice(2, 10)}`;
  world.versions = [
    {
      version: world.version,
      activated_at: new Date().toISOString(),
      by: me().agent.name,
      reason,
      kind,
    },
    ...world.versions,
  ];
  return [200, inForce()];
}

function decide(id: string, state: Proposal["state"], decision?: unknown): Proposal | undefined {
  const found = world.proposals.find((one) => one.id === id);
  if (found === undefined) return undefined;
  return Object.assign(found, {
    state,
    decided_by: me().agent.name,
    decided_at: new Date().toISOString(),
    decision: typeof decision === "string" ? decision : undefined,
  });
}

function endTrial(state: Trial["state"], reason: unknown): Trial | null {
  if (world.trial === null) return null;
  const ended = {
    ...world.trial,
    state,
    ended_at: new Date().toISOString(),
    ended_by: me().agent.name,
    end_reason: typeof reason === "string" ? reason : null,
  };
  world.trials = [ended, ...world.trials];
  world.trial = null;
  return ended;
}

const trialOf = (id: string) =>
  world.trial?.id === id ? world.trial : world.trials.find((one) => one.id === id);

export const TRYING: Record<string, Handler> = {
  "GET /v1/policy": () => [200, inForce()],
  "PUT /v1/policy": ({ body }) => activate(String(body.text), "activated", body),
  "POST /v1/policy/rollback": ({ body }) => activate(world.former, "rolled_back", body),
  "GET /v1/policy/versions/*": ({ part }) => [
    200,
    {
      version: part(4),
      text: part(4) === world.version ? world.text : world.former,
      activated_at: new Date().toISOString(),
    },
  ],
  "POST /v1/policy/lint": ({ body }) => [200, lint(String(body.text))],
  "GET /v1/policy/schema": () => [200, SCHEMA],
  "POST /v1/policy/diff": ({ body }) => [
    200,
    { changes: changesOf(String(body.text), world.text) },
  ],
  "GET /v1/policy/cases": () => [200, { text: world.cases, version: "1", is_default: true }],
  "PUT /v1/policy/cases": ({ body }) => {
    world.cases = String(body.text);
    return [200, { text: world.cases, version: "2", is_default: false }];
  },
  "POST /v1/policy/test": ({ body }) => [
    200,
    { problems: [], report: testOf(String(body.text), String(body.cases)) },
  ],
  "POST /v1/policy/what-if": ({ body }) => {
    world.job = { text: String(body.text), days: Number(body.days), polls: 0 };
    return [202, { id: "job_1" }];
  },
  "GET /v1/policy/what-if/*": () => {
    const { text, days, polls } = world.job;
    world.job.polls += 1;
    const total = 59 * days;
    return polls < 2
      ? [200, { id: "job_1", state: "running", done: Math.round((total * (polls + 1)) / 3), total }]
      : [
          200,
          {
            id: "job_1",
            state: "done",
            done: total,
            total,
            report: whatIf(text, world.text, days),
          },
        ];
  },
  "GET /v1/policy/proposals": () => [200, { items: world.proposals }],
  "POST /v1/policy/proposals": ({ body }) => {
    const made: Proposal = {
      id: `prop_${world.proposals.length + 1}`,
      version: "default@b7e0d311",
      base: String(body.version),
      author: me().agent.name,
      at: new Date().toISOString(),
      reason: String(body.reason),
      state: "open",
      is_own: true,
    };
    world.proposals = [made, ...world.proposals];
    world.proposed.set(made.id, String(body.text));
    return [201, made];
  },
  "GET /v1/policy/proposals/*": ({ part }) => {
    const found = world.proposals.find((one) => one.id === part(4));
    if (found === undefined) return refuse(404, "not_found");
    const text = world.proposed.get(found.id) ?? world.text;
    return [200, { ...found, text, base_text: world.former }];
  },
  "POST /v1/policy/proposals/*/approve": ({ part, body }) => {
    const answer = activate(world.proposed.get(part(4)) ?? world.text, "approved", body);
    if (answer[0] === 200) decide(part(4), "approved", body.reason);
    return answer[0] === 200 ? [200, inForce()] : answer;
  },
  "POST /v1/policy/proposals/*/reject": ({ part, body }) => [
    200,
    decide(part(4), "rejected", body.reason),
  ],
  "POST /v1/policy/proposals/*/withdraw": ({ part }) => [200, decide(part(4), "withdrawn")],
  "POST /v1/policy/trials": ({ body }) => {
    if (world.trial !== null) return refuse(409, "trial_running");
    const isCanary = body.mode === "canary";
    world.trialText = String(body.text ?? world.proposed.get(String(body.proposal)));
    world.trial = trial({
      mode: isCanary ? "canary" : "shadow",
      share: isCanary ? Number(body.share ?? 0.1) : 1,
      reason: String(body.reason),
    });
    return [201, world.trial];
  },
  "GET /v1/policy/trials": () => [
    200,
    { items: world.trial === null ? world.trials : [world.trial, ...world.trials] },
  ],
  "GET /v1/policy/trials/*": ({ part }) => {
    const found = trialOf(part(4));
    return found === undefined
      ? refuse(404, "not_found")
      : [200, { ...found, text: world.trialText }];
  },
  "POST /v1/policy/trials/*/stop": ({ body }) => [200, endTrial("stopped", body.reason)],
  "POST /v1/policy/trials/*/promote": ({ body }) => {
    const answer = activate(world.trialText, "promoted", body);
    if (answer[0] === 200) endTrial("promoted", body.reason);
    return answer[0] === 200 ? [200, inForce()] : answer;
  },
  "GET /v1/conversations/*/turns/*/explain": () => [
    200,
    {
      items: [false, true].map((on_answer) => ({
        on_answer,
        explanation: explanation(),
        shadow: { policy: "default@c40d77aa", verdict: "escalate", rule: "fallback" },
      })),
    },
  ],
  "GET /v1/review": () => {
    const items = reviewItems().slice(world.graded);
    return [200, { items, waiting: items.length, graded_today: 9 + world.graded }];
  },
  "POST /v1/review/grades": () => {
    world.graded += 1;
    return [200, { ok: true }];
  },
  "POST /v1/policy/tune": ({ body }) => [
    200,
    tune({ alpha: Number(body.alpha), delta: Number(body.delta), days: Number(body.days) }),
  ],
};
