import { expect, it } from "vitest";
import { csv, fileName } from "./csv";

it("keeps numbers, quotes what needs it and leaves out what is not known", () => {
  const rows = [
    ["a, b", 1, null],
    ['say "so"', 0.25, undefined],
  ];
  expect(csv(["name", "n", "value"], rows)).toBe(
    'name,n,value\r\n"a, b",1,\r\n"say ""so""",0.25,\r\n',
  );
});

it("makes no formula of a name that comes from outside", () => {
  expect(csv(["rule"], [["=HYPERLINK(1)"], ["-3"]])).toBe("rule\r\n'=HYPERLINK(1)\r\n'-3\r\n");
});

it("names a file by what is in it", () => {
  expect(fileName("Half of the customers, within 40 s?")).toBe(
    "half-of-the-customers-within-40-s.csv",
  );
  expect(fileName("…")).toBe("table.csv");
});
