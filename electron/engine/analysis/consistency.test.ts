/**
 * Tests that one answer never contradicts itself: all sample runs in all layouts, with few
 * mini-batches. `samples.test.ts` tests the same with many.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleFailureKinds } from '../../sample/sample.ts';
import { runInfo } from './run-info.ts';
import { inconsistencies } from './testing/consistency.ts';
import { SampleIndexer } from './testing/index-sample.ts';
import { leadingErrorMiss } from './testing/leading-error.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-consistency-'));
const indexer = new SampleIndexer(dir);
afterAll(async () => {
  await indexer.close();
  rmSync(dir, { recursive: true, force: true });
});

const layouts = ['1', '2', '3'] as const;
const SIZE = { nodes: 2, processes: 2, miniBatches: 16 };
const cases = sampleFailureKinds.flatMap((failure) => layouts.map((layout) => [failure, layout] as const));

test.each(cases)('%s in layout %s', async (failure, layout) => {
  const { db, lineText } = await indexer.index(`${failure}-${layout}`, { failure, layout, ...SIZE });
  try {
    const info = runInfo(db, lineText);
    expect(inconsistencies(info)).toEqual([]);
    expect(leadingErrorMiss(db, info, lineText)).toBeNull();
  } finally {
    db.close();
  }
});
