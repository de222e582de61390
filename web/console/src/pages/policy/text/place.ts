/**
 * Where in a policy's tree the cursor stands. It reads lines and their indentation rather
 * than a parsed tree, because a text that is being written is rarely whole.
 */

/** A key of a map, or `0` for whichever item of a list. */
export type Step = string | 0;

export type Place = {
  /** The way to the map, the list or the value at the cursor. */
  path: Step[];
  /** What can be written here: a key of the map, a value, or, in a list's item, either. */
  kind: "key" | "value" | "either";
  /** From where on it is being written. */
  from: number;
  /** Keys that the map has already. */
  siblings: string[];
};

type Element = { column: number; key: string | null };

const KEY = /^("[^"]*"|'[^']*'|[^\s#:{}[\],&*!|>%@`"'-][^#:{}[\],]*?)\s*:(?=\s|$)/;

/** The place at an offset of the text; nothing inside a comment or a folded text. */
export function placeAt(text: string, at: number): Place | null {
  const lines = text.split("\n");
  const row = text.slice(0, at).split("\n").length - 1;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(start, at);
  if (/(^|\s)#/.test(before)) return null;
  const { elements, rest, column } = elementsOf(before);
  const outermost = elements[0]?.column ?? column;
  const isItem = elements.some((one) => one.key === null);
  const above = parents(lines.slice(0, row), outermost, elements[0]?.key === null);
  if (above === null) return null;
  const own = elements.map((one): Step => one.key ?? 0);
  const path = [...above, ...own];
  const last = elements.at(-1);
  if (last !== undefined && last.key !== null) {
    return inValue(path, rest, at);
  }
  if (/^[{[]/.test(rest)) return inValue(path, rest, at);
  return {
    path,
    kind: isItem ? "either" : "key",
    from: at - rest.length,
    siblings: siblingsAt(lines, row, column),
  };
}

/** The markers and the key at the beginning of a line, and what stands behind them. */
function elementsOf(line: string): { elements: Element[]; rest: string; column: number } {
  const elements: Element[] = [];
  let column = line.length - line.trimStart().length;
  let rest = line.slice(column);
  for (let marker = /^-(\s+|$)/.exec(rest); marker; marker = /^-(\s+|$)/.exec(rest)) {
    elements.push({ column, key: null });
    column += marker[0].length;
    rest = rest.slice(marker[0].length);
  }
  const key = KEY.exec(rest);
  if (key?.[1] !== undefined) {
    elements.push({ column, key: unquoted(key[1]) });
    rest = rest.slice(key[0].length).trimStart();
  }
  return { elements, rest, column };
}

/** The keys and items that a column lies in, from the outside; null inside a folded text. */
function parents(above: string[], from: number, isItem: boolean): Step[] | null {
  const path: Step[] = [];
  let limit = from;
  let isAtItem = isItem;
  for (const line of [...above].reverse()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const { elements, rest } = elementsOf(line);
    for (const one of [...elements].reverse()) {
      // A list may stand as far left as the key that it belongs to.
      const isOutside = one.column < limit || (isAtItem && one.key !== null && one.column <= limit);
      if (!isOutside) continue;
      if (path.length === 0 && one.key !== null && /^[|>][+-]?\d?$/.test(rest)) return null;
      path.unshift(one.key ?? 0);
      limit = one.column;
      isAtItem = one.key === null;
    }
    if (limit === 0 && !isAtItem) break;
  }
  return path;
}

/** Keys of the same map above and below. */
function siblingsAt(lines: string[], row: number, column: number): string[] {
  const found: string[] = [];
  const walk = (rows: string[]) => {
    for (const line of rows) {
      if (/^\s*(#|$)/.test(line)) continue;
      const { elements } = elementsOf(line);
      const here = elements.find((one) => one.key !== null && one.column === column);
      if (here?.key) found.push(here.key);
      const first = elements[0]?.column ?? line.length - line.trimStart().length;
      if (first < column) break;
    }
  };
  walk(lines.slice(0, row).reverse());
  // A line that begins an item belongs to the map above it no longer.
  const below = lines.slice(row + 1);
  const end = below.findIndex((line) => /\S/.test(line) && line.search(/\S/) < column);
  walk(end === -1 ? below : below.slice(0, end));
  return found;
}

type Frame = { isMap: boolean; key: string | null; keys: string[] };

/** Behind a key: a plain value, or inside `{…}` and `[…]` on the same line. */
function inValue(path: Step[], written: string, at: number): Place {
  const frames: Frame[] = [];
  let token = "";
  let quote = "";
  for (const char of written) {
    const top = frames.at(-1);
    if (quote !== "") {
      token += char;
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") {
      quote = char;
      token += char;
    } else if ((char === "{" || char === "[") && token.trim() === "") {
      frames.push({ isMap: char === "{", key: null, keys: [] });
      token = "";
    } else if ((char === "}" || char === "]") && top !== undefined) {
      frames.pop();
      token = "";
    } else if (char === "," && top !== undefined) {
      top.key = null;
      token = "";
    } else if (char === ":" && top?.isMap && top.key === null) {
      top.key = unquoted(token.trim());
      top.keys.push(top.key);
      token = "";
    } else token += char;
  }
  const inner = frames.flatMap((frame): Step[] => {
    if (!frame.isMap) return [0];
    return frame.key === null ? [] : [frame.key];
  });
  const top = frames.at(-1);
  return {
    path: [...path, ...inner],
    kind: top?.isMap && top.key === null ? "key" : "value",
    from: at - token.trimStart().length,
    siblings: top?.keys ?? [],
  };
}

function unquoted(key: string): string {
  return key.replace(/^["']|["']$/g, "");
}
