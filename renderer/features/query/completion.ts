/**
 * Completion of SQL: pure functions that offer what can stand at the caret, judged by the words
 * before it.
 */
import { type SqlTable, sqlFunctions, sqlTables } from '../../../electron/contract/sql-schema.ts';

interface Completion {
  text: string;
  kind: 'table' | 'column' | 'function' | 'keyword';
  about: string;
}

export interface Completions {
  /** The offset where the word to complete begins. */
  from: number;
  items: Completion[];
}

const MOST = 50;
const keywords =
  'SELECT FROM WHERE GROUP BY ORDER BY HAVING LIMIT OFFSET JOIN LEFT JOIN ON USING AS AND OR NOT NULL IS NULL IN BETWEEN LIKE GLOB REGEXP MATCH CASE WHEN THEN ELSE END DISTINCT WITH RECURSIVE UNION ALL EXCEPT INTERSECT DESC ASC FILTER OVER PARTITION BY EXPLAIN count(*) sum( avg( min( max( group_concat( lag( strftime( round( coalesce( substr('
    .replace(/(GROUP|ORDER|PARTITION) BY/g, '$1_BY')
    .replace(/LEFT JOIN/g, 'LEFT_JOIN')
    .replace(/IS NULL/g, 'IS_NULL')
    .split(' ')
    .map((word) => word.replace('_', ' '))
    // Restores the underscore of the function name.
    .map((word) => word.replace('group concat(', 'group_concat('));

const tables: readonly SqlTable[] = sqlTables;

/** Blanks out quoted text and comments. Offsets stay the same. */
function bare(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (quoted) => ' '.repeat(quoted.length));
}

/** Returns the tables that a statement names, by the name or alias that it uses. */
export function namedTables(sql: string): Map<string, SqlTable> {
  const named = new Map<string, SqlTable>();
  const pattern =
    /\b(?:from|join)\s+(\w+)(?:\s+(?:as\s+)?(?!on\b|using\b|where\b|join\b|left\b|group\b|order\b|limit\b)(\w+))?|,\s*(\w+)(?:\s+(?:as\s+)?(\w+))?/gi;
  for (const match of bare(sql).matchAll(pattern)) {
    const table = tables.find((each) => each.name === (match[1] ?? match[3])?.toLowerCase());
    if (table === undefined) continue;
    named.set(table.name, table);
    const alias = match[2] ?? match[4];
    if (alias !== undefined) named.set(alias.toLowerCase(), table);
  }
  return named;
}

/**
 * Returns completions, or null in quotes and comments or if there are none. `isAsked` offers them
 * even before a word begins.
 */
export function completions(sql: string, caret: number, isAsked: boolean): Completions | null {
  const before = sql.slice(0, caret);
  if (isQuoted(before)) return null;
  const word = /[\w*(]*$/.exec(before)?.[0] ?? '';
  const from = caret - word.length;
  const lead = before.slice(0, from);
  const named = namedTables(sql);
  const owner = /(\w+)\.$/.exec(lead)?.[1]?.toLowerCase();
  if (owner !== undefined) {
    const table = named.get(owner) ?? tables.find((each) => each.name === owner);
    return table === undefined ? null : pick(from, word, columnsOf([table]));
  }
  if (word === '' && !isAsked) return null;
  if (/\b(?:from|join)\s+$/i.test(lead)) return pick(from, word, tableItems());
  const used = [...new Set(named.values())];
  const functions = sqlFunctions.map(({ name, about }): Completion => ({ text: `${name}(`, kind: 'function', about }));
  const words = keywords.map((text): Completion => ({ text, kind: 'keyword', about: '' }));
  return pick(from, word, [...columnsOf(used), ...functions, ...words, ...tableItems()]);
}

function isQuoted(before: string): boolean {
  const open = before.replace(/'(?:[^']|'')*'|--[^\n]*\n|\/\*[\s\S]*?\*\//g, '');
  return /'|--|\/\*/.test(open);
}

function tableItems(): Completion[] {
  return tables.map(({ name, about }) => ({ text: name, kind: 'table', about }));
}

function columnsOf(used: readonly SqlTable[]): Completion[] {
  const seen = new Set<string>();
  const items: Completion[] = [];
  for (const table of used) {
    for (const { name, about, type } of table.columns) {
      if (seen.has(name)) continue;
      seen.add(name);
      items.push({ text: name, kind: 'column', about: `${type}: ${about}` });
    }
  }
  return items;
}

/** Picks items that begin with the word, then those that contain it. */
function pick(from: number, word: string, items: readonly Completion[]): Completions | null {
  const wanted = word.toLowerCase();
  const rank = ({ text }: Completion) => {
    const at = text.toLowerCase().indexOf(wanted);
    return at === 0 ? 0 : at > 0 && wanted.length > 1 ? 1 : 2;
  };
  const found = items.filter((item) => rank(item) < 2 && item.text.toLowerCase() !== wanted);
  found.sort((a, b) => rank(a) - rank(b));
  return found.length === 0 ? null : { from, items: found.slice(0, MOST) };
}
