// The text being written, shared by all tabs of the same conversation. A draft carries the key it
// will be sent with: two tabs that send it at once send it once.

import { freshKey } from "@segue/client";
import { readJson, type Shelf } from "./storage";

const CHANNEL = "segue.widget";

export interface Draft {
  text: string;
  client_id: string;
}

type Note =
  | { kind: "draft"; room: string; draft: Draft }
  | { kind: "who_writes"; room: string }
  | { kind: "conversation"; room: string; conversation: string };

const isDraft = (value: unknown): value is Draft =>
  typeof value === "object" &&
  value !== null &&
  "text" in value &&
  "client_id" in value &&
  typeof value.text === "string" &&
  typeof value.client_id === "string";

function isNote(value: unknown): value is Note {
  if (typeof value !== "object" || value === null) return false;
  if (!("kind" in value) || !("room" in value) || typeof value.room !== "string") return false;
  switch (value.kind) {
    case "draft":
      return "draft" in value && isDraft(value.draft);
    case "who_writes":
      return true;
    case "conversation":
      return "conversation" in value && typeof value.conversation === "string";
    default:
      return false;
  }
}

export class SharedDraft {
  #draft: Draft = { text: "", client_id: freshKey() };
  readonly #channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
  readonly #key: string;

  constructor(
    /** The visitor, or the conversation: tabs of the same room share. */
    private room: string,
    private readonly shelf: Shelf,
    /** Another tab wrote. */
    private readonly onDraft: (draft: Draft) => void,
    /** Another tab opened the conversation. */
    private readonly onConversation: (conversation: string) => void,
  ) {
    this.#key = `segue.draft.${room}`;
    const kept = readJson(shelf, this.#key, isDraft);
    if (kept) this.#draft = kept;
    if (this.#channel) this.#channel.onmessage = (event) => this.#hear(event.data);
    this.#say({ kind: "who_writes", room });
  }

  get draft(): Draft {
    return this.#draft;
  }

  write(text: string): void {
    this.#set({ ...this.#draft, text });
    this.#say({ kind: "draft", room: this.room, draft: this.#draft });
  }

  /** Hands the text out for sending and begins a new draft, in all tabs. */
  take(): Draft {
    const taken = this.#draft;
    this.#set({ text: "", client_id: freshKey() });
    this.#say({ kind: "draft", room: this.room, draft: this.#draft });
    return taken;
  }

  /** The conversation is open now: tabs that share it share the draft. */
  join(conversation: string): void {
    this.#say({ kind: "conversation", room: this.room, conversation });
    this.room = conversation;
    this.#say({ kind: "who_writes", room: conversation });
  }

  close(): void {
    this.#channel?.close();
  }

  #set(draft: Draft): void {
    this.#draft = draft;
    this.shelf.set(this.#key, draft.text ? JSON.stringify(draft) : null);
  }

  #say(note: Note): void {
    this.#channel?.postMessage(note);
  }

  #hear(data: unknown): void {
    if (!isNote(data) || data.room !== this.room) return;
    switch (data.kind) {
      case "draft":
        this.#set(data.draft);
        this.onDraft(data.draft);
        break;
      case "who_writes":
        if (this.#draft.text) this.#say({ kind: "draft", room: this.room, draft: this.#draft });
        break;
      case "conversation":
        this.room = data.conversation;
        this.onConversation(data.conversation);
        break;
    }
  }
}
