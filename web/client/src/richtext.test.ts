import { describe, expect, it } from "vitest";
import { type Block, type Inline, parseRichText, safeLink } from "./richtext";

function renderInline(part: Inline): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "bold":
      return `B(${part.text})`;
    case "code":
      return `C(${part.text})`;
    case "link":
      return `L(${part.text}→${part.host})`;
  }
}

/** Rendered meaning: one line per block, marks made visible. */
function renderBlock(block: Block): string {
  const line = (parts: Inline[]) => parts.map(renderInline).join("");
  switch (block.kind) {
    case "paragraph":
      return `P ${block.lines.map(line).join(" / ")}`;
    case "list":
      return `${block.is_ordered ? "O" : "U"} ${block.items.map(line).join(" | ")}`;
    case "code":
      return `C ${block.text}`;
  }
}

describe("the formatter", () => {
  const cases: [string, string[]][] = [
    ["Hello", ["P Hello"]],
    ["one\ntwo\n\nthree", ["P one / two", "P three"]],
    ["a **bold** and `code`", ["P a B(bold) and C(code)"]],
    ["- a\n- b", ["U a | b"]],
    ["1. a\n2. b\nend", ["O a | b", "P end"]],
    ["```\n<b>x</b>\n```", ["C <b>x</b>"]],
    ["```\nnever closed", ["C never closed"]],
    ["2 * 3 ** 4", ["P 2 * 3 ** 4"]],
    ["see https://a.example/x.", ["P see L(https://a.example/x→a.example)."]],
    ["(https://a.example)", ["P (L(https://a.example→a.example))"]],
    ["<script>alert(1)</script>", ["P <script>alert(1)</script>"]],
    ["javascript:alert(1)", ["P javascript:alert(1)"]],
    ["https://user:pw@evil.example/", ["P https://user:pw@evil.example/"]],
    ["https:// and on", ["P https:// and on"]],
    ["", []],
  ];
  it.each(cases)("%j", (text, expected) => {
    expect(parseRichText(text).map(renderBlock)).toEqual(expected);
  });

  it("is linear in hostile text", () => {
    const time = (n: number) => {
      const text = "https://@".repeat(n) + "**`".repeat(n);
      const start = performance.now();
      for (let i = 0; i < 20; i += 1) parseRichText(text);
      return performance.now() - start;
    };
    time(200);
    // Sixteen times the text: linear work takes about 16 times as long, quadratic 256 times.
    expect(time(1600)).toBeLessThan(Math.max(time(100), 0.5) * 100);
  });
});

describe("a link that may be opened", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc", "https://", "x"])(
    "refuses %s",
    (text) => expect(safeLink(text)).toBeNull(),
  );
});
