/**
 * Tests of resuming kill a process that indexes, at a given number of bytes. The program that it
 * runs is `index-until-killed.ts`.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./index-until-killed.ts', import.meta.url));

/**
 * Index in a process of its own and kill it when it has done so many bytes; says whether it was
 * killed before its end.
 */
export function killIndexing(dataDir: string, source: string, atBytes: number, root?: string): Promise<boolean> {
  const child = spawn(process.execPath, [PROGRAM, dataDir, source, ...(root === undefined ? [] : [root])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (Number(chunk.toString().trim().split('\n').at(-1)) >= atBytes) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal === 'SIGKILL')));
}
