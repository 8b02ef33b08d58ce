/**
 * `npm run build:kernel` compiles `electron/engine/kernel/assembly` to WebAssembly and writes it as
 * text to `kernel-wasm.ts` and `find-wasm.ts`. Before that, it writes the numbers that both sides
 * share to `assembly/numbers.ts`. All three files are in the repository, so that only somebody who
 * changes a kernel needs the compiler. A test compiles again and compares.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main as compile } from 'assemblyscript/asc';
import * as numbers from '../electron/engine/base/kernel-numbers.ts';
import { root } from './paths.ts';

const folder = join(root, 'electron/engine/kernel');

export const numbersFile = 'assembly/numbers.ts';

/** Returns the text of the file of shared numbers. */
export function kernelNumbers(): string {
  const values = new Map<string, unknown>(Object.entries(numbers));
  const lines = Object.entries(numbers.kernelNumberTypes).map(
    ([name, type]) => `export const ${name}: ${type} = ${values.get(name)};\n`,
  );
  return `/** Made by \`npm run build:kernel\` from \`base/kernel-numbers.ts\`: do not edit. */\n${lines.join('')}`;
}

/**
 * The modules: source file to compile, name of the exported text, initial number of 64 KB pages.
 */
const modules = {
  'kernel-wasm.ts': { source: 'index.ts', name: 'KERNEL_WASM', pages: 16 },
  'find-wasm.ts': { source: 'find.ts', name: 'FIND_WASM', pages: 29 },
} as const;
type ModuleFile = keyof typeof modules;
export const moduleFiles = Object.keys(modules) as ModuleFile[];

/**
 * Compiles a module from the present sources and returns the text of its file. Throws the
 * compiler's messages.
 */
export async function kernelModule(file: ModuleFile): Promise<string> {
  const { source, name, pages } = modules[file];
  const out = mkdtempSync(join(tmpdir(), 'postrun-kernel-'));
  try {
    const { error, stderr } = await compile([
      ...[join(folder, 'assembly', source), '--outFile', join(out, 'kernel.wasm')],
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
        String(pages),
      ],
    ]);
    if (error !== null) throw new Error(`The kernel cannot be compiled: ${error.message}\n${stderr.toString()}`);
    const text = readFileSync(join(out, 'kernel.wasm')).toString('base64');
    return `/** Made by \`npm run build:kernel\` from \`assembly/\`: do not edit. */\nexport const ${name} =\n  '${text}';\n`;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(folder, numbersFile), kernelNumbers());
  for (const file of moduleFiles) writeFileSync(join(folder, file), await kernelModule(file));
}
