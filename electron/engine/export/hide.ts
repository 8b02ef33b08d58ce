/**
 * Hiding removes credentials and identities from a data set, as reports do. It reads all texts of
 * all tables once to learn what to hide, and again to hide it everywhere. The second pass finds
 * nothing new, because it reads the same pieces of text. A final check verifies that a row group
 * contains none of the values before it is written.
 */
import { PostrunError } from '../../contract/errors.ts';
import type { RedactionKind } from '../../contract/report-choices.ts';
import { type SqlColumn, type SqlTable, sqlTables } from '../../contract/sql-schema.ts';
import type { Redactor } from '../report/redact.ts';
import { redactorFor } from '../report/redact-report.ts';
import type { CaseTables } from '../sql/tables/case-tables.ts';
import type { ReadableDb } from '../store/open.ts';
import {
  type ByteColumn,
  type ColumnValues,
  columnsOf,
  type RowGroup,
  rowGroups,
  Texts,
  textStart,
  type WordColumn,
} from './columns.ts';

/** Columns whose texts are words of the schema, not of the logs. */
const OWN = new Set([
  'status',
  'outcome',
  'level',
  'kind',
  'format',
  'generation',
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
/** Number of lines read together, so that a key over several lines counts as one. */
const TOGETHER = 500;
/**
 * Number of lines on either side of the border between two pieces. They are learned together too.
 */
const OVERLAP = 60;
const REMEMBERED = 50_000;

const isHidden = (table: SqlTable, { name, type }: SqlColumn) =>
  type === 'text' && (!OWN.has(name) || (table.name === 'runs' && name === 'source'));

export class Hiding {
  readonly #redactor: Redactor;
  readonly #known = new Map<string, string>();

  constructor(db: ReadableDb, kinds: readonly RedactionKind[]) {
    this.#redactor = redactorFor(db, kinds);
  }

  /** Reads every text of the case for values to hide. */
  learn(tables: CaseTables, check: () => void): void {
    for (const table of sqlTables) {
      const isUsed = table.columns.map(() => true);
      let before: string[] = [];
      for (const group of rowGroups(table, tables.sources[table.name].open({ conditions: [], isUsed }))) {
        check();
        for (const [, values] of hiddenColumns(table, group)) {
          if (values.kind === 'words') for (const word of values.words) this.#redactor.learn(word);
          else before = this.#learnLines(linesOf(values, group.rows), before, check);
        }
      }
    }
  }

  /**
   * Learns from lines. `before` holds the last lines of the previous group. Returns those of this
   * group.
   */
  #learnLines(lines: readonly string[], before: readonly string[], check: () => void): string[] {
    this.#redactor.learn([...before, ...lines.slice(0, OVERLAP)].join('\n'));
    for (let at = 0; at < lines.length; at += TOGETHER) {
      check();
      this.#redactor.learn(lines.slice(at, at + TOGETHER).join('\n'));
      if (at > 0) this.#redactor.learn(lines.slice(at - OVERLAP, at + OVERLAP).join('\n'));
    }
    return lines.slice(-OVERLAP);
  }

  /** Hides the values in the texts of a group. Throws `redaction_failed` if one is left. */
  apply(table: SqlTable, group: RowGroup, check: () => void): RowGroup {
    const columns = [...group.columns];
    for (const [k, values] of hiddenColumns(table, group)) {
      columns[k] = values.kind === 'words' ? this.#hideWords(values) : this.#hideLines(values, group.rows, check);
    }
    return { rows: group.rows, columns };
  }

  #hideWords({ codes, words }: WordColumn): WordColumn {
    const hidden = words.map((word) => this.text(word));
    const codeOf = new Map<string, number>();
    for (const word of hidden) if (!codeOf.has(word)) codeOf.set(word, codeOf.size);
    const moved = Int32Array.from(hidden, (word) => codeOf.get(word) ?? -1);
    return {
      kind: 'words',
      codes: codes.map((code) => (code === -1 ? -1 : (moved[code] as number))),
      words: [...codeOf.keys()],
    };
  }

  #hideLines(values: ByteColumn, rows: number, check: () => void): ByteColumn {
    const lines = linesOf(values, rows);
    const gathered = new Texts();
    for (let at = 0; at < rows; at += TOGETHER) {
      check();
      const hidden = this.#redactor.applyLines(lines.slice(at, at + TOGETHER));
      this.#lookAgain(hidden.join('\n'));
      hidden.forEach((line, k) => {
        gathered.put(at + k, line);
      });
    }
    return gathered.values();
  }

  /** Hides all values in a text. Throws `redaction_failed` if one is left. */
  text(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size > REMEMBERED) this.#known.clear();
    const hidden = this.#redactor.apply(text);
    this.#lookAgain(hidden);
    this.#known.set(text, hidden);
    return hidden;
  }

  /**
   * The final check. A pseudonym may contain a word that is hidden elsewhere, such as the name of a
   * user called “user”. That is not a leak.
   */
  #lookAgain(written: string): void {
    if (this.#redactor.leaks(written).length === 0) return;
    const pseudonyms = new Set(this.#redactor.list().map(({ pseudonym }) => pseudonym));
    const rest = written.replace(/[a-z]+-\d+/g, (word) => (pseudonyms.has(word) ? '-' : word));
    const [leak] = this.#redactor.leaks(rest);
    if (leak === undefined) return;
    throw new PostrunError(
      'bug',
      'redaction_failed',
      `The export was stopped: the last look found a value that should be hidden (${leak.pseudonym}). Please report this; without the kind “${leak.kind}” the run can be exported.`,
    );
  }
}

type HiddenColumn = [k: number, values: WordColumn | ByteColumn];

/** Returns the columns of a group with texts from the logs, and their places. */
function hiddenColumns(table: SqlTable, group: RowGroup): HiddenColumn[] {
  return columnsOf(table).flatMap((column, k): HiddenColumn[] => {
    const values = group.columns[k] as ColumnValues;
    return isHidden(table, column) && values.kind !== 'numbers' ? [[k, values]] : [];
  });
}

function linesOf(column: ByteColumn, rows: number): string[] {
  return Array.from({ length: rows }, (_, row) =>
    column.bytes.toString('utf8', textStart(column, row), column.ends[row]),
  );
}
