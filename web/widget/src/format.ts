// Builds nodes from the shared formatter's tree. Text becomes text nodes only; no markup is ever
// parsed (S-1). The help pages use it as well, with headings and links between articles.

import { type Inline, parseRichText } from "@segue/client";

/** What differs between a chat bubble and a help page. */
export interface Options {
  /** The node for a web address; the chat asks before it leaves the page. */
  link: (label: string, url: string, host: string) => Node;
  /** The node for `[title](slug)`; without it the title is shown as text. */
  reference?: (title: string, slug: string) => Node;
  /** Whether `## line` becomes a heading of the page. */
  has_headings?: boolean;
}

// Direction overrides can make a link read as another one; they carry no meaning in a chat.
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g;
// The shared formatter leaves labelled references as text; only articles of the help centre use
// them. Bounded lengths keep the search linear.
const REFERENCE = /\[([^[\]\n]{1,200})\]\(([a-z0-9-]{1,120})\)/g;
const HEADING = /^(#{1,4})\s+/;

function el(tag: string, ...children: Node[]): HTMLElement {
  const node = document.createElement(tag);
  node.append(...children);
  return node;
}

const textNode = (text: string) => document.createTextNode(text.replace(DIRECTION_MARKS, ""));

function plain(text: string, options: Options): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, title = "", slug = ""] = match;
    if (match.index > end) nodes.push(textNode(text.slice(end, match.index)));
    nodes.push(options.reference?.(title, slug) ?? textNode(title));
    end = match.index + whole.length;
  }
  if (end < text.length) nodes.push(textNode(text.slice(end)));
  return nodes;
}

function inline(part: Inline, options: Options): Node[] {
  switch (part.kind) {
    case "text":
      return plain(part.text, options);
    case "bold":
      return [el("strong", ...plain(part.text, options))];
    case "code":
      return [el("code", textNode(part.text))];
    case "link":
      return [options.link(part.text.replace(DIRECTION_MARKS, ""), part.url, part.host)];
  }
}

const line = (parts: readonly Inline[], options: Options) =>
  parts.flatMap((part) => inline(part, options));

function paragraph(lines: readonly Inline[][], options: Options): HTMLElement {
  const node = el("p");
  lines.forEach((parts, index) => {
    if (index > 0) node.append(el("br"));
    node.append(...line(parts, options));
  });
  return node;
}

/** The heading that a paragraph begins with, if pages have headings and it does. */
function heading(lines: readonly Inline[][], options: Options): HTMLElement | undefined {
  const [first, ...rest] = lines[0] ?? [];
  const mark = first?.kind === "text" ? HEADING.exec(first.text) : null;
  if (!options.has_headings || !mark || first?.kind !== "text") return undefined;
  const level = Math.max(2, mark[1]?.length ?? 2);
  const shown: Inline[] = [{ kind: "text", text: first.text.slice(mark[0].length) }, ...rest];
  return el(`h${level}`, ...line(shown, options));
}

/** A fragment with the formatted text. */
export function render(source: string, options: Options): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const block of parseRichText(source)) {
    switch (block.kind) {
      case "paragraph": {
        const title = heading(block.lines, options);
        const lines = title ? block.lines.slice(1) : block.lines;
        if (title) fragment.append(title);
        if (lines.length > 0) fragment.append(paragraph(lines, options));
        break;
      }
      case "list":
        fragment.append(
          el(
            block.is_ordered ? "ol" : "ul",
            ...block.items.map((item) => el("li", ...line(item, options))),
          ),
        );
        break;
      case "code": {
        const pre = el("pre", el("code", textNode(block.text)));
        // A wide block scrolls by keyboard as well.
        pre.tabIndex = 0;
        fragment.append(pre);
        break;
      }
    }
  }
  return fragment;
}
