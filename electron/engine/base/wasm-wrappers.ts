/**
 * Works around crashes in V8's wrappers between WebAssembly and JavaScript. V8 compiles a special
 * wrapper for an import that is called often, and caches it for all threads of the process. In Node
 * 24 and Electron it occasionally loses track of the memory of a wrapper it frees, and ends the
 * process: `Check failed: jit_page.has_value()` below `WasmImportWrapperCache::Free`, after many
 * threads have come and gone (see nodejs/node#64500). The generic wrapper does the same a little
 * more slowly.
 */
import { setFlagsFromString } from 'node:v8';

/**
 * Number of calls after which V8 compiles a wrapper: more than any instance makes, and a small
 * integer to V8.
 */
const CALLS = 1_000_000_000;

/** Keeps the generic wrappers for all instances created from now on. */
export function keepGenericWrappers(): void {
  setFlagsFromString(`--wasm-wrapper-tiering-budget=${CALLS}`);
}
