/** The people of the invented company: Brightcrate sells shipping labels by subscription. */
import type { Agent, Allowed, Me, Queue } from "@segue/client";

export const ME = { id: "agt_sarah", name: "Sarah Lindqvist" };
export const COLLEAGUE = { id: "agt_nadia", name: "Nadia Okafor" };

const yes = { ok: true } as const;
export const no = (code: string, reason: string) => ({ ok: false, code, reason }) as const;

export const ME_ALLOWED: Allowed = {
  manage_agents: yes,
  edit_policy: yes,
  propose_policy: yes,
  grade_answers: yes,
  manage_keys: no("forbidden", "Only administrators may do this."),
};

export const me = (): Me => ({
  agent: { ...ME, email: "sarah@brightcrate.example", role: "supervisor" },
  workspace: { id: "wsp_1", name: "Brightcrate", is_demo: true },
  presence: "available",
  capacity: 4,
  load: 2,
  allowed: ME_ALLOWED,
  widget_url: "http://127.0.0.1:8081",
});

const office: Queue["hours"] = {
  mon: [["08:00", "18:00"]],
  tue: [["08:00", "18:00"]],
  wed: [["08:00", "18:00"]],
  thu: [["08:00", "18:00"]],
  fri: [["08:00", "16:00"]],
};

const queue = (key: string, name: string, team: string, more: Partial<Queue>): Queue => ({
  key,
  name,
  team,
  skills: [],
  zone: "Europe/Stockholm",
  hours: office,
  holidays: [],
  is_always: false,
  target_s: 180,
  offer_s: 30,
  overflow_after_s: 600,
  ...more,
});

export const queues = (): Queue[] => [
  queue("billing", "Billing", "Finance operations", {
    skills: ["billing"],
    holidays: ["2026-12-24", "2026-12-25"],
    target_s: 120,
    overflow_after_s: 300,
    overflow_to: "general",
  }),
  queue("technical", "Technical", "Integration engineers", {
    skills: ["api", "webhooks"],
    target_s: 240,
  }),
  queue("security", "Security", "Trust and safety", {
    skills: ["fraud"],
    zone: "UTC",
    hours: {},
    is_always: true,
    target_s: 60,
    overflow_to: "general",
  }),
  queue("general", "General", "Customer care", {}),
];

export const agents = (): Agent[] => [
  {
    ...ME,
    email: "sarah@brightcrate.example",
    role: "supervisor",
    skills: ["billing", "refunds"],
    queues: ["billing", "general"],
    capacity: 4,
    presence: "available",
    is_active: true,
    is_invited: false,
  },
  {
    ...COLLEAGUE,
    email: "nadia@brightcrate.example",
    role: "agent",
    skills: ["api", "webhooks"],
    queues: ["technical"],
    capacity: 3,
    presence: "busy",
    is_active: true,
    is_invited: false,
  },
  {
    id: "agt_ines",
    name: "Inès Marchetti",
    email: "ines@brightcrate.example",
    role: "analyst",
    skills: [],
    queues: [],
    capacity: 0,
    presence: "offline",
    is_active: true,
    is_invited: true,
  },
  {
    id: "agt_tomas",
    name: "Tomas Oduya",
    email: "tomas@brightcrate.example",
    role: "agent",
    skills: ["billing"],
    queues: ["billing"],
    capacity: 3,
    presence: "offline",
    is_active: false,
    is_invited: false,
  },
];
