// Ten lines instead of a library: elements with properties, listeners and children.

type Child = Node | string | null | undefined | false;

interface Attributes {
  class?: string;
  [name: string]: string | number | boolean | ((event: Event) => void) | undefined;
}

/** An element. Functions become listeners (`onclick`), true an empty attribute, false none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      node.setAttribute(name, value === true ? "" : `${value}`);
  }
  node.append(...children.filter((child): child is Node | string => !!child));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** A 20-pixel line icon; `paths` are its strokes. */
export function icon(...paths: string[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** Sets a text only when it changed, so that screen readers are not told twice. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Replaces children only when they differ. */
export function setChildren(node: Element, children: readonly Node[]): void {
  const now = node.childNodes;
  const is_same = now.length === children.length && children.every((child, i) => child === now[i]);
  if (is_same) return;
  const is_longer = [...now].every((child, i) => child === children[i]);
  if (is_longer) node.append(...children.slice(now.length));
  else node.replaceChildren(...children);
}

export const ICONS = {
  close: ["M5 5l10 10", "M15 5L5 15"],
  send: ["M10 16V4", "M5 9l5-5 5 5"],
  check: ["M4 10.5l4 4 8-9"],
  person: [
    "M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10z",
    "M4 17c.6-3 3-4.6 6-4.6s5.4 1.6 6 4.6",
  ],
  spark: ["M10 3l1.6 5.4L17 10l-5.4 1.6L10 17l-1.6-5.4L3 10l5.4-1.6z"],
  article: ["M5 3h7l3 3v11H5z", "M8 9h4", "M8 12.5h4"],
  out: ["M8 5H5v10h10v-3", "M11 4h5v5", "M16 4l-7 7"],
  clock: ["M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z", "M10 6v4l2.6 2"],
  down: ["M10 4v12", "M5 11l5 5 5-5"],
} as const;
