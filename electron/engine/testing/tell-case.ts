/**
 * `node tell-case.ts DATA_DIR SOURCE [COMMAND PARAMS]`: opens a source, waits until it is indexed,
 * and prints its lines and problems, or the error, as JSON. With a command (parameters as JSON,
 * without `caseId`), also prints its answer. For tests that need a separate process: another user,
 * fewer file descriptors, or a second engine.
 */
import { toErrorInfo } from '../../contract/errors.ts';
import { createEngine } from '../engine.ts';

const [dataDir = '', source = '', command, params = '{}'] = process.argv.slice(2);
const engine = createEngine({ dataDir, emit: () => undefined, workers: 2 });
const { signal } = new AbortController();
try {
  const { caseId } = await engine.handlers['case.open']({ path: source, root: '', rebuild: false }, signal);
  for (;;) {
    const { phase, message } = await engine.handlers['case.progress']({ caseId }, signal);
    if (phase === 'complete') break;
    if (phase === 'failed' || phase === 'cancelled') throw new Error(message ?? phase);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const files = await engine.handlers['files.list']({ caseId }, signal);
  const problems = await engine.handlers['problems.list']({ caseId }, signal);
  const told: Record<string, unknown> = {
    lines: files.reduce((sum, file) => sum + (file.lines ?? 0), 0),
    problems: problems.map(({ kind, message, file }) => `${kind}: ${file === null ? '' : `${file}: `}${message}`),
  };
  if (command !== undefined) {
    const handler = engine.handlers[command as 'notebook.get'] as (given: unknown, signal: AbortSignal) => unknown;
    told.answer = await handler({ ...JSON.parse(params), caseId }, signal);
  }
  process.stdout.write(JSON.stringify(told));
} catch (error) {
  process.stdout.write(JSON.stringify({ error: toErrorInfo(error) }));
}
await engine.close();
process.exit();
