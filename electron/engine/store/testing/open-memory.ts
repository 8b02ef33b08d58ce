/**
 * A case in memory, with all tables and nothing in them: what tests of readers and writers begin
 * with.
 */
import Database from 'better-sqlite3';
import type { WritableDb } from '../open.ts';
import { SCHEMA } from '../schema.ts';

export function openMemory(): WritableDb {
  const db = new Database(':memory:');
  db.exec(SCHEMA);
  return db;
}
