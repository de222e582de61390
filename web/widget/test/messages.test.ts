import { describe, expect, it } from "vitest";
import tokens from "../../client/src/tokens.css?raw";
import * as style from "../src/loader/style";
import { envelope, readToApp, readToLoader } from "../src/messages";

describe("messages between page and frame", () => {
  it("come through as they were", () => {
    const init = {
      type: "init",
      page: "https://shop.example/cart",
      locale: "de",
      identity: "x.y.z",
      is_open: false,
    } as const;
    expect(readToApp(envelope(init))).toEqual(init);
    expect(readToApp(envelope({ type: "fill", text: "hello" }))).toEqual({
      type: "fill",
      text: "hello",
    });
    expect(readToLoader(envelope({ type: "unread", count: 2 }))).toEqual({
      type: "unread",
      count: 2,
    });
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["a text", "init"],
    ["a list", [{ segue: 1, type: "open" }]],
    ["without our mark", { type: "open", page: "https://a.example" }],
    ["another protocol", { segue: 2, type: "open", page: "https://a.example" }],
    ["an unknown type", { segue: 1, type: "eval", code: "alert(1)" }],
    ["a missing field", { segue: 1, type: "open" }],
    ["a wrong type of field", { segue: 1, type: "fill", text: 7 }],
    ["too long a text", { segue: 1, type: "fill", text: "x".repeat(8_001) }],
    ["an identity that is no text", { segue: 1, type: "identify", identity: {} }],
  ])("%s is ignored", (_, data) => expect(readToApp(data)).toBeUndefined());

  it.each<[string, unknown]>([
    ["a negative count", { segue: 1, type: "unread", count: -1 }],
    ["a count that is a text", { segue: 1, type: "unread", count: "3" }],
    ["a message for the other side", { segue: 1, type: "fill", text: "x" }],
  ])("%s is ignored by the loader", (_, data) => expect(readToLoader(data)).toBeUndefined());
});

it("the loader's colors are those of the tokens", () => {
  expect(tokens).toContain(`--accent: light-dark(${style.ACCENT_LIGHT}, ${style.ACCENT_DARK})`);
  expect(tokens).toContain(
    `--on-accent: light-dark(${style.ON_ACCENT_LIGHT}, ${style.ON_ACCENT_DARK})`,
  );
});
