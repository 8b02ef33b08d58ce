/**
 * `node index-until-killed.ts DATA_DIR SOURCE [ROOT]`: indexes a source, prints the bytes done
 * whenever they change, and ends when everything is indexed. For tests that kill it.
 */
import { createEngine } from '../engine.ts';

const [dataDir = '', source = '', root = null] = process.argv.slice(2);
const engine = createEngine({
  dataDir,
  emit(event, payload) {
    if (event !== 'case.progressed' || !('phase' in payload)) return;
    process.stdout.write(`${payload.bytesDone}\n`);
    if (payload.phase === 'complete') setTimeout(() => process.exit(), 100);
  },
  workers: 2,
});
await engine.handlers['case.open']({ path: source, root, rebuild: false }, new AbortController().signal);
