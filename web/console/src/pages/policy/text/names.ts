/** Names that a policy's own text declares, to be offered where they may be used. */
import type { Step } from "./place";
import type { Word } from "./schema";

/** The keys directly beneath a key of the file's first level. */
export function namesUnder(text: string, section: string): string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${section}:`));
  if (start === -1) return [];
  const names: string[] = [];
  let column: number | null = null;
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const at = line.search(/\S/);
    if (at === 0) break;
    column ??= at;
    const name = at === column ? /^\s*["']?([\w.-]+)["']?\s*:/.exec(line)?.[1] : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** The names of the text that fit a place, e.g. its queues behind `queue:`. */
export function namesFor(text: string, path: readonly Step[]): Word[] {
  const key = path.filter((step) => step !== 0).at(-1);
  const named = (words: string[]): Word[] => words.map((word) => ({ word }));
  switch (key) {
    case "queue":
      return named(["by_topic", ...namesUnder(text, "queues")]);
    case "default_queue":
      return named(namesUnder(text, "queues"));
    case "to":
      return named([...namesUnder(text, "queues"), "follow_up"]);
    case "signal":
      return named(namesUnder(text, "topics").map((topic) => `topic.${topic}`));
    default:
      return [];
  }
}
