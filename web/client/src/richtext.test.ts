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
      const runs = Array.from({ length: 9 }, () => {
        const start = performance.now();
        // The same amount of text in each run, so that linear work takes the same time.
        for (let read = 0; read < 1600; read += n) parseRichText(text);
        return performance.now() - start;
      });
      // The fastest run is the one that the machine disturbed least.
      return Math.min(...runs);
    };
    time(1600);
    // Pieces of 16 times the length: quadratic work takes 16 times as long.
    expect(time(1600)).toBeLessThan(time(100) * 6 + 1);
  });
});

describe("a link that may be opened", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc", "https://", "x"])(
    "refuses %s",
    (text) => expect(safeLink(text)).toBeNull(),
  );
});
