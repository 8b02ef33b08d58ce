/** For `node --import`: any import of `electron` gets the host. */
import { registerHooks } from 'node:module';

const host = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: host, shortCircuit: true } : next(specifier, context),
});
