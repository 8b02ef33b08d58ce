/**
 * A small run for tests: files as text, parsed and judged in memory, without a folder or a worker.
 */
import type { RunInfo } from '../../../contract/run-info.ts';
import { readLines } from '../../formats/custom/samples.ts';
import { decodePrefix } from '../../formats/prefix/decoded-prefix.ts';
import { classify } from '../../formats/rows/registry.ts';
import type { ReadableDb } from '../../store/open.ts';
import { derive } from '../derive.ts';
import type { LineText } from '../refs.ts';
import { runInfo } from '../run-info.ts';
import { CaseBuilder } from './case-builder.ts';

/** Text of each file by its path in the run's folder. */
export type SmallRun = Readonly<Record<string, string>>;

export interface JudgedRun {
  info: RunInfo;
  db: ReadableDb;
  lineText: LineText;
}

/** Reads and judges a small run, including its tables. The caller closes the database. */
export function judgeSmallRun(run: SmallRun): JudgedRun {
  const builder = new CaseBuilder();
  const texts = new Map<number, string[]>();
  for (const [path, text] of Object.entries(run).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const lines = text.replace(/\n$/, '').split('\n');
    const fileClass = classify(path);
    const times = lines.map((line) => decodePrefix(line)?.timeUs ?? null).filter((time) => time !== null);
    const { kind, node, process } = fileClass;
    const span = { firstUs: times[0] ?? null, lastUs: times.at(-1) ?? null };
    const fileId = builder.file(path, { kind, node, process, lines: lines.length, bytes: text.length, ...span });
    texts.set(fileId, lines);
    if (fileClass.shape === 'binary') continue;
    for (const event of readLines(path, lines, span.lastUs)) {
      if (event.event === 'task') builder.task(fileId, event as Parameters<CaseBuilder['task']>[1]);
      else if (event.event === 'process') builder.process(fileId, event as Parameters<CaseBuilder['process']>[1]);
      else if (event.event === 'run') builder.run(fileId, event as Parameters<CaseBuilder['run']>[1]);
      else if (event.event === 'error') builder.error(fileId, event as Parameters<CaseBuilder['error']>[1]);
      else if (event.event === 'samples') builder.samples(fileId, event as Parameters<CaseBuilder['samples']>[1]);
    }
  }
  derive(builder.db);
  const lineText: LineText = (fileId, line) => texts.get(fileId)?.[line - 1] ?? '';
  return { info: runInfo(builder.db, lineText), db: builder.db, lineText };
}
