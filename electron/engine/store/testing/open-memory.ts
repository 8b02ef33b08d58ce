/** Creates an empty case in memory, with all tables, for tests of readers and writers. */
import Database from 'better-sqlite3';
import type { WritableDb } from '../open.ts';
import { SCHEMA } from '../schema.ts';

export function openMemory(): WritableDb {
  const db = new Database(':memory:');
  db.exec(SCHEMA);
  return db;
}
