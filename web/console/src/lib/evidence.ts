/** Where a turn shows what was found in it: its text cut into pieces, some of them marked. */
import type { Block, Inline, VerdictItem } from "@segue/client";

/** One place in a turn, in bytes of its text. */
export type Place = { signal: string; start: number; end: number };

/** A run of a turn's text, and the signals that it is evidence of; none for most. */
export type Piece = { text: string; signals: string[] };

/** The places that verdicts rest on, by the turn they lie in. */
export function placesByTurn(verdicts: Iterable<VerdictItem>): ReadonlyMap<number, Place[]> {
  const map = new Map<number, Place[]>();
  for (const { trace } of verdicts) {
    for (const { signal, is_reason, evidence } of trace.signals) {
      if (!is_reason) continue;
      for (const { turn, start, end } of evidence) {
        if (end > start) map.set(turn, [...(map.get(turn) ?? []), { signal, start, end }]);
      }
    }
  }
  return map;
}

/** The pieces of a text; joined they are the text, whatever the places say. */
export function pieces(text: string, places: readonly Place[]): Piece[] {
  const pieces: Piece[] = [];
  let bytes = 0;
  for (const character of text) {
    const at = bytes;
    bytes += byteLength(character);
    const here = places.filter(({ start, end }) => start <= at && at < end);
    const signals = [...new Set(here.map(({ signal }) => signal))].sort();
    const last = pieces.at(-1);
    if (last !== undefined && last.signals.join() === signals.join()) last.text += character;
    else pieces.push({ text: character, signals });
  }
  return pieces;
}

/** The pieces of each part of a formatted text, without the text's own marks of format. */
export function piecesOfParts(
  text: string,
  blocks: readonly Block[],
  places: readonly Place[],
): ReadonlyMap<Inline, Piece[]> {
  const whole = pieces(text, places);
  const map = new Map<Inline, Piece[]>();
  let cursor = 0;
  for (const part of blocks.flatMap(partsOf)) {
    // Parts stand in the order of the text.
    const from = text.indexOf(part.text, cursor);
    if (from < 0) continue;
    cursor = from + part.text.length;
    map.set(part, cut(whole, from, cursor));
  }
  return map;
}

function partsOf(block: Block): Inline[] {
  switch (block.kind) {
    case "paragraph":
      return block.lines.flat();
    case "list":
      return block.items.flat();
    case "code":
      return [];
  }
}

/** The pieces between two places of the text. */
function cut(whole: readonly Piece[], from: number, to: number): Piece[] {
  const parts: Piece[] = [];
  let at = 0;
  for (const { text, signals } of whole) {
    const part = text.slice(Math.max(from - at, 0), Math.max(to - at, 0));
    if (part !== "") parts.push({ text: part, signals });
    at += text.length;
  }
  return parts;
}

/** How long a character is in UTF-8. */
function byteLength(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
