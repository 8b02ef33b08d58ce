/**
 * Compiles `electron/engine/kernel/assembly` to WebAssembly and puts it as text into `kernel-wasm.ts`, which is kept in the repository so that
 * nothing needs the compiler but who changes the kernel. A test compiles again and compares.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main as compile } from 'assemblyscript/asc';
import { root } from './paths.ts';

const folder = join(root, 'electron/engine/kernel');

/** The source text of `kernel-wasm.ts` for the present sources. Throws with the compiler's messages. */
export async function kernelModule(): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'postrun-kernel-'));
  try {
    const { error, stderr } = await compile([
      ...[join(folder, 'assembly/index.ts'), '--outFile', join(out, 'kernel.wasm')],
      ...[
        '-O3',
        '--noAssert',
        '--runtime',
        'stub',
        '--enable',
        'simd',
        '--memoryBase',
        '1024',
        '--initialMemory',
        '16',
      ],
    ]);
    if (error !== null) throw new Error(`The kernel cannot be compiled: ${error.message}\n${stderr.toString()}`);
    const text = readFileSync(join(out, 'kernel.wasm')).toString('base64');
    return `/** Made by \`npm run build:kernel\` from \`assembly/\`: do not edit. */\nexport const KERNEL_WASM =\n  '${text}';\n`;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(folder, 'kernel-wasm.ts'), await kernelModule());
}
