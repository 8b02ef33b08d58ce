/** Tests which files of the page are served, and the page's security policy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contentSecurityPolicy, findAsset, loadAssets } from './assets.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-assets-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('a page that was not built is an error that says what to do', () => {
  expect(() => loadAssets(join(dir, 'none'))).toThrow(/npm run build/);
});

test('known types are served, source maps and strange files are not', () => {
  for (const name of ['index.html', 'app.js', 'app.js.map', 'notes.txt', 'font-1.woff2']) {
    writeFileSync(join(dir, name), name);
  }
  const assets = loadAssets(dir);
  expect([...assets.keys()].sort()).toEqual(['/app.js', '/font-1.woff2', '/index.html']);
  expect(findAsset(assets, '/')?.type).toBe('text/html; charset=utf-8');
  expect(findAsset(assets, '/../index.html')).toBeNull();
});

test('the policy lets nothing inline and nothing foreign in', () => {
  const policy = contentSecurityPolicy(['ws://127.0.0.1:1']);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:1;");
});
