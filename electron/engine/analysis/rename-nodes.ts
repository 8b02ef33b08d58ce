/**
 * Writes one name per node into the tables, and undoes it. `written_node` keeps the name from the
 * logs.
 */
import { areNodesRenamed } from '../store/node-names.ts';
import type { WritableDb } from '../store/open.ts';
import { setRunFact } from '../store/run-facts.ts';
import { selectCells } from '../store/select.ts';
import type { NodeNames } from './nodes.ts';

/** Tables with the column `node`. */
const TABLES = ['file', 'pid_span', 'process_event', 'run_event', 'error_event', 'series'] as const;
/** Kind of the problems that {@link tellConflicts} writes. */
const CONFLICT = 'conflicting';

/** Undoes an earlier derivation, so that names are resolved only from what the logs say. */
export function restoreNodes(db: WritableDb): void {
  db.prepare('DELETE FROM problem WHERE kind = ? AND unit_id IS NULL').run(CONFLICT);
  if (!areNodesRenamed(db)) return;
  for (const table of TABLES) {
    const none = table === 'series' ? "''" : 'NULL';
    db.exec(
      `UPDATE ${table} SET node = CASE written_node WHEN '' THEN ${none} ELSE written_node END, written_node = NULL
       WHERE written_node IS NOT NULL`,
    );
  }
  db.exec("DELETE FROM run_info WHERE key IN ('renamed', 'aliases')");
}

/** Renames each node to the one name that is shown. `run_info.aliases` maps its other names. */
export function renameNodes(db: WritableDb, { aliases }: NodeNames): void {
  if (aliases.size === 0) return;
  setRunFact(db, 'aliases', [...aliases]);
  setRunFact(db, 'renamed', true);
  db.exec('CREATE TEMP TABLE IF NOT EXISTS node_alias (name TEXT PRIMARY KEY, node TEXT NOT NULL) WITHOUT ROWID');
  db.exec('DELETE FROM node_alias');
  const insert = db.prepare('INSERT INTO node_alias VALUES (?, ?)');
  for (const [name, node] of aliases) insert.run(name, node);
  for (const table of TABLES) {
    db.exec(
      `UPDATE ${table} SET written_node = ${table}.node, node = alias.node FROM node_alias AS alias WHERE alias.name = ${table}.node`,
    );
  }
}

/**
 * Assigns files of processes and resources without a node to the run's only node. Returns true if
 * there are any.
 */
export function nameOnlyNode(db: WritableDb, node: string): boolean {
  const isOwn = "file.node IS NULL AND (file.kind = 'resources' OR file.process IS NOT NULL)";
  const files = selectCells(db, `SELECT id FROM file WHERE ${isOwn}`, 'number').all();
  if (files.length === 0) return false;
  const list = files.join(', ');
  setRunFact(db, 'renamed', true);
  for (const table of TABLES) {
    const [key, isUnnamed] =
      table === 'series' ? ['file_id', "node = ''"] : [table === 'file' ? 'id' : 'file_id', 'node IS NULL'];
    db.prepare(`UPDATE ${table} SET node = ?, written_node = '' WHERE ${isUnnamed} AND ${key} IN (${list})`).run(node);
  }
  return true;
}

/** Adds contradictory evidence about identities to the problem list. */
export function tellConflicts(db: WritableDb, conflicts: NodeNames['conflicts']): void {
  const insert = db.prepare(
    'INSERT INTO problem (file_id, line, kind, message, count, tail) VALUES (?, ?, ?, ?, 1, 0)',
  );
  for (const { message, ref } of conflicts) insert.run(ref?.fileId ?? null, ref?.line ?? null, CONFLICT, message);
}
