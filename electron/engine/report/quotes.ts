/** The section of quoted lines: those chosen by hand, and those of the scope. */
import { emptyFilter } from '../../contract/empty-filter.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { ReportOptions, ReportScope } from '../../contract/report.ts';
import type { ReportQuote } from '../../contract/report-model.ts';
import { signatureLines } from '../analysis/signatures.ts';
import { fileIdOf } from '../store/file-id.ts';
import { selectRows } from '../store/select.ts';
import { type CaseView, quoteLines, take } from './case-view.ts';

/** Number of lines around a line chosen by hand. */
const NEIGHBOURS = 3;
const MAX_QUOTES = 200;
const MAX_OF_BATCH = 60;
const MAX_OF_SIGNATURE = 20;

export function quotesOf(
  view: CaseView,
  scope: ReportScope,
  lines: ReportOptions['lines'],
): { rows: ReportQuote[]; omitted: number } {
  const chosen = joined(lines).map(({ file, at, note }) => {
    const fileId = fileIdOf(view.db, file);
    const [first = 1] = at;
    const last = at.at(-1) ?? first;
    if (fileId === null) {
      throw new PostrunError('user', 'no_such_line', 'There is no such file in this run.', {
        where: `${file}:${first}`,
      });
    }
    return quoteLines(
      view,
      fileId,
      { from: first - NEIGHBOURS, to: last + NEIGHBOURS },
      {
        label: at.length === 1 ? `Line ${first} with its neighbours` : `Lines ${at.join(', ')} with their neighbours`,
        note: note.trim() === '' ? null : note.toWellFormed(),
        most: Math.max(40, last - first + 1 + 2 * NEIGHBOURS),
      },
    );
  });
  const own =
    scope.kind === 'batch'
      ? batchQuotes(view, scope.id)
      : scope.kind === 'signature'
        ? signatureQuotes(view, scope.id)
        : [];
  const all = take([...chosen.filter((quote) => quote !== null), ...own], MAX_QUOTES);
  return all;
}

/** Joins lines without a note that are close to each other into one quote. */
function joined(lines: ReportOptions['lines']): { file: string; at: number[]; note: string }[] {
  const all: { file: string; at: number[]; note: string }[] = [];
  for (const { file, line, note } of lines) {
    const before = all.at(-1);
    const last = before?.at.at(-1) ?? 0;
    const isNear = before?.file === file && line > last && line - last <= 2 * NEIGHBOURS + 1;
    if (before !== undefined && isNear && note === '' && before.note === '') before.at.push(line);
    else all.push({ file, at: [line], note });
  }
  return all;
}

/**
 * Quotes lines about a mini-batch in time order: pick-ups, results and errors of all its attempts.
 */
function batchQuotes(view: CaseView, id: string): ReportQuote[] {
  const rows = selectRows(
    view.db,
    `SELECT file_id AS fileId, line, max(lines) AS lines, at_us AS atUs FROM (
         SELECT file_id, line, 1 AS lines, at_us FROM task_event WHERE mini_batch_id = @id
         UNION ALL SELECT file_id, line, lines, at_us FROM error_event WHERE mini_batch_id = @id
         UNION ALL SELECT picked_file_id, picked_line, 1, start_us FROM attempt WHERE mini_batch_id = @id AND picked_line IS NOT NULL
         UNION ALL SELECT finished_file_id, finished_line, 1, end_us FROM attempt WHERE mini_batch_id = @id AND finished_line IS NOT NULL
       ) GROUP BY file_id, line ORDER BY atUs IS NULL, atUs, file_id, line LIMIT ${MAX_OF_BATCH}`,
    { fileId: 'number', line: 'number', lines: 'number', atUs: 'number?' },
  ).all({ id });
  return rows
    .map((row) =>
      quoteLines(
        view,
        row.fileId,
        { from: row.line, to: row.line + row.lines - 1 },
        { label: `About mini-batch ${id}`, most: 30 },
      ),
    )
    .filter((quote) => quote !== null);
}

/**
 * Quotes the first errors of a group, at most one per process and mini-batch, so that a copy in
 * another log does not hide another case.
 */
function signatureQuotes(view: CaseView, id: string): ReportQuote[] {
  const { rows } = signatureLines(view.db, { filter: emptyFilter, id, start: 0, count: 2_000 }, view.lineText);
  const seen = new Set<string>();
  const kept = rows.filter((row) => {
    const key = `${row.node} ${row.pid} ${row.miniBatchId}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return kept
    .slice(0, MAX_OF_SIGNATURE)
    .map((row) => {
      const who = [
        row.node === null ? '' : `node ${row.node}`,
        row.pid === null ? '' : `pid ${row.pid}`,
        row.miniBatchId === null ? '' : `mini-batch ${row.miniBatchId}`,
      ];
      return quoteLines(
        view,
        row.fileId,
        { from: row.ref.line, to: row.ref.line + row.lines - 1 },
        { label: who.filter((part) => part !== '').join(', '), most: 30 },
      );
    })
    .filter((quote) => quote !== null);
}
