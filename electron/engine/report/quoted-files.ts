/**
 * Lists the files that a report quotes, each with its place among all files of the run, to lead
 * back to the lines.
 */
import type { FileKind } from '../../contract/file-records.ts';
import { isObject } from '../../contract/known-keys.ts';
import type { Report } from '../../contract/report-model.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows, word } from '../store/select.ts';

/** Returns every `{ file, line }` of the report, in order. */
export function quotedRefs(value: unknown): { file: string; line: number | null }[] {
  const found: { file: string; line: number | null }[] = [];
  const walk = (one: unknown) => {
    if (Array.isArray(one)) for (const each of one) walk(each);
    else if (isObject(one)) {
      const { file, line } = one;
      if (typeof file === 'string') found.push({ file, line: typeof line === 'number' ? line : null });
      for (const each of Object.values(one)) walk(each);
    }
  };
  walk(value);
  return found;
}

/** Returns the table of quoted files, by path. */
export function filesOf(db: ReadableDb, report: Report): Report['files'] {
  const wanted = new Set(quotedRefs(report).map(({ file }) => file));
  const all = selectRows(db, 'SELECT path, kind, bytes, lines FROM file ORDER BY path', {
    path: 'text',
    kind: word<FileKind>(),
    bytes: 'number',
    lines: 'number?',
  }).all();
  return all.flatMap(({ path, kind, bytes, lines }, index) =>
    wanted.has(path) ? [{ file: path, index, kind, bytes, lines }] : [],
  );
}
