/** Redaction of a data set: values are learned from all texts of all tables first, then hidden wherever they stand. */
import type { RedactionKind } from '../../contract/report-choices.ts';
import { type SqlTable, sqlTables } from '../../contract/sql-schema.ts';
import type { Redactor } from '../report/redact.ts';
import { redactorFor } from '../report/redact-report.ts';
import type { CaseTables } from '../sql/tables/case-tables.ts';
import type { Cell } from '../sql/tables/row-source.ts';
import type { ReadableDb } from '../store/open.ts';
import { columnsOf, type RowGroup, rowGroups } from './rows.ts';

/** Columns whose texts are words of the format itself, not of the logs. */
const OWN = new Set([
  'status',
  'outcome',
  'level',
  'kind',
  'format',
  'generation',
  'metric',
  'unit',
  'role',
  'grouped_by',
  'confidence',
  'cause_kind',
  'cause_confidence',
  'error_group',
  'fingerprint',
  'content',
  'source',
  'type',
  'witness',
  'claims',
]);
/** Lines that are looked at together, so that a key over several lines is seen as one. */
const TOGETHER = 500;
const REMEMBERED = 50_000;

const isOwn = (table: SqlTable, column: string) => OWN.has(column) && !(table.name === 'runs' && column === 'source');

export class Hiding {
  readonly #redactor: Redactor;
  readonly #known = new Map<string, string>();

  constructor(db: ReadableDb, kinds: readonly RedactionKind[]) {
    this.#redactor = redactorFor(db, kinds);
  }

  /** Read every text of the case for values to hide. */
  learn(tables: CaseTables, check: () => void): void {
    for (const table of sqlTables) {
      const isUsed = table.columns.map(() => true);
      for (const group of rowGroups(table, tables.sources[table.name].open({ conditions: [], isUsed }))) {
        check();
        this.#eachText(table, group, (texts) => {
          for (let at = 0; at < texts.length; at += TOGETHER) {
            this.#redactor.learn(texts.slice(at, at + TOGETHER).join('\n'));
          }
          return null;
        });
      }
    }
  }

  /** Hide the values in the texts of a group. */
  apply(table: SqlTable, group: RowGroup): void {
    this.#eachText(table, group, (texts, isLine) => {
      if (!isLine) return texts.map((text) => this.text(text));
      const out: string[] = [];
      for (let at = 0; at < texts.length; at += TOGETHER) {
        out.push(...this.#redactor.applyLines(texts.slice(at, at + TOGETHER)));
      }
      return out;
    });
  }

  /** A text with all values hidden. */
  text(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size > REMEMBERED) this.#known.clear();
    const hidden = this.#redactor.apply(text);
    this.#known.set(text, hidden);
    return hidden;
  }

  #eachText(table: SqlTable, group: RowGroup, change: (texts: string[], isLine: boolean) => string[] | null): void {
    for (const [k, column] of columnsOf(table).entries()) {
      if (column.type !== 'text' || isOwn(table, column.name)) continue;
      const cells = group.columns[k] as Cell[];
      const places: number[] = [];
      const texts: string[] = [];
      cells.forEach((cell, row) => {
        if (cell === null || typeof cell === 'number') return;
        places.push(row);
        texts.push(typeof cell === 'string' ? cell : Buffer.from(cell).toString('utf8'));
      });
      const changed = change(texts, table.name === 'lines' && column.name === 'text');
      if (changed === null) continue;
      for (const [at, row] of places.entries()) cells[row] = changed[at] ?? '';
    }
  }
}
