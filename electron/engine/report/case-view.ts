/**
 * A case as reports see it: records by SQL and lines by reference, with the helpers that all
 * sections share.
 */
import type { RulePack } from '../../contract/analysis.ts';
import { emptyFilter } from '../../contract/empty-filter.ts';
import type { ClockChoice, Filter } from '../../contract/filter.ts';
import type { LineRef } from '../../contract/line-records.ts';
import type { ReportScope } from '../../contract/report.ts';
import type { ReportLine, ReportQuote } from '../../contract/report-model.ts';
import type { LineText } from '../analysis/refs.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';

/** What reports need from the engine for one case. */
export interface CaseView {
  db: ReadableDb;
  lineText: LineText;
  packs: readonly RulePack[];
}

/** {@link LineText} cuts lines at this length. */
const TEXT_LIMIT = 2_000;

export const isoTime = (timeUs: number | null): string | null =>
  timeUs === null ? null : new Date(Math.floor(timeUs / 1000)).toISOString();
export const isoAt = (timeUs: number): string => new Date(Math.floor(timeUs / 1000)).toISOString();

/** Returns the filter of a scope, as far as a filter can express it. */
export function scopeFilter(scope: ReportScope, clock: ClockChoice): Filter {
  const one = (id: string) => ({ include: [id], exclude: [] });
  const all = { ...emptyFilter, clock };
  if (scope.kind === 'batch') return { ...all, miniBatch: one(scope.id) };
  if (scope.kind === 'node') return { ...all, node: one(scope.id) };
  return all;
}

/**
 * Quotes a line. Drops the last word of a cut line, because it may be an unrecognizable part of a
 * secret. Long texts are cut again after redaction.
 */
function quoteText(text: string): { text: string; cut: boolean } {
  const clean = text.toWellFormed();
  if (clean.length < TEXT_LIMIT) return { text: clean, cut: false };
  const whole = /^[\s\S]*[\s"',;&<>(){}[\]|]/.exec(clean)?.[0] ?? '';
  return { text: whole, cut: true };
}

/** Cuts a text to a length, without what may be the first half of a secret at its end. */
export function clip(text: string, most: number): string {
  const clean = text.toWellFormed();
  if (clean.length <= most) return clean;
  return `${/^[\s\S]*[\s"',;&<>(){}[\]|]/.exec(clean.slice(0, most))?.[0] ?? ''}…`;
}

export const quoteRef = ({ file, line, text }: LineRef): ReportLine => ({ file, line, ...quoteText(text) });

/** Quotes lines `from` … `to` (1-based, inclusive) of a file. */
export function quoteLines(
  view: CaseView,
  fileId: number,
  range: { from: number; to: number },
  more: { label: string; note?: string | null; most?: number },
): ReportQuote | null {
  const file = selectRows(view.db, 'SELECT path, lines FROM file WHERE id = ?', { path: 'text', lines: 'number?' }).get(
    fileId,
  );
  if (file === undefined) return null;
  const to = Math.min(range.to, file.lines ?? range.to);
  const from = Math.max(1, range.from);
  const most = more.most ?? 40;
  const lines: ReportLine[] = [];
  const add = (line: number) => lines.push({ file: file.path, line, ...quoteText(view.lineText(fileId, line)) });
  // The beginning and the end of a long traceback tell the most.
  const head = to - from + 1 <= most ? to : from + Math.floor(most / 3) - 1;
  for (let line = from; line <= head; line++) add(line);
  const tail = Math.max(head + 1, to - (most - Math.floor(most / 3)) + 1);
  for (let line = tail; line <= to; line++) add(line);
  return { label: more.label, note: more.note ?? null, lines, omittedLines: Math.max(0, tail - head - 1) };
}

export function take<T>(all: readonly T[], most: number): { rows: T[]; omitted: number } {
  return { rows: all.slice(0, most), omitted: Math.max(0, all.length - most) };
}
