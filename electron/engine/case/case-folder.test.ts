import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * Writes the lock of a process (by default a dead one) on a machine that was started this many
 * seconds ago.
 */
function leaveLock(secondsUp: number, bootId = '', pid = 99999999): string {
  const database = readdirSync(engine.dataDir, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('case.db'),
  );
  const lock = join(engine.dataDir, dirname(database ?? ''), 'indexing.pid');
  writeFileSync(lock, `${pid} ${Math.round(Date.now() / 1000 - secondsUp)} ${bootId}`);
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

  const bootIdPath = '/proc/sys/kernel/random/boot_id';
  it.skipIf(!existsSync(bootIdPath))('is held by who holds it, also when the clock was set back since', async () => {
    const bootId = readFileSync(bootIdPath, 'utf8').trim();
    writeFileSync(join(dir, 'more.txt'), 'one more line\n');
    const lock = leaveLock(uptime() - 86_400, bootId, process.ppid);
    await expect(engine.open(dir)).rejects.toMatchObject({ code: 'case_busy' });
    rmSync(lock);
    leaveLock(uptime(), '00000000-0000-0000-0000-000000000000');
    const caseId = await engine.open(dir);
    expect((await engine.call('case.progress', { caseId })).reused).toBe(false);
  });
});
