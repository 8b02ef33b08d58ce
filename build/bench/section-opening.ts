/** Opening a case: again, and for the first time with a window that waits for answers. */
import { type Context, freshDataDir } from './context.ts';
import { sampleFolder } from './data.ts';
import { EngineProcess } from './engine-process.ts';
import { median, quantile } from './measure.ts';
import { check, milliseconds, percent, type Section } from './report.ts';

/** Reopens a case that is on disk, in a running engine. */
export async function reopen(context: Context): Promise<Section> {
  const dir = await sampleFolder(context.size);
  const data = freshDataDir('reopen');
  const first = new EngineProcess(context.bundle, data);
  await first.open(dir);
  await first.stop();
  const opened: number[] = [];
  const usable: number[] = [];
  for (let k = 0; k < 2 * context.repeats; k++) {
    const engine = new EngineProcess(context.bundle, data);
    await engine.call('case.recent', {});
    const { milliseconds: open, value } = await engine.call('case.open', { path: dir }, true);
    const caseId = value?.caseId ?? '';
    const info = await engine.call('run.info', { caseId });
    const files = await engine.call('files.list', { caseId });
    opened.push(open);
    usable.push(open + info.milliseconds + files.milliseconds);
    await engine.stop();
  }
  return {
    title: 'Opening the case again',
    about:
      'A new process of the engine each time, started before the clock: it lists the folder, compares every file with the case, opens the case.',
    commands: ['case.open, then run.info and files.list'],
    head: ['ms', 'median', 'p95'],
    rows: [
      ['case.open', milliseconds(median(opened)), milliseconds(quantile(opened, 0.95))],
      ['… and what the window shows first', milliseconds(median(usable)), milliseconds(quantile(usable, 0.95))],
    ],
    checks: [check('open again', median(usable), '≤', 400, ' ms')],
    figures: { opened, usable },
  };
}

/** Opens a folder that has no case yet. */
export async function firstWindow(context: Context): Promise<Section> {
  const dir = await sampleFolder(context.size);
  const runs: Record<string, number>[] = [];
  const pages: number[] = [];
  for (let k = 0; k < context.repeats; k++) {
    const engine = new EngineProcess(context.bundle, freshDataDir('first'));
    await engine.call('case.recent', {});
    runs.push(await engine.firstWindow(dir));
    const caseId = await engine.open(dir);
    for (const query of ['lease', 'probe_0000081', 'renewed', '"storage request"', 'oxidised']) {
      pages.push((await engine.search({ caseId, filter: { query } })).firstPage);
    }
    await engine.stop();
  }
  const of = (key: string) => median(runs.map((run) => run[key] ?? Number.NaN));
  return {
    title: `First useful window on a folder of ${context.size} MB`,
    about:
      'From case.open on, while indexing goes on: until the list of files is there, until run.info answers, until it can tell how the run ended (the system logs are read by then).',
    commands: ['case.open, files.list, run.info …'],
    head: ['ms', 'median'],
    rows: [
      ['case.open', milliseconds(of('opened'))],
      [`files.list (${of('files')} files)`, milliseconds(of('listed'))],
      ['run.info', milliseconds(of('answered'))],
      [`… with how the run ended (${percent(of('share'))} indexed)`, milliseconds(of('told'))],
      ['all indexed', milliseconds(of('complete'))],
      ['word query, first page (of several, first time each)', milliseconds(median(pages))],
    ],
    checks: [
      check('overview and file list', of('told'), '≤', 2000, ' ms'),
      check('first page of a word query, p95', quantile(pages, 0.95), '≤', 30, ' ms'),
    ],
    figures: { runs, pages },
  };
}
