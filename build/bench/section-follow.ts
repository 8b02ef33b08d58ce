/** A folder that grows: reading only the new part against reading everything. */
import { appendFileSync, cpSync, globSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { openReadable } from '../../electron/engine/store/open.ts';
import { type Context, freshDataDir } from './context.ts';
import { benchDir, sampleFolder, sizeOf } from './data.ts';
import { EngineProcess } from './engine-process.ts';
import { median } from './measure.ts';
import { check, megabytes, milliseconds, percent, ratio, type Section, times } from './report.ts';

/** Share of each file that is added later. */
const LATER = 0.01;

/** Opens a case, then lets each file of its folder grow by a hundredth. */
export async function follow(context: Context): Promise<Section> {
  const whole = await sampleFolder(context.size);
  const { bytes, files } = sizeOf(whole);
  const folder = join(benchDir, 'growing');
  const runs: { read: number; again: number; bytesRead: number }[] = [];
  for (let k = 0; k < context.repeats; k++) {
    rmSync(folder, { recursive: true, force: true });
    cpSync(whole, folder, { recursive: true });
    const rest = cutEnds(folder);
    const data = freshDataDir('follow');
    const engine = new EngineProcess(context.bundle, data);
    const caseId = await engine.open(folder);
    for (const [path, end] of rest) appendFileSync(join(folder, path), end);
    const read = await refreshed(engine, caseId);
    await engine.stop();
    const fresh = new EngineProcess(context.bundle, freshDataDir('fresh'));
    await fresh.call('case.recent', {});
    const started = performance.now();
    await fresh.open(folder);
    const again = performance.now() - started;
    await fresh.stop();
    runs.push({ read, again, bytesRead: bytesReadLate(data) });
  }
  rmSync(folder, { recursive: true, force: true });
  const of = (key: 'read' | 'again' | 'bytesRead') => median(runs.map((run) => run[key]));
  const share = median(runs.map((run) => ratio(run.read, run.again)));
  return {
    title: `Reading what a folder has grown by: ${files} files, each by ${percent(LATER)}`,
    about:
      'The case is open. From case.refresh on until everything is indexed and derived, against the same folder opened for the first time by an engine that is there. Whole files are read again where they are tables or small.',
    commands: ['case.refresh', 'case.open'],
    head: ['', 'ms', 'MB read'],
    rows: [
      ['what is new', milliseconds(of('read')), megabytes(of('bytesRead'))],
      ['all of it', milliseconds(of('again')), megabytes(bytes)],
      ['ratio', times(share), times(of('bytesRead') / bytes)],
    ],
    checks: [check('time against indexing all of it', share, '≤', 0.25, ' ×')],
    figures: { runs },
  };
}

/** Cuts the last hundredth off each file; returns the parts cut off. */
function cutEnds(folder: string): Map<string, Buffer> {
  const rest = new Map<string, Buffer>();
  for (const path of globSync('**/*', { cwd: folder })) {
    const full = join(folder, path);
    const { size } = statSync(full);
    if (!statSync(full).isFile() || size < 100) continue;
    const keep = Math.floor(size * (1 - LATER));
    rest.set(path, readFileSync(full).subarray(keep));
    truncateSync(full, keep);
  }
  return rest;
}

/** Returns the milliseconds until everything new has been read. */
async function refreshed(engine: EngineProcess, caseId: string): Promise<number> {
  const started = performance.now();
  await engine.call('case.refresh', { caseId });
  for (;;) {
    const { phase } = await engine.result('case.progress', { caseId });
    if (phase === 'complete') return performance.now() - started;
    if (phase === 'failed') throw new Error('what is new could not be read');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function bytesReadLate(data: string): number {
  const [path = ''] = globSync('**/case.db', { cwd: data });
  const db = openReadable(join(data, path));
  const bytes = Number(db.prepare('SELECT coalesce(sum(bytes), 0) FROM unit WHERE is_late = 1').pluck().get());
  db.close();
  return bytes;
}
