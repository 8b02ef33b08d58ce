/**
 * The wrappers between WebAssembly and JavaScript. V8 compiles one of its own for an import that is
 * called often, and keeps these in a cache that all threads of the process share. In Node 24 and
 * Electron it now and then loses track of the memory of one that it frees, and ends the process:
 * `Check failed: jit_page.has_value()` below `WasmImportWrapperCache::Free`, after many threads
 * came and went (see nodejs/node#64500). The generic wrapper does the same a little slower.
 */
import { setFlagsFromString } from 'node:v8';

/**
 * Calls after which a wrapper is compiled: more than any instance makes, and a small integer to V8.
 */
const CALLS = 1_000_000_000;

/** Keep the generic wrappers of all instances that are made from now on. */
export function keepGenericWrappers(): void {
  setFlagsFromString(`--wasm-wrapper-tiering-budget=${CALLS}`);
}
