/**
 * What SQLite's own full-text index costs for the same blocks: 32 KB of lines a row, tokens deduplicated before they are inserted, into a
 * contentless FTS5 table with `detail=none`. One thread. No lines, times or records are read: ours does all of that besides.
 * `node fts-baseline.ts DIR DATABASE` prints `{ bytes, rows, tokens }`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const BLOCK_BYTES = 32 * 1024;
const [dir = '.', database = 'fts.db'] = process.argv.slice(2);
const db = new Database(database);
db.pragma('page_size = 8192');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.pragma('cache_size = -64000');
db.exec(
  `CREATE VIRTUAL TABLE block USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = "unicode61 tokenchars '_'")`,
);
const insert = db.prepare('INSERT INTO block (rowid, text) VALUES (?, ?)');

const wordByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  /\w/.test(String.fromCharCode(byte)) || byte >= 128 ? 1 : 0,
);
const SLOTS = 1 << 14;
const stamps = new Int32Array(SLOTS);
const hashes = new Int32Array(SLOTS);
const kept = Buffer.alloc(4 * BLOCK_BYTES);
let block = 0;
let bytes = 0;
let tokens = 0;

/** Insert the distinct tokens of `text[from, to)` (told apart by 32 bits: a collision costs a token, which does not matter here). */
function insertBlock(text: Buffer, from: number, to: number): void {
  block++;
  let length = 0;
  for (let i = from; i < to; ) {
    if (wordByte[text[i] as number] === 0) {
      i++;
      continue;
    }
    const start = i;
    let hash = 0x811c9dc5 | 0;
    for (; i < to && wordByte[text[i] as number] === 1; i++)
      hash = Math.imul(hash ^ ((text[i] as number) | 0x20), 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    while (stamps[slot] === block && hashes[slot] !== hash) slot = (slot + 1) & (SLOTS - 1);
    if (stamps[slot] === block) continue;
    stamps[slot] = block;
    hashes[slot] = hash;
    tokens++;
    length += text.copy(kept, length, start, i);
    kept[length++] = 32;
  }
  insert.run(block, kept.toString('utf8', 0, length));
}

db.exec('BEGIN');
for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const text = readFileSync(join(entry.parentPath, entry.name));
  bytes += text.length;
  for (let at = 0; at < text.length; ) {
    const end = text.lastIndexOf(10, at + BLOCK_BYTES) + 1;
    const to = at + BLOCK_BYTES >= text.length ? text.length : end > at ? end : Math.min(text.length, at + BLOCK_BYTES);
    insertBlock(text, at, to);
    at = to;
    if (block % 2_000 === 0) db.exec('COMMIT; BEGIN');
  }
}
db.exec('COMMIT');
db.close();
process.stdout.write(`${JSON.stringify({ bytes, rows: block, tokens })}\n`);
