import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { message } from "../src/app/view/log";
import { render } from "../src/format";
import { PAYLOADS } from "./payloads";

const ALLOWED = new Set([
  "P",
  "BR",
  "STRONG",
  "CODE",
  "PRE",
  "UL",
  "OL",
  "LI",
  "BUTTON",
  "A",
  "H2",
  "H3",
  "H4",
]);

function asPage(text: string): HTMLElement {
  const host = document.createElement("div");
  const anchor = (label: string, url: string) => {
    const node = document.createElement("a");
    node.href = url;
    node.textContent = label;
    return node;
  };
  host.append(
    render(text, {
      has_headings: true,
      link: anchor,
      reference: (title, slug) => anchor(title, `/help/${slug}`),
    }),
  );
  return host;
}

/** What is left of a node when only structure counts. */
function shape(node: Node): string {
  if (node instanceof Text) return node.data;
  const inner = [...node.childNodes].map(shape).join("");
  return node instanceof HTMLElement ? `<${node.tagName.toLowerCase()}>${inner}</>` : inner;
}

const check = (text: string, expected: string) => {
  const host = asPage(text);
  expect([...host.childNodes].map(shape).join("")).toBe(expected);
};

describe("what people write stays text", () => {
  const alert = vi.fn();
  beforeEach(() => vi.stubGlobal("alert", alert));
  afterEach(() => vi.unstubAllGlobals());

  it("has a corpus worth the name", () => expect(PAYLOADS.length).toBeGreaterThanOrEqual(40));

  it.each(PAYLOADS.map((text) => [text.slice(0, 60), text]))("%s", (_, text) => {
    for (const host of [message(text, () => {}), asPage(text)]) {
      document.body.replaceChildren(host);
      for (const node of host.querySelectorAll("*")) {
        expect(ALLOWED).toContain(node.tagName);
        for (const { name, value } of node.attributes) {
          expect(["type", "class", "href", "tabindex"]).toContain(name);
          if (name === "href") expect(value).toMatch(/^(https?:\/\/[^@]+$|\/help\/[a-z0-9-]+$)/);
        }
      }
      for (const button of host.querySelectorAll("button")) button.click();
    }
    expect(alert).not.toHaveBeenCalled();
  });

  it("keeps every character of plain text", () => {
    const text = "a < b && c > d \"quoted\" 'single' & more";
    expect(message(text, () => {}).textContent).toBe(text);
  });

  it("shows the host of a link and opens it only through the given way", () => {
    const opened = vi.fn();
    const host = message("see https://help.example/a?b=1.", opened);
    const link = host.querySelector("button");
    expect(link?.textContent).toBe("https://help.example/a?b=1");
    expect(host.querySelector("a")).toBeNull();
    link?.click();
    expect(opened).toHaveBeenCalledWith("https://help.example/a?b=1", "help.example", link);
  });

  it("names the real host when the text spells another one", () => {
    const host = message("https://b\u00fccher.example/", () => {});
    expect(host.textContent).toContain("(xn--bcher-kva.example)");
  });
});

describe("articles", () => {
  it("reads headings, lists and links to other articles", () => {
    check(
      "First.\n\n## Why\n\n- `a`: see [Update the card](update-the-card)\n- **b**",
      "<p>First.</><h2>Why</><ul><li><code>a</>: see <a>Update the card</></><li><strong>b</></></>",
    );
  });
  it("shows the title alone where there is nothing to link to", () => {
    expect(message("see [Update the card](update-the-card).", () => {}).textContent).toBe(
      "see Update the card.",
    );
  });
  it("leaves a code block as it is", () => {
    check("```\n## no <b>\n[a](b)\n```", "<pre><code>## no <b>\n[a](b)</></>");
  });
  it("keeps line breaks", () => check("a\nb", "<p>a<br></>b</>"));
});
