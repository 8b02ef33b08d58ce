import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { builtInPack } from '../analysis/rules.ts';
import { readUserRules } from './user-rules.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-rules-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('reads the packs of the data folder and says which cannot be used', () => {
  expect(readUserRules(dir)).toEqual({ packs: [], problems: [] });
  mkdirSync(join(dir, 'rules'), { recursive: true });
  writeFileSync(join(dir, 'rules/good.json'), JSON.stringify(builtInPack));
  writeFileSync(join(dir, 'rules/bad.json'), '{"rules": 1}');
  writeFileSync(join(dir, 'rules/notes.txt'), 'no pack');
  const { packs, problems } = readUserRules(dir);
  expect(packs).toEqual([builtInPack]);
  expect(problems.map((problem) => problem.message)).toEqual([expect.stringContaining('bad.json cannot be used')]);
});
