/** Checks that the list of errors begins with the error that the verdict names. */
import { emptyFilter } from '../../../contract/empty-filter.ts';
import type { CauseKind, RunInfo } from '../../../contract/run-info.ts';
import type { ReadableDb } from '../../store/open.ts';
import type { LineText } from '../refs.ts';
import { builtInPack } from '../rules.ts';
import { signatureLines, signatures } from '../signatures.ts';

/** Causes found in exits, figures or silence, which need no error line. */
const NEED_NO_ERROR: ReadonlySet<CauseKind> = new Set([
  'process_killed',
  'out_of_memory',
  'node_lost',
  'run_timeout',
  'init_timeout',
  'error_threshold_exceeded',
  'bad_return_type',
]);

/**
 * Returns the contradiction between the first cause and the first group of errors; null if there is
 * none.
 */
export function leadingErrorMiss(db: ReadableDb, { firstCause }: RunInfo, lineText: LineText): string | null {
  if (firstCause === null) return null;
  const [first] = signatures(db, { filter: emptyFilter }, lineText, [builtInPack]);
  const { kind, evidence, exception, message } = firstCause;
  if (kind === 'cancelled') return first?.role === 'primary' ? 'an error leads although the run was cancelled' : null;
  if (first === undefined || first.role !== 'primary')
    return NEED_NO_ERROR.has(kind) ? null : `no error leads for ${kind}: ${message}`;
  const own = signatureLines(db, { filter: emptyFilter, id: first.id, start: 0, count: 1_000 }, lineText).rows;
  const refs = NEED_NO_ERROR.has(kind) ? evidence : evidence.slice(0, 1);
  const holds = own.some(({ ref: { file, line }, lines }) =>
    refs.some((ref) => ref.file === file && line <= ref.line && ref.line < line + lines),
  );
  const said = `${first.chain.join(' ')} ${first.template} ${own.map((row) => row.ref.text).join(' ')}`;
  if (!holds) return `the leading error is not where the cause is read from: ${said.slice(0, 300)}`;
  return exception === null || said.includes(exception.class)
    ? null
    : `the leading error has no ${exception.class}: ${said.slice(0, 300)}`;
}
