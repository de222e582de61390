import type { ApiKey, AuditRow, Customer, Lint, Notice, Policy, Wording } from "@segue/client";

const POLICY_TEXT = `version: default
thresholds:
  accept: 0.70
  floor: 0.65

topics:
  billing: ["invoice", "card", "charged"]
  cancel: ["cancel my subscription", "close my account"]

rules:
  - name: opt_out
    when: { signal: opt_out, is: true }
    then: { escalate: by_topic, kind: warm }
    why: asked for a person

  - name: fraud
    when: { signal: compliance.fraud, at_least: 0.8 }
    then: { escalate: security, kind: cold }
    why: possible fraud

  - name: fallback_streak
    when: { signal: fallback_streak, at_least: 2 }
    then: { escalate: by_topic, kind: warm }
    why: second fallback in a row

  - name: general_inquiry
    when: { signal: answer_confidence, at_least: accept }
    then: continue
`;

export const policy = (): Policy => ({
  version: "default@3",
  text: POLICY_TEXT,
  activated_at: "2026-11-02T09:12:00.000Z",
  by: "Sarah Lindqvist",
  lints: [
    {
      line: 3,
      column: 11,
      path: "thresholds.accept",
      code: "no_margin",
      message: "accept and floor are only 0.05 apart",
      hint: "few questions will get the clarifying chain",
    },
  ],
  explain:
    "In this order, the first rule that holds decides:\n\n1. opt_out: the customer asks for a person → escalate warm, to the queue of the topic.\n2. fraud: compliance.fraud at least 0.80 → escalate cold, to Security.\n3. fallback_streak: two fallbacks in a row → escalate warm, to the queue of the topic.\n4. general_inquiry: the answer's confidence at least 0.70 → the assistant continues.\n\nOtherwise: fall back.",
  versions: [
    {
      version: "default@3",
      activated_at: "2026-11-02T09:12:00.000Z",
      by: "Sarah Lindqvist",
      kind: "activated",
      reason: "Too many refunds waited for a person.",
    },
    {
      version: "default@2",
      activated_at: "2026-10-19T14:03:00.000Z",
      by: "Sarah Lindqvist",
      kind: "activated",
      reason: "Queue `retention` was changed.",
    },
    { version: "default@1", activated_at: "2026-10-01T08:00:00.000Z", kind: "activated" },
  ],
  open_proposals: 0,
  can_roll_back_to: "default@2",
});

/** Stands for the server's check: it knows one mistake. */
export function lint(text: string): { problems: Lint[]; lints: Lint[] } {
  const at = text.split("\n").findIndex((line) => line.includes("treshold"));
  const problem = {
    line: at + 1,
    column: 1,
    path: "tresholds",
    code: "unknown_key",
    message: "unknown key `tresholds`",
    hint: "did you mean `thresholds`?",
  };
  return { problems: at === -1 ? [] : [problem], lints: policy().lints };
}

const TEXTS: [Notice, string][] = [
  [
    "welcome",
    "Hello, I am the assistant of {company}. I am an AI; you can ask for a person at any time.",
  ],
  [
    "handoff_warm",
    "I want to make sure you get the right help with this, so I'm looping in {person} from our {team}. I'm passing over our notes right now. It takes about {wait}.",
  ],
  [
    "handoff_cold",
    "We have paused this conversation for your safety. Your reference is {reference}.",
  ],
  [
    "after_hours",
    "Our {team} is back {opens_at}. Leave an address and you will have an answer then.",
  ],
  ["hand_back", "That part is settled. Our assistant can help you with the next steps."],
];

export const wording = (locale: string): Wording[] =>
  TEXTS.map(([notice, text]) => ({ locale, notice, text, is_default: true }));

export const keys = (): ApiKey[] => [
  {
    id: "key_1",
    name: "help centre bot",
    scopes: ["turn:write", "conv:read", "escalate"],
    created_at: "2026-10-01T08:00:00.000Z",
    expires_at: "2026-12-30T08:00:00.000Z",
    last_used_at: "2026-11-20T16:40:00.000Z",
  },
];

export const customers = (): Customer[] => [
  {
    id: "cus_alex",
    email: "alex@northlane.example",
    name: "Alex Moreau",
    tier: "Pro",
    is_vip: false,
  },
  {
    id: "cus_jonas",
    email: "jonas@veldgroup.example",
    name: "Jonas Veld",
    tier: "Enterprise",
    is_vip: true,
    account_manager: "Sarah Lindqvist",
  },
  { id: "cus_ola", email: "ola@brandt.example", name: "Ola Brandt", tier: "Pro", is_vip: false },
];

export const audit = (): AuditRow[] => [
  {
    at: "2026-11-20T16:41:00.000Z",
    actor: "Sarah Lindqvist",
    action: "agent.invited",
    subject: "agt_ines",
  },
  {
    at: "2026-11-02T09:12:00.000Z",
    actor: "Sarah Lindqvist",
    action: "policy.activated",
    subject: "default@3",
  },
  { at: "2026-10-01T08:00:00.000Z", action: "key.created", subject: "key_1" },
];
