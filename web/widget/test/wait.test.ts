import type { CustomerState, Floor, Wait } from "@segue/client";
import { describe, expect, it } from "vitest";
import { CardView, initialsOf } from "../src/app/view/card";
import { cardOf, duration, place, when } from "../src/app/wait";
import de from "../src/texts/de.json";
import en from "../src/texts/en.json";
import notes from "../src/texts/notes.json";
import { language } from "../src/texts/texts";

const EN = language("en-GB", en);
const DE = language("de-DE", de);
const NOW = new Date(2026, 10, 23, 14, 2);

const WAIT: Wait = {
  position: 2,
  lo_min: 3,
  hi_min: 5,
  who: "Sarah Lindqvist",
  reason: "You asked for a person.",
  notes_passed: true,
  is_open: true,
  may_leave_contact: true,
  may_withdraw: true,
  contact_left: false,
};
const QUEUE: Floor = {
  holder: "queue",
  epoch: 2,
  queue: "finance",
  queue_name: "Finance operations",
  kind: "warm",
};

const state = (floor: Floor, wait?: Wait): CustomerState => ({
  version: 4,
  epoch: floor.epoch,
  floor,
  speaker: { name: "", note: "" },
  wait,
  can_write: true,
  rating: { assistant: "none", agent: "none" },
  is_closed: false,
});

describe("waiting times as people say them", () => {
  const check = (wait: Partial<Wait>, expected: string, in_german: string) => {
    expect(duration({ ...WAIT, ...wait }, EN)).toBe(expected);
    expect(duration({ ...WAIT, ...wait }, DE)).toBe(in_german);
  };
  it("interval", () => check({}, "about 3–5 min", "etwa 3–5 Min."));
  it("one number", () => check({ lo_min: 4, hi_min: 4 }, "about 4 min", "etwa 4 Min."));
  it("short", () => check({ lo_min: 0, hi_min: 1 }, "less than 1 min", "weniger als 1 Min."));
  it("no lower bound", () =>
    check({ lo_min: null, hi_min: 2 }, "less than 2 min", "weniger als 2 Min."));
  it("long", () =>
    check(
      { lo_min: null, hi_min: null, more_than_min: 30 },
      "more than 30 min",
      "mehr als 30 Min.",
    ));
  it("long wins over an interval", () =>
    check({ more_than_min: 30 }, "more than 30 min", "mehr als 30 Min."));
  it("nothing known", () =>
    check({ lo_min: null, hi_min: null }, "as soon as somebody is free", "sobald jemand frei ist"));
});

describe("the place in line", () => {
  it.each([
    [1, "next in line"],
    [2, "2nd in line"],
    [3, "3rd in line"],
    [4, "4th in line"],
    [11, "11th in line"],
    [21, "21st in line"],
    [22, "22nd in line"],
    [null, ""],
    [0, ""],
  ])("%s", (position, expected) => expect(place(position, EN)).toBe(expected));
  it("in German", () => expect(place(3, DE)).toBe("3. in der Reihe"));
});

describe("opening times", () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  it.each([
    [at(23, 17), "at 17:00"],
    [at(24, 8), "tomorrow at 08:00"],
    [at(26, 8), "on Thursday at 08:00"],
    [new Date(2026, 11, 28, 9).toISOString(), "on 28 December at 09:00"],
    ["nonsense", ""],
  ])("%s", (iso, expected) => expect(when(iso, NOW, EN)).toBe(expected));
  it("in German", () => expect(when(at(24, 8), NOW, DE)).toBe("morgen um 08:00"));
});

describe("the card", () => {
  it("warm: who, team, why, when, notes", () => {
    expect(cardOf(state(QUEUE, WAIT), NOW, EN)).toEqual({
      kind: "warm",
      heading: "Will take over",
      title: "Sarah Lindqvist",
      person: "Sarah Lindqvist",
      team: "Finance operations",
      reason: "You asked for a person.",
      estimate: "about 3–5 min · 2nd in line",
      notes_passed: true,
      may_leave_contact: true,
      may_withdraw: true,
    });
  });
  it("a team is not named twice", () => {
    const card = cardOf(state(QUEUE, { ...WAIT, who: "Finance operations" }), NOW, EN);
    expect(card?.team).toBeUndefined();
  });
  it("away: when it opens and what happens next", () => {
    const opens_at = new Date(2026, 10, 24, 8).toISOString();
    const card = cardOf(state(QUEUE, { ...WAIT, is_open: false, opens_at }), NOW, EN);
    expect(card).toMatchObject({
      kind: "away",
      title: "The team is away now",
      estimate: "Back tomorrow at 08:00",
    });
    expect(card?.next).toBe(en.away_next);
  });
  it("an address was left", () => {
    const card = cardOf(state(QUEUE, { ...WAIT, contact_left: true }), NOW, EN);
    expect(card).toMatchObject({ kind: "contact_left", may_leave_contact: false });
    expect(card?.next).toBe("Sarah Lindqvist answers there and here. You can close this window.");
  });
  it.each<[string, Floor]>([
    ["locked", { holder: "locked", epoch: 2 }],
    ["cold queue", { ...QUEUE, kind: "cold" }],
    ["queue without any name", { holder: "queue", epoch: 2 }],
  ])("%s: a neutral sentence and the reference, nothing else", (_, floor) => {
    const who = floor.kind || floor.holder === "locked" ? WAIT.who : "";
    const card = cardOf(state(floor, { ...WAIT, who, reference: "W-1" }), NOW, EN);
    expect(card).toEqual({
      kind: "cold",
      heading: "",
      title: "A person is looking after this",
      next: "Reference W-1",
      notes_passed: false,
      may_leave_contact: false,
      may_withdraw: false,
    });
    expect(JSON.stringify(card)).not.toMatch(/Sarah|Finance|asked/);
  });
  it.each<Floor["holder"]>(["assistant", "agent", "closed", "review"])("none when %s", (holder) => {
    expect(cardOf(state({ holder, epoch: 2 }), NOW, EN)).toBeNull();
  });
});

