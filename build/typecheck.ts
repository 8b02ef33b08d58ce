/**
 * `npm run typecheck` checks one TypeScript project per environment, so that a DOM name in the
 * engine is an error.
 */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fromRoot, root } from './paths.ts';

export const projects = [
  'electron/contract',
  'electron',
  'electron/tsconfig.main.json',
  'electron/tsconfig.test.json',
  'renderer',
  'renderer/tsconfig.test.json',
  'build',
  'e2e',
];

const compiler = fromRoot('node_modules/typescript/bin/tsc');
/** Folder of the compiler's records, so that the next run checks only changes. */
const notes = fromRoot('node_modules/.cache/typecheck');

/** Checks one project. Returns the compiler's messages, or ''. */
export function typecheck(project: string): Promise<string> {
  const note = `${notes}/${project.replace(/[^\w.-]+/g, '-')}.tsbuildinfo`;
  const args = [compiler, '-p', project, '--incremental', '--tsBuildInfoFile', note];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      if (error === null) return resolve('');
      const output = `${stdout}${stderr}`.trim();
      // TS18003: the project has no files yet.
      resolve(/error TS18003/.test(output) && output.split('\n').length === 1 ? '' : output || String(error));
    });
  });
}

if (import.meta.main) {
  const started = performance.now();
  const waiting = [...projects];
  const messages = new Map<string, string>();
  const workers = Array.from({ length: Math.min(4, availableParallelism()) }, async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      messages.set(project, await typecheck(project));
    }
  });
  await Promise.all(workers);
  const failed = projects.filter((project) => messages.get(project) !== '');
  for (const project of failed) console.error(`${project}:\n${messages.get(project)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    failed.length === 0
      ? `types: ${projects.length} projects in ${seconds} s`
      : `types: errors in ${failed.join(', ')} (${seconds} s)`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}
