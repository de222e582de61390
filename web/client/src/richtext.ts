/**
 * The tiny formatter of S-1: text → a tree of plain values. It knows paragraphs,
 * line breaks, lists, code, bold and web addresses, and nothing else; it never
 * produces markup, so whatever a customer or a model writes stays text. Console
 * and widget build DOM nodes from the tree.
 *
 * Linear in the text: one pass per line with non-backtracking searches.
 */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold"; text: string }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; url: string; host: string };

export type Block =
  | { kind: "paragraph"; lines: Inline[][] }
  | { kind: "list"; is_ordered: boolean; items: Inline[][] }
  | { kind: "code"; text: string };

/** Longer texts are shown plain: the transcript must stay readable and fast. */
const FORMATTED_CHARS_MAX = 20_000;

/** Longer addresses are not offered for opening. */
const URL_CHARS_MAX = 2048;

const BULLET = /^\s{0,3}[-*•]\s+/;
const NUMBER = /^\s{0,3}\d{1,3}[.)]\s+/;

export function parseRichText(text: string): Block[] {
  if (text.length > FORMATTED_CHARS_MAX) {
    return [{ kind: "paragraph", lines: [[{ kind: "text", text }]] }];
  }
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
    } else if (line.trimStart().startsWith("```")) {
      at = readFence(lines, at, blocks);
    } else if (BULLET.test(line) || NUMBER.test(line)) {
      at = readList(lines, at, blocks);
    } else {
      at = readParagraph(lines, at, blocks);
    }
  }
  return blocks;
}

function readFence(lines: string[], start: number, blocks: Block[]): number {
  const body: string[] = [];
  let at = start + 1;
  while (at < lines.length && !(lines[at] ?? "").trimStart().startsWith("```")) {
    body.push(lines[at] ?? "");
    at += 1;
  }
  blocks.push({ kind: "code", text: body.join("\n") });
  return at + 1;
}

function readList(lines: string[], start: number, blocks: Block[]): number {
  const is_ordered = NUMBER.test(lines[start] ?? "");
  const mark = is_ordered ? NUMBER : BULLET;
  const items: Inline[][] = [];
  let at = start;
  while (at < lines.length && mark.test(lines[at] ?? "")) {
    items.push(parseInline((lines[at] ?? "").replace(mark, "")));
    at += 1;
  }
  blocks.push({ kind: "list", is_ordered, items });
  return at;
}

function readParagraph(lines: string[], start: number, blocks: Block[]): number {
  const read: Inline[][] = [];
  let at = start;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const isOther =
      line.trim() === "" ||
      line.trimStart().startsWith("```") ||
      BULLET.test(line) ||
      NUMBER.test(line);
    if (isOther) break;
    read.push(parseInline(line));
    at += 1;
  }
  blocks.push({ kind: "paragraph", lines: read });
  return at;
}

/** One line: bold, code and web addresses; a mark without its partner stays text. */
export function parseInline(line: string): Inline[] {
  const out: Inline[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") out.push({ kind: "text", text: plain });
    plain = "";
  };
  let at = 0;
  while (at < line.length) {
    const found = readCode(line, at) ?? readBold(line, at) ?? readLink(line, at);
    if (found === null) {
      plain += line[at];
      at += 1;
    } else {
      flush();
      out.push(found.inline);
      at = found.next;
    }
  }
  flush();
  return out;
}

type Found = { inline: Inline; next: number } | null;

function readCode(line: string, at: number): Found {
  if (line[at] !== "`") return null;
  const end = line.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { inline: { kind: "code", text: line.slice(at + 1, end) }, next: end + 1 };
}

function readBold(line: string, at: number): Found {
  if (!line.startsWith("**", at)) return null;
  const end = line.indexOf("**", at + 2);
  if (end <= at + 2) return null;
  return { inline: { kind: "bold", text: line.slice(at + 2, end) }, next: end + 2 };
}

function readLink(line: string, at: number): Found {
  if (line[at] !== "h") return null;
  if (!line.startsWith("http://", at) && !line.startsWith("https://", at)) return null;
  let end = at;
  while (end < line.length && !/[\s<>"'`]/.test(line[end] ?? " ")) end += 1;
  while (end > at && /[.,;:!?)\]}]/.test(line[end - 1] ?? "")) end -= 1;
  if (end <= at) return null;
  const text = line.slice(at, end);
  const link = safeLink(text);
  // An address that may not be opened is taken whole, as text, so that no character is read twice.
  if (link === null) return { inline: { kind: "text", text }, next: end };
  return { inline: { kind: "link", text, ...link }, next: end };
}

/** A web address that may be opened after the person confirmed it; null for any other scheme. */
export function safeLink(text: string): { url: string; host: string } | null {
  if (text.length > URL_CHARS_MAX) return null;
  try {
    const url = new URL(text);
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    if (!isWeb || url.host === "" || url.username !== "" || url.password !== "") return null;
    return { url: url.href, host: url.host };
  } catch {
    return null;
  }
}
