import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSample } from '../../sample/sample.ts';
import { zipFolder } from '../../sample/testing/zip.ts';
import { TestEngine } from '../testing/open-run.ts';
import { findRuns } from './find-runs.ts';

let dir = '';
let engine: TestEngine;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-runs-'));
  const small = { nodes: 1, processes: 2, miniBatches: 12 } as const;
  await writeSample(join(dir, 'team/a/run1'), { ...small, failure: 'run_exception', seed: 1 });
  await writeSample(join(dir, 'team/a/run2'), { ...small, failure: 'run_exception', seed: 2 });
  await writeSample(join(dir, 'team/good'), { ...small, failure: 'none', seed: 3 });
  cpSync(join(dir, 'team/good'), join(dir, 'tmp'), { recursive: true });
  await zipFolder(join(dir, 'tmp'), join(dir, 'team/zipped.zip'));
  rmSync(join(dir, 'tmp'), { recursive: true });
  mkdirSync(join(dir, 'team/notes'));
  writeFileSync(join(dir, 'team/notes/readme.md'), 'no run');
  engine = new TestEngine();
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('runs below folders', () => {
  it('are the folders with logs of a run, and archives beside them', () => {
    const found = findRuns([dir]).map(({ path }) => path.slice(dir.length + 1));
    expect(found).toEqual(['team/a/run1', 'team/a/run2', 'team/good', 'team/zipped.zip']);
    expect(findRuns([join(dir, 'team/a/run1')]).map(({ path }) => path)).toEqual([join(dir, 'team/a/run1')]);
    expect(() => findRuns([join(dir, 'nothing')])).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('are one row each: the same cause has the same fingerprint, the same error the same id', async () => {
    const rows = new Map();
    for (const { path } of await engine.call('runs.find', { paths: [dir] })) {
      const caseId = await engine.open(path);
      const summary = await engine.call('runs.summary', { caseId });
      const info = await engine.call('run.info', { caseId });
      expect(summary).toMatchObject({
        name: info.name,
        status: info.status,
        bytes: info.bytes,
        nodes: info.nodes.length,
      });
      rows.set(path.slice(dir.length + 1), summary);
      await engine.call('case.close', { caseId });
    }
    const [one, two, good] = ['team/a/run1', 'team/a/run2', 'team/good'].map((name) => rows.get(name));
    expect(one.status).toBe('failed');
    expect(one.fingerprint).toBe(two.fingerprint);
    expect(one.fingerprint).not.toBe(good.fingerprint);
    expect(one.run).not.toBe(two.run);
    const ids = new Set(one.errorGroups.map((group: { id: string }) => group.id));
    expect(two.errorGroups.some((group: { id: string }) => ids.has(group.id))).toBe(true);
  });

  it('that were indexed are listed, also a second time', async () => {
    const first = await engine.call('runs.list', {});
    expect(first.problems).toEqual([]);
    expect(first.runs).toHaveLength(4);
    expect(await engine.call('runs.list', {})).toEqual(first);
  });
});
