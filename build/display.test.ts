/** Tests display names, exit statuses and checksums. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDisplay, runOnDisplay } from './display.ts';
import { fromRoot } from './paths.ts';

test('a display is one of three, the machine’s own by default', () => {
  expect(parseDisplay(undefined)).toBe('native');
  expect(parseDisplay('wayland')).toBe('wayland');
  expect(() => parseDisplay('mir')).toThrow(/native, x11, wayland/);
});

test('the exit status of the program is the result', async () => {
  expect(await runOnDisplay('native', process.execPath, ['-e', 'process.exit(7)'])).toBe(7);
  expect(await runOnDisplay('native', process.execPath, ['-e', ''])).toBe(0);
});

test('checksums are those of sha256sum', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postrun-checksums-'));
  try {
    writeFileSync(join(folder, 'a.bin'), 'abc');
    spawnSync(process.execPath, [fromRoot('build/checksums.ts'), folder]);
    const check = spawnSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    // Without sha256sum there is nothing to compare with.
    if (check.error === undefined) expect(check.stdout).toBe('a.bin: OK\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
