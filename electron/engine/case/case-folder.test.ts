import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSample } from '../../sample/sample.ts';
import { TestEngine } from '../testing/open-run.ts';

let dir = '';
let engine: TestEngine;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-cut-off-'));
  await writeSample(dir, { nodes: 1, processes: 1, miniBatches: 8 });
  engine = new TestEngine();
  await engine.open(dir);
  await engine.restart();
});

afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Leave the lock of a process that is no more, on a machine that was started so many seconds ago. */
function leaveLock(secondsUp: number): string {
  const database = readdirSync(engine.dataDir, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('case.db'),
  );
  const lock = join(engine.dataDir, dirname(database ?? ''), 'indexing.pid');
  writeFileSync(lock, `99999999 ${Math.round(Date.now() / 1000 - secondsUp)}`);
  return lock;
}

describe('a case that its writer did not close', () => {
  it('is made anew when the machine was restarted since: it did not wait for the disk', async () => {
    leaveLock(uptime() + 3_600);
    const caseId = await engine.open(dir);
    expect((await engine.call('case.progress', { caseId })).reused).toBe(false);
    expect((await engine.call('files.list', { caseId })).every((file) => file.lines !== null)).toBe(true);
  });

  it('is used when only its process ended', async () => {
    const lock = leaveLock(uptime());
    const caseId = await engine.open(dir);
    expect((await engine.call('case.progress', { caseId })).reused).toBe(true);
    expect(() => readFileSync(lock)).toThrow();
  });
});
