/** Tests the staged app folder and its checks. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeNotices } from './notices.ts';
import { checkStage, type Target } from './stage.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-stage-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const target: Target = { platform: 'linux', archs: ['x64'] };

function write(folder: string, names: string[]): string {
  for (const name of names) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), 'x');
  }
  return folder;
}

const whole = [
  'package.json',
  'LICENSE',
  'NOTICES.txt',
  'dist/electron/main.js',
  'dist/electron/sqlite3.wasm',
  'dist/electron/preload.cjs',
  'dist/electron/host-process.js',
  'dist/renderer/index.html',
  'dist/renderer/app.js',
  'dist/renderer/app.css',
  'node_modules/better-sqlite3/lib/index.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
];

test('a whole app has no faults, and its size is told', () => {
  const folder = write(join(dir, 'whole'), whole);
  expect(checkStage(target, folder)).toEqual({ bytes: whole.length, files: whole.length, faults: [] });
});

test('what is missing and what must not be shipped is named', () => {
  const folder = write(join(dir, 'faulty'), [
    ...whole.slice(1),
    'dist/electron/main.js.map',
    'node_modules/electron/index.js',
    'node_modules/@playwright/test/index.js',
    'node_modules/better-sqlite3/prebuilds/win32-x64.node',
  ]);
  expect(checkStage(target, folder).faults.sort()).toEqual([
    'missing: package.json',
    'not to be shipped: dist/electron/main.js.map',
    'not to be shipped: node_modules/@playwright/test/index.js',
    'not to be shipped: node_modules/better-sqlite3/prebuilds/win32-x64.node',
    'not to be shipped: node_modules/electron/index.js',
  ]);
});

test('a universal app needs the native module of both processors', () => {
  const folder = write(join(dir, 'mac'), whole.slice(0, -1));
  const mac: Target = { platform: 'darwin', archs: ['x64', 'arm64'] };
  expect(checkStage(mac, folder).faults).toEqual([
    'missing: node_modules/better-sqlite3/prebuilds/darwin-x64.node',
    'missing: node_modules/better-sqlite3/prebuilds/darwin-arm64.node',
  ]);
});

test('the notices name what the source maps name, with its licence', () => {
  const map = join(dir, 'app.js.map');
  const sources = [
    '../../node_modules/zod/v4/core/api.js',
    '../../electron/main/main.ts',
    '../node_modules/react/x.js',
  ];
  writeFileSync(map, JSON.stringify({ sources }));
  const text = makeNotices([map], ['better-sqlite3']);
  expect(text).toMatch(/^zod 4\.[\d.]+ \(MIT\)$/m);
  expect(text).toMatch(/^react 19\.[\d.]+ \(MIT\)$/m);
  expect(text).toMatch(/^better-sqlite3 13\.[\d.]+ \(MIT\)$/m);
  expect(text).toContain('Permission is hereby granted');
});
