/**
 * The export worker: a thread that writes a portable case, a copy of the database with all text in
 * it.
 */
import { workerData } from 'node:worker_threads';
import { compress } from '../base/codec.ts';
import { BlockReader } from '../search/worker/block-reader.ts';
import { setMeta } from '../store/meta.ts';
import { openReadable, openWritable } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import type { ExportWorkerData } from './portable-case.ts';

const { database, folder, target } = workerData as ExportWorkerData;
const source = openReadable(database);
source.prepare('VACUUM INTO ?').run(target);
const copy = openWritable(target);
if (copy === null) throw new Error('the copy is of another version');
// One file, without a write-ahead log beside it.
copy.pragma('journal_mode = DELETE');
if (folder !== null) {
  const reader = new BlockReader(source, folder);
  const insert = copy.prepare('INSERT OR IGNORE INTO block_text (block_id, data) VALUES (?, ?)');
  const blocks = selectRows(source, 'SELECT id, file_id, start, bytes FROM block WHERE stored = 0 ORDER BY id', {
    id: 'number',
    file_id: 'number',
    start: 'number',
    bytes: 'number',
  }).iterate();
  copy.exec('BEGIN');
  for (const block of blocks) {
    insert.run(
      block.id,
      compress(
        reader.read({
          ...block,
          blockId: block.id,
          fileId: block.file_id,
          span: 1,
          isStored: false,
          startsInLine: false,
        }),
      ),
    );
    if (block.id % 4_096 === 0) copy.exec('COMMIT; BEGIN');
  }
  copy.exec('COMMIT');
  reader.close();
}
setMeta(copy, 'portable', 'yes');
copy.close();
source.close();
