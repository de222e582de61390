import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Theme = "light" | "dark";

/** The hex value of a token in a theme, through `var()` and `light-dark()`. */
function color(name: string, theme: Theme): string {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1]?.trim() ?? "";
  const pair = /^light-dark\((#\w{6}),\s*(#\w{6})\)$/.exec(value);
  if (pair) return (theme === "light" ? pair[1] : pair[2]) ?? "";
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (other === undefined) throw new Error(`--${name} is no color: ${value}`);
  return color(other, theme);
}

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, theme: Theme): number {
  const [x, y] = [luminance(color(a, theme)), luminance(color(b, theme))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const SURFACES = ["panel", "page", "sunken"];
const TEXT = ["text", "text-quiet", "text-faint", "accent", "accent-strong"];
const STATUS = ["waiting", "breach", "resolved", "assistant", "agent"];

describe.each<Theme>(["light", "dark"])("%s", (theme) => {
  const pairs = [
    ...[...TEXT, ...STATUS].flatMap((text) => SURFACES.map((on) => [text, on] as const)),
    ...STATUS.map((status) => [status, `${status}-soft`] as const),
    ...STATUS.map((status) => ["text", `${status}-soft`] as const),
    ["on-accent", "accent"] as const,
    ["accent", "accent-soft"] as const,
    ["text-quiet", "accent-soft"] as const,
    ["text-quiet", "pressed"] as const,
  ];
  it.each(pairs)("text %s on %s", (text, on) => {
    expect(contrast(text, on, theme)).toBeGreaterThanOrEqual(4.5);
  });

  const lines = ["control-line", "icon", "accent-line", "focus"].flatMap((line) =>
    ["panel", "page"].map((on) => [line, on] as const),
  );
  it.each(lines)("line %s on %s", (line, on) => {
    expect(contrast(line, on, theme)).toBeGreaterThanOrEqual(3);
  });
});
