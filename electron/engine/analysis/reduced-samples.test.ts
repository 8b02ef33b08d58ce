/**
 * Tests the verdict on sample runs with files or lines removed: it may become weaker, but never
 * different.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type FailureKind, type SampleLayout, sampleFailureKinds } from '../../sample/sample.ts';
import { runInfo } from './run-info.ts';
import { SampleIndexer } from './testing/index-sample.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-reduced-'));
const indexer = new SampleIndexer(dir);
afterAll(async () => {
  await indexer.close();
  rmSync(dir, { recursive: true, force: true });
});

const SIZE = { nodes: 2, processes: 2, miniBatches: 60 };

function filesOf(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((path) => statSync(join(folder, path)).isFile());
}

/** Removes the files whose path does not pass. */
function keep(folder: string, test: (path: string) => boolean): void {
  for (const path of filesOf(folder)) {
    const name = relative(folder, join(folder, path)).replaceAll('\\', '/');
    if (!test(name)) rmSync(join(folder, path));
  }
}

const isDriver = (path: string) => /(?:^|\/)(?:70_driver_log|std_log)[^/]*$/.test(path);

const reductions: Readonly<Record<string, (folder: string) => void>> = {
  'no logs of workers': (folder) => keep(folder, (path) => !/sys\/(?:worker|node)\//.test(path)),
  'no log of the master': (folder) => keep(folder, (path) => !/sys\/master[^/]*$/.test(path)),
  'only the log of the driver': (folder) => keep(folder, isDriver),
  'a tenth of the DEBUG lines': (folder) => {
    for (const path of filesOf(folder)) {
      const file = join(folder, path);
      const text = readFileSync(file, 'latin1');
      if (!text.includes('|DEBUG|')) continue;
      let seen = 0;
      const kept = text.split('\n').filter((line) => !line.includes('|DEBUG|') || seen++ % 10 === 0);
      writeFileSync(file, kept.join('\n'), 'latin1');
    }
  },
};

const layouts = ['1', '2', '3'] as const;
/** Each kind in one layout. All kinds in all layouts would take minutes. */
const cases = sampleFailureKinds.map((failure, index): [FailureKind, SampleLayout] => [
  failure,
  layouts[index % 3] ?? '1',
]);
/** The driver never starts in these runs, so it has no log. */
const isWithoutDriver = (failure: FailureKind) => failure === 'mount_failed' || failure === 'download_failed';

test.each(cases)('%s in layout %s', async (failure, layout) => {
  for (const [reduction, change] of Object.entries(reductions)) {
    if (reduction === 'only the log of the driver' && isWithoutDriver(failure)) continue;
    const name = `${failure}-${layout}-${reduction.replaceAll(' ', '-')}`;
    const { db, truth, lineText } = await indexer.index(name, { failure, layout, ...SIZE }, change);
    try {
      const { status, firstCause } = runInfo(db, lineText);
      const right = truth.firstCause === null ? [null] : [truth.firstCause.kind, ...truth.firstCause.alsoAcceptable];
      const kind = firstCause?.kind ?? null;
      const isRight = [...right, 'unknown', null].includes(kind);
      const isStatusRight = [truth.status, 'running', 'unknown'].includes(status);
      expect({ reduction, kind: isRight ? kind : right, got: kind, status, isStatusRight }).toEqual({
        ...{ reduction, kind, got: kind, status, isStatusRight: true },
      });
    } finally {
      db.close();
    }
  }
});
