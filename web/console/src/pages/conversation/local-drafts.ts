/**
 * Texts on their way, per conversation. In memory only: what agents write about
 * customers is not left behind on a shared computer.
 */
class LocalDrafts {
  readonly #writing = new Map<string, string>();
  readonly #kept = new Map<string, string>();

  read(conversation: string): string {
    return this.#writing.get(conversation) ?? "";
  }

  write(conversation: string, text: string): void {
    this.#writing.set(conversation, text);
  }

  /** A text that the server refused because the floor had changed. */
  kept(conversation: string): string {
    return this.#kept.get(conversation) ?? "";
  }

  keep(conversation: string, text: string): void {
    this.#kept.set(conversation, text);
  }
}

export const drafts = new LocalDrafts();
