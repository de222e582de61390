// Fails the build when the widget grows past its budget (gzip, bytes).
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LOADER_BYTES_MAX = 3 * 1024;
const APP_BYTES_MAX = 25 * 1024;

const dist = new URL("../dist/", import.meta.url);
const gzipped = (path) => gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length;
const html = readFileSync(new URL("widget.html", dist), "utf8");
const linked = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
// Chunks that the linked ones import are loaded as well; languages come on demand, one at a time.
const imported = new Set(linked);
for (const path of linked.filter((path) => path.endsWith(".js"))) {
  for (const [, name] of readFileSync(new URL(path, dist), "utf8").matchAll(
    /from\s*"\.\/([^"]+)"/g,
  ))
    imported.add(`assets/${name}`);
}
const languages = readdirSync(new URL("assets/", dist)).filter((name) => /^de-/.test(name));
const app =
  gzipped("widget.html") +
  [...imported].reduce((sum, path) => sum + gzipped(path), 0) +
  Math.max(0, ...languages.map((name) => gzipped(`assets/${name}`)));
const loader = gzipped("widget.js");

console.log(
  `loader ${loader} of ${LOADER_BYTES_MAX} bytes, app ${app} of ${APP_BYTES_MAX} bytes (gzip)`,
);
if (loader > LOADER_BYTES_MAX || app > APP_BYTES_MAX) {
  console.error("the widget is over its budget");
  process.exit(1);
}
