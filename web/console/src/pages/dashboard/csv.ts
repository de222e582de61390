/** Tables as files that spreadsheets read. Pure but for the press that saves. */

/** A value that a spreadsheet keeps as it is. */
export type Plain = string | number | null | undefined;

/** Fields with a comma, a quote or a line break stand in quotes. What a spreadsheet would
 * take for a formula is made a text: names of topics and rules come from outside. */
function field(value: Plain): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows under a line of names (RFC 4180). */
export function csv(names: readonly string[], rows: readonly (readonly Plain[])[]): string {
  return [names, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** Saves a text as a file. */
export function save(name: string, text: string): void {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A file's name from a title: words and hyphens. */
export function fileName(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
  return `${words.slice(0, 60) || "table"}.csv`;
}
