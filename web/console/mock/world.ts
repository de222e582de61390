/** The state of the mock and what the actions do to it: just enough to look at every page. */
import type { Floor, Inbox, Item, StaffSnapshot } from "@segue/client";
import { alex, alexRow, before, holderAllowed, watcherAllowed } from "./brightcrate/alex";
import { inbox } from "./brightcrate/inbox";
import { others, rowOf, snapshotOf } from "./brightcrate/others";
import { agents, ME } from "./brightcrate/people";

type Push = (frame: unknown) => void;

export class World {
  readonly stories = new Map<string, StaffSnapshot>();
  inbox: Inbox = inbox();
  readonly agents = agents();
  readonly listeners = new Set<Push>();
  #seq = 0;

  constructor() {
    this.stories.set("conv_alex", alex());
    for (const small of others()) this.stories.set(small.id, snapshotOf(small));
    const noor = alex();
    const floor: Floor = { ...alexRow().floor, holder: "queue", queue: "billing", epoch: 2 };
    this.stories.set("conv_noor", {
      ...noor,
      conversation: "conv_noor",
      items: noor.items.slice(0, 11),
      version: 11,
      state: {
        ...noor.state,
        version: 11,
        epoch: 2,
        floor: { ...floor, queue_name: "Billing", agent: undefined },
        customer: { name: "Noor Haddad", facts: { tier: "Growth" } },
        allowed: watcherAllowed(),
      },
    });
  }

  rows() {
    return [alexRow(), ...others().map(rowOf)];
  }

  story(id: string): StaffSnapshot | undefined {
    return this.stories.get(id);
  }

  /** One append: the item, and what it changes in the state. */
  append(id: string, item: Record<string, unknown>, state: Partial<StaffSnapshot["state"]> = {}) {
    const story = this.stories.get(id);
    if (story === undefined) return { version: 0, epoch: 0 };
    const version = story.version + 1;
    const added = { at: new Date().toISOString(), ...item, version } as unknown as Item;
    const next: StaffSnapshot = {
      ...story,
      version,
      items: [...story.items, added],
      state: { ...story.state, ...state, version },
    };
    this.stories.set(id, next);
    this.push({ type: "entry", conversation: id, version, items: [added], state: next.state });
    return { version, epoch: next.state.epoch };
  }

  say(id: string, author: Record<string, unknown>, text: string) {
    const story = this.stories.get(id);
    const turns = story?.items.filter((item) => item.type === "turn").length ?? 0;
    return this.append(id, {
      type: "turn",
      turn: turns + 1,
      author,
      text,
      epoch: story?.state.epoch ?? 1,
      is_cut: false,
    });
  }

  /** The floor comes to the signed-in agent. */
  give(id: string, cause: "accepted" | "taken") {
    const story = this.stories.get(id);
    if (story === undefined) return { version: 0, epoch: 0 };
    const floor: Floor = {
      holder: "agent",
      epoch: story.state.epoch + 1,
      agent: ME,
      since: before(0),
    };
    this.inbox = {
      ...this.inbox,
      offers: this.inbox.offers.filter((offer) => offer.conversation !== id),
      waiting: this.inbox.waiting.filter((row) => row.conversation !== id),
    };
    this.pushInbox();
    return this.append(
      id,
      { type: "floor", floor, cause },
      { floor, epoch: floor.epoch, allowed: holderAllowed() },
    );
  }

  leave(id: string, floor: Floor, cause: string) {
    return this.append(
      id,
      { type: "floor", floor, cause },
      { floor, epoch: floor.epoch, escalation: undefined, allowed: watcherAllowed() },
    );
  }

  /** Whoever looks sees an offer that still runs. */
  renewOffers() {
    const { offers, waiting } = inbox();
    const isOpen = this.story("conv_noor")?.state.floor.holder === "queue";
    this.inbox = { ...this.inbox, offers: isOpen ? offers : [], waiting };
  }

  pushInbox() {
    this.#seq += 1;
    this.push({ type: "inbox", seq: this.#seq, inbox: this.inbox });
  }

  push(frame: unknown) {
    for (const listener of this.listeners) listener(frame);
  }
}
