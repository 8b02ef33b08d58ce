/**
 * Lints and formats the AssemblyScript sources of the kernel (`electron/engine/kernel/assembly`)
 * with the project's Biome rules. Biome cannot parse AssemblyScript's function decorators
 * (`@inline`), so it gets copies in which they are comments. The AssemblyScript compiler checks the
 * types: in `npm run build:kernel`, and in a unit test that compiles again. `--write` puts Biome's
 * fixes into the sources.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from './paths.ts';

const sources = fromRoot('electron/engine/kernel/assembly');
const HIDDEN = '// decorator: ';
const hide = (text: string): string => text.replace(/^@(?:inline|external).*$/gm, `${HIDDEN}$&`);
const show = (text: string): string => text.replaceAll(HIDDEN, '');

/**
 * Returns Biome's rules without the parts that hold only for the repository: its list of files and
 * its version control.
 */
function rulesForCopies(): string {
  const { linter, formatter, javascript } = JSON.parse(readFileSync(fromRoot('.biome.json'), 'utf8'));
  return JSON.stringify({ root: true, linter, formatter, javascript });
}

/**
 * Returns Biome's messages about the kernel's sources, or ''. Fixes them first if `write` is true.
 */
export function lintKernel(write = false): string {
  const folder = mkdtempSync(join(tmpdir(), 'postrun-lint-'));
  try {
    // A generated file needs no lint, and its 64-bit numbers are not JavaScript's.
    const files = readdirSync(sources).filter((file) => file !== 'numbers.ts');
    for (const file of files) writeFileSync(join(folder, file), hide(readFileSync(join(sources, file), 'utf8')));
    writeFileSync(join(folder, 'biome.json'), rulesForCopies());
    const args = [fromRoot('node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'];
    try {
      execFileSync(process.execPath, [...args, ...(write ? ['--write'] : []), ...files], {
        cwd: folder,
        stdio: 'pipe',
      });
      return '';
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
      return `${stderr ?? ''}${stdout ?? error}`;
    } finally {
      if (write)
        for (const file of files) writeFileSync(join(sources, file), show(readFileSync(join(folder, file), 'utf8')));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const messages = lintKernel(process.argv.includes('--write'));
  if (messages !== '') console.error(messages);
  console.log(
    messages === ''
      ? 'kernel: lint has nothing to say'
      : 'kernel: lint has messages (node build/lint-kernel.ts --write)',
  );
  process.exitCode = messages === '' ? 0 : 1;
}
