/** A small run for tests: files as text, read by the parsers and judged in memory, without a folder or a worker. */
import type { RunInfo } from '../../../contract/records.ts';
import { createCollector, toRecords } from '../../formats/custom/samples.ts';
import { createLogParser } from '../../formats/parsers/parsers.ts';
import { decodePrefix } from '../../formats/prefix/prefix.ts';
import { classify } from '../../formats/rows/registry.ts';
import type { FileContext } from '../../formats/types.ts';
import type { ReadableDb } from '../../store/open.ts';
import { derive } from '../derive.ts';
import type { LineText } from '../refs.ts';
import { runInfo } from '../run-info.ts';
import { CaseBuilder } from './case-builder.ts';

/** Text by path, as the run's folder has it. */
export type SmallRun = Readonly<Record<string, string>>;

export interface JudgedRun {
  info: RunInfo;
  db: ReadableDb;
  lineText: LineText;
}

/** Read and judge a small run; the caller closes the database. Tables are not read. */
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
    if (fileClass.shape !== 'lines') continue;
    const context: FileContext = { ...fileClass, fileId, path };
    const { sink, events } = createCollector();
    const parser = createLogParser(context);
    for (const record of toRecords(lines, parser.needles)) parser.record(record, sink);
    parser.end?.(sink, { firstLine: 1, lines, timeUs: span.lastUs });
    for (const event of events) {
      if (event.event === 'task') builder.task(fileId, event as Parameters<CaseBuilder['task']>[1]);
      else if (event.event === 'process') builder.process(fileId, event as Parameters<CaseBuilder['process']>[1]);
      else if (event.event === 'run') builder.run(fileId, event as Parameters<CaseBuilder['run']>[1]);
      else if (event.event === 'error') builder.error(fileId, event as Parameters<CaseBuilder['error']>[1]);
    }
  }
  derive(builder.db);
  const lineText: LineText = (fileId, line) => texts.get(fileId)?.[line - 1] ?? '';
  return { info: runInfo(builder.db, lineText), db: builder.db, lineText };
}
