/**
 * Writes the same blocks of 32 KB of lines into SQLite in two ways, on one thread, and reads or
 * keeps nothing else:
 * - `fts5`: tokens, deduplicated before insertion, into a contentless FTS5 table with
 *   `detail=none`;
 * - `postings`: what the engine writes, posting lists and the vocabulary of segments of 16 MB.
 *
 * `node fts-baseline.ts fts5|postings DIR DATABASE` prints `{ bytes, rows }`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SegmentBuilder } from '../../electron/engine/store/segment-builder.ts';

const BLOCK_BYTES = 32 * 1024;
const SEGMENT_BYTES = 16 * 1024 * 1024;
const [mode = 'fts5', dir = '.', database = 'fts.db'] = process.argv.slice(2);
const db = new Database(database);
db.pragma('page_size = 16384');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.pragma('cache_size = -32000');
db.exec(`CREATE TABLE posting (segment_id INTEGER, first_hash INTEGER, data BLOB, PRIMARY KEY (segment_id, first_hash)) WITHOUT ROWID;
  CREATE TABLE vocabulary (segment_id INTEGER, page INTEGER, letters INTEGER, data BLOB, PRIMARY KEY (segment_id, page)) WITHOUT ROWID`);
db.exec(
  `CREATE VIRTUAL TABLE block USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = "unicode61 tokenchars '_'")`,
);
const insert = db.prepare('INSERT INTO block (rowid, text) VALUES (?, ?)');
const insertPosting = db.prepare('INSERT INTO posting VALUES (?, ?, ?)');
const insertVocabulary = db.prepare('INSERT INTO vocabulary VALUES (?, ?, ?, ?)');

const wordByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  /\w/.test(String.fromCharCode(byte)) || byte >= 128 ? 1 : 0,
);
const SLOTS = 1 << 14;
const stamps = new Int32Array(SLOTS);
const hashes = new Int32Array(SLOTS);
const kept = Buffer.alloc(4 * BLOCK_BYTES);
let block = 0;
let bytes = 0;
const builder = new SegmentBuilder();
let segment = 0;
let segmentBytes = 0;

/**
 * Inserts the distinct tokens of `text[from, to)`. They are compared by 32 bits; a collision loses
 * a token, which does not matter here.
 */
function insertTokens(text: Buffer, from: number, to: number): void {
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
    for (let k = start; k < i; k++) kept[length++] = text[k] as number;
    kept[length++] = 32;
  }
  insert.run(block, kept.toString('utf8', 0, length));
}

/** Writes the posting lists and the vocabulary of the blocks since the last call. */
function writeSegment(): void {
  const index = builder.finish();
  segment++;
  for (const page of index.postings) insertPosting.run(segment, page.firstKey, page.data);
  index.vocabulary.forEach(({ letters, data }, k) => {
    insertVocabulary.run(segment, k, letters, data);
  });
  segmentBytes = 0;
}

db.exec('BEGIN');
for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const text = readFileSync(join(entry.parentPath, entry.name));
  bytes += text.length;
  for (let at = 0; at < text.length; ) {
    const end = text.lastIndexOf(10, at + BLOCK_BYTES) + 1;
    const to = at + BLOCK_BYTES >= text.length ? text.length : end > at ? end : Math.min(text.length, at + BLOCK_BYTES);
    block++;
    if (mode === 'fts5') insertTokens(text, at, to);
    else {
      builder.kernel.load(text, at, to);
      builder.addBlock();
    }
    segmentBytes += to - at;
    at = to;
    if (mode !== 'fts5' && segmentBytes >= SEGMENT_BYTES) writeSegment();
    if (block % 2_000 === 0) db.exec('COMMIT; BEGIN');
  }
}
if (mode !== 'fts5') writeSegment();
db.exec('COMMIT');
db.close();
process.stdout.write(`${JSON.stringify({ bytes, rows: block })}\n`);
