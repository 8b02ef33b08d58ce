/**
 * Kills an indexing process at a given number of bytes, for tests of resuming. The process runs
 * `index-until-killed.ts`.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./index-until-killed.ts', import.meta.url));

/**
 * Indexes in a separate process and kills it after this many bytes. Resolves with whether it was
 * killed before it ended.
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
