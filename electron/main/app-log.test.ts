/** Tests of the app's own log. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { createAppLog } from './app-log.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-app-log-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('lines go to the file with time and writer, and the last ones are remembered', async () => {
  const log = createAppLog(join(dir, 'a'), () => new Date('2026-01-02T03:04:05.678Z'));
  log.write('engine', 'first\nsecond\n\n');
  log.write('main', 'other');
  const text = '2026-01-02T03:04:05.678Z engine: first\n2026-01-02T03:04:05.678Z engine: second\n';
  await vi.waitFor(() => expect(readFileSync(log.file, 'utf8')).toContain(text));
  expect(log.tail('engine', 1)).toEqual(['second']);
  expect(log.tail('engine', 9)).toEqual(['first', 'second']);
  expect(log.tail('nobody', 9)).toEqual([]);
});

test('a log that cannot be written harms nobody', () => {
  const log = createAppLog(dir);
  for (let k = 0; k < 200; k++) log.write('engine', `line ${k}`);
  expect(log.tail('engine', 100)).toHaveLength(50);
});
