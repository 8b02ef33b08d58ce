/** The WebAssembly modules of the kernel: their exports, and how to create instances. */

import { foldCodePoint } from '../base/tokens.ts';
import { keepGenericWrappers } from '../base/wasm-wrappers.ts';
import { FIND_WASM } from './find-wasm.ts';
import { KERNEL_WASM } from './kernel-wasm.ts';

/**
 * The parts of the WebAssembly API in use. Its types come with the DOM's, which the engine must not
 * have.
 */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: Record<string, Record<string, (...args: number[]) => number>>,
  ) => { exports: unknown };
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/**
 * Exports of the indexing module. Its sources are in `assembly/`; addresses are bytes of `memory`.
 */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  inputAt(): number;
  maxInput(): number;
  literalsAt(): number;
  needlesAt(): number;
  tracebacksAt(): number;
  find(length: number): number;
  knownAt(): number;
  beginBlock(): void;
  remember(start: number, length: number, level: number, isQuiet: number, minuteUs: number): void;
  forgetQuiet(): void;
  readQuiet(from: number, to: number): number;
  quietLines(): number;
  minUs(): number;
  maxUs(): number;
  lastUs(): number;
  addBlock(length: number): number;
  tokens(): number;
  blocks(): number;
  encode(): number;
  vocabularyCount(): number;
  vocabularyAt(): number;
  pages(): number;
  pageBytes(): number;
  pageEnds(): number;
  reset(mark: number): void;
}

/** Exports of the module that finds lines with a literal. Its source is `assembly/find.ts`. */
export interface Finder {
  readonly memory: { readonly buffer: ArrayBuffer };
  needleAt(): number;
  foldAt(): number;
  wordAt(): number;
  inputAt(): number;
  linesAt(): number;
  find(...numbers: [bytes: number, length: number, rare1: number, rare2: number, ...flags: number[]]): number;
}

let compiled: object | null = null;

keepGenericWrappers();

function abort(): number {
  throw new Error('the kernel stopped');
}

/** Creates a finder with its own memory of 2 MB. */
export function createFinder(): Finder {
  const module = new WebAssembly.Module(Buffer.from(FIND_WASM, 'base64'));
  return new WebAssembly.Instance(module, { env: { abort } }).exports as Finder;
}

/**
 * Creates a kernel with its own memory: 1 MB at first, growing with the segment and never
 * shrinking.
 */
export function createKernel(): Kernel {
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_WASM, 'base64'));
  const instance = new WebAssembly.Instance(compiled, { kernel: { fold: foldCodePoint }, env: { abort } });
  return instance.exports as Kernel;
}