describe("the card on the page", () => {
  const card = cardOf(state(QUEUE, WAIT), NOW, EN);
  const make = (contact: (address: string) => Promise<void> = async () => {}) => {
    const view = new CardView(EN, { contact, withdraw: () => {} });
    document.body.replaceChildren(view.node);
    view.update(card, null);
    return view;
  };
  const button = (name: string) =>
    [...document.querySelectorAll("button")].find((node) => node.textContent === name);

  it("changes the estimate in place and keeps a half-typed address", () => {
    const view = make();
    button(en.leave_email)?.click();
    const field = document.querySelector("input");
    if (field) field.value = "alex@";
    expect(document.activeElement).toBe(field);
    view.update(
      cardOf(state(QUEUE, { ...WAIT, position: 1, lo_min: 1, hi_min: 2 }), NOW, EN),
      null,
    );
    expect(document.body.textContent).toContain("about 1–2 min · next in line");
    expect(document.querySelector("input")?.value).toBe("alex@");
    expect(document.activeElement).toBe(field);
  });
  it("says since when an estimate stands while the connection is away", () => {
    make().update(card, "14:02");
    expect(document.body.textContent).toContain("about 3–5 min · 2nd in line (as of 14:02)");
  });
  it.each([
    "nope",
    "a@b",
    "a b@c.example",
    "@c.example",
    "a@c..example",
    "a@c.example, d@e.example",
  ])("refuses %s and says why", (address) => {
    let sent = false;
    make(async () => {
      sent = true;
    });
    button(en.leave_email)?.click();
    const field = document.querySelector("input");
    if (field) field.value = address;
    button(en.email_leave)?.click();
    expect(sent).toBe(false);
    expect(field?.getAttribute("aria-invalid")).toBe("true");
    expect(document.querySelector('[role="alert"]')?.textContent).toBe(en.email_invalid);
  });
  it("hands over an address that can be right", () => {
    const sent: string[] = [];
    make(async (address) => void sent.push(address));
    button(en.leave_email)?.click();
    const field = document.querySelector("input");
    if (field) field.value = " alex.m+shop@mail.lumenlane.example ";
    button(en.email_leave)?.click();
    expect(sent).toEqual(["alex.m+shop@mail.lumenlane.example"]);
  });
  it("goes when nobody is awaited", () => {
    const view = make();
    view.update(null, null);
    expect(view.node.hidden).toBe(true);
  });
  it.each([
    ["Sarah Lindqvist", "SL"],
    ["Sarah", "S"],
    ["Ana de la Cruz", "AC"],
    ["", ""],
  ])("initials of %s", (name, expected) => expect(initialsOf(name)).toBe(expected));
});

describe("the picture on the card", () => {
  const check = (who: string, expected: string) => {
    const view = new CardView(EN, { contact: async () => {}, withdraw: () => {} });
    view.update(cardOf(state(QUEUE, { ...WAIT, who }), NOW, EN), null);
    const picture = view.node.querySelector(".picture");
    expect(picture?.textContent).toBe(expected);
    expect(picture?.querySelector("svg") !== null).toBe(expected === "");
  };
  it.each([
    ["Sarah Lindqvist", "SL"],
    ["Sarah from our finance operations team", "S"],
    ["Élodie from our Berlin team", "É"],
    ["our finance operations team", ""],
    ["Finance operations", ""],
    ["a colleague", ""],
    ["", ""],
  ])("%s", check);
});

describe("the reason on the card", () => {
  it.each([
    [
      "somebody who may see the account should look",
      "Somebody who may see the account should look",
    ],
    ["You asked for a person.", "You asked for a person."],
    ["", undefined],
  ])("%s", (reason, expected) =>
    expect(cardOf(state(QUEUE, { ...WAIT, reason }), NOW, EN)?.reason).toBe(expected),
  );

  it("stands as the server wrote it in German too", () => {
    const reason = "Sie werden verbunden, weil Sie nach einem Menschen gefragt haben.";
    expect(cardOf(state(QUEUE, { ...WAIT, reason }), NOW, DE)?.reason).toBe(reason);
  });
});

describe("the catalogue", () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  it("has every text in every language, with a note", () => {
    expect(Object.keys(de)).toEqual(Object.keys(en));
    expect(Object.keys(notes)).toEqual(Object.keys(en));
  });
  it.each(Object.keys(en) as (keyof typeof en)[])("%s: same places, calm", (key) => {
    expect(places(de[key])).toEqual(places(en[key]));
    for (const text of [en[key], de[key]]) expect(text).not.toMatch(/!|oops/i);
  });
});

describe("the address to come back to", () => {
  const opened = (known_address?: string) => {
    const actions = { contact: async () => undefined, withdraw: () => undefined };
    const view = new CardView(EN, actions);
    const card = cardOf(state(QUEUE, { ...WAIT, known_address }), NOW, EN);
    view.update(card, null);
    const buttons = [...view.node.querySelectorAll("button")];
    buttons.find((button) => button.textContent === EN.t("leave_email"))?.click();
    return view.node.querySelector("input")?.value;
  };
  it("is filled in where it is known", () =>
    expect(opened("maya@acme.example")).toBe("maya@acme.example"));
  it("is asked for where it is not", () => expect(opened()).toBe(""));
});
