/**
 * Reads and changes the thresholds in a policy's text without touching anything else:
 * comments, order and spacing stay as they were written.
 */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/yaml";

/** The thresholds of the whole policy, or of one topic that has its own. */
export type Bands = { topic: string | null; floor: number; accept: number };

/** Replace what stands from `from` up to `to`. */
export type Edit = { from: number; to: number; insert: string };

export const BAND_STEP = 0.01;

/** The policy's own thresholds first, then those of topics, in the order of the text. */
export function readBands(text: string): Bands[] {
  const root = parser.parse(text).topNode;
  const own = bandsOf(text, null, child(text, rootMap(root), "bands"));
  const topics = child(text, rootMap(root), "topics");
  const others = pairs(topics).flatMap((pair) => {
    const name = keyOf(text, pair);
    return name === null ? [] : bandsOf(text, name, child(text, valueIn(pair), "bands"));
  });
  return [...own, ...others];
}

/**
 * What to change in the text so that these thresholds hold. A floor above the accept
 * threshold, or the other way round, goes along: the pair must stay in order.
 */
export function editBands(
  text: string,
  topic: string | null,
  wanted: { floor?: number; accept?: number },
): Edit[] {
  const now = readBands(text).find((bands) => bands.topic === topic);
  if (now === undefined) return [];
  const next = inOrder(now, wanted);
  const root = parser.parse(text).topNode;
  const path = topic === null ? ["bands"] : ["topics", topic, "bands"];
  const map = path.reduce<SyntaxNode | null>((at, key) => child(text, at, key), rootMap(root));
  const edit = (key: "floor" | "accept"): Edit[] => {
    const node = child(text, map, key);
    if (node === null || next[key] === now[key]) return [];
    return [{ from: node.from, to: node.to, insert: next[key].toFixed(2) }];
  };
  return [...edit("floor"), ...edit("accept")].sort((a, b) => a.from - b.from);
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((done, { from, to, insert }) => done.slice(0, from) + insert + done.slice(to), text);
}

function inOrder(now: Bands, wanted: { floor?: number; accept?: number }) {
  const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
  const accept = wanted.accept === undefined ? now.accept : round(wanted.accept);
  const floor = wanted.floor === undefined ? now.floor : round(wanted.floor);
  if (wanted.accept !== undefined) return { accept, floor: Math.min(floor, accept) };
  return { accept: Math.max(floor, accept), floor };
}

function bandsOf(text: string, topic: string | null, map: SyntaxNode | null): Bands[] {
  const floor = numberAt(text, child(text, map, "floor"));
  const accept = numberAt(text, child(text, map, "accept"));
  return floor === null || accept === null ? [] : [{ topic, floor, accept }];
}

function numberAt(text: string, node: SyntaxNode | null): number | null {
  if (node === null) return null;
  const written = text.slice(node.from, node.to).trim();
  const value = Number(written);
  return written === "" || Number.isNaN(value) ? null : value;
}

/** The map that the whole file is. */
function rootMap(root: SyntaxNode): SyntaxNode | null {
  return root.getChild("Document")?.getChild("BlockMapping") ?? null;
}

function pairs(map: SyntaxNode | null): SyntaxNode[] {
  return map === null ? [] : map.getChildren("Pair");
}

function keyOf(text: string, pair: SyntaxNode): string | null {
  const key = pair.getChild("Key");
  return key === null ? null : text.slice(key.from, key.to).replace(/^["']|["']$/g, "");
}

/** What stands behind the colon. */
function valueIn(pair: SyntaxNode): SyntaxNode | null {
  const last = pair.lastChild;
  return last === null || last.name === "Key" || last.name === ":" ? null : last;
}

function child(text: string, map: SyntaxNode | null, key: string): SyntaxNode | null {
  const pair = pairs(map).find((one) => keyOf(text, one) === key);
  return pair === undefined ? null : valueIn(pair);
}
