// Converts the masters in the first folder to xlsb and BIFF8 xls in the second, with SheetJS (`npm install xlsx@0.16.9`).
// Called by convert.sh, which says how. NODE_PATH is honoured through require.

import { createRequire } from "node:module";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

const require = createRequire(import.meta.url);
const XLSX = require("xlsx");

const [masters, samples] = process.argv.slice(2);
if (!masters || !samples) {
  console.error("usage: node convert.mjs MASTERS SAMPLES");
  process.exit(2);
}

const BOOK_TYPES = { ".xlsb": "xlsb", ".xls": "biff8" };

const names = readdirSync(masters, { recursive: true }).filter((name) => name.endsWith(".xlsx"));
for (const name of names.sort()) {
  const result = name.slice(0, -".xlsx".length);
  const bookType = BOOK_TYPES[extname(result)];
  if (!bookType) throw new Error(`${name}: wanted a master for .xlsb or .xls`);
  // Dates stay numbers with their format (cellNF), so that they arrive as dates.
  const book = XLSX.read(readFileSync(join(masters, name)), { cellNF: true });
  const target = join(samples, result);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, XLSX.write(book, { bookType, type: "buffer", bookSST: true }));
  console.log(target);
}
