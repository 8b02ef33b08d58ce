/** The functions and the collation that SQL has here beyond those of SQLite. */
import { maskMessage } from '../base/mask.ts';
import { createMatcher, type Matcher } from '../search/match/matcher.ts';
import type { Expr } from '../search/query/query.ts';
import type { SqliteWasm } from './sqlite-wasm.ts';
import { parseMatch } from './tables/lines-table.ts';
import { compareTimeTexts, timeOfText } from './times.ts';
import type { Failure } from './virtual/module.ts';
import type { SqlValue, Values } from './virtual/values.ts';

const UTF8 = 1;
const DETERMINISTIC = 0x800;
const MOST_MATCHERS = 100;

export interface FunctionContext {
  wasm: SqliteWasm;
  /** The database. */
  db: number;
  values: Values;
  failure: Failure;
}

/** Adds the functions and the collation to a database. */
export function addFunctions(context: FunctionContext): void {
  const matchers = new Matchers();
  addCollation(context.wasm, context.db);
  addFunction(context, 'template', 1, ([text = null]) => (text === null ? null : maskMessage(String(text)).template));
  addFunction(context, 'seconds', 1, ([time]) => {
    const us = typeof time === 'string' ? timeOfText(time) : null;
    return us === null ? null : us / 1e6;
  });
  addFunction(context, 'regexp', 2, ([pattern, text]) => matchers.test('regexp', pattern, text));
  addFunction(context, 'match', 2, ([query, text]) => matchers.test('match', query, text));
}

/** Adds the collation `time`, which orders times however they are written. */
function addCollation(wasm: SqliteWasm, db: number): void {
  const compare = wasm.installFunction('i(pipip)', (_aux, lengthA, a, lengthB, b) => {
    const heap = wasm.heap8u();
    const [left, right] = [a as number, b as number];
    return compareTimeTexts(
      heap.subarray(left, left + (lengthA as number)),
      heap.subarray(right, right + (lengthB as number)),
    );
  });
  const name = wasm.allocCString('time');
  wasm.exports.sqlite3_create_collation_v2(db, name, UTF8, 0, compare, 0);
  wasm.dealloc(name);
}

function addFunction(
  { wasm, db, values: heap, failure }: FunctionContext,
  name: string,
  parameters: number,
  call: (values: SqlValue[]) => SqlValue,
): void {
  const run = wasm.installFunction('v(pip)', (context, argc, argv) => {
    try {
      const values = Array.from({ length: argc as number }, (_, k) => heap.read(wasm.peek32((argv as number) + 4 * k)));
      heap.give(context as number, call(values));
    } catch (error) {
      failure.error ??= error;
      heap.fail(context as number, error instanceof Error ? error.message : String(error));
    }
    return undefined;
  });
  const text = wasm.allocCString(name);
  wasm.exports.sqlite3_create_function_v2(db, text, parameters, UTF8 | DETERMINISTIC, 0, run, 0, 0, 0);
  wasm.dealloc(text);
}

/** Matchers of the patterns that statements name, compiled once. */
class Matchers {
  readonly #matchers = new Map<string, Matcher>();

  test(kind: 'regexp' | 'match', pattern: SqlValue | undefined, text: SqlValue | undefined): number | null {
    if (pattern === null || pattern === undefined || text === null || text === undefined) return null;
    const key = `${kind} ${pattern}`;
    let matcher = this.#matchers.get(key);
    if (matcher === undefined) {
      if (this.#matchers.size > MOST_MATCHERS) this.#matchers.clear();
      const expr: Expr =
        kind === 'match'
          ? parseMatch(String(pattern))
          : { type: 'regex', source: String(pattern), caseSensitive: true };
      matcher = createMatcher(expr);
      this.#matchers.set(key, matcher);
    }
    return matcher.test(String(text)) ? 1 : 0;
  }
}
