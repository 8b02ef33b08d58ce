/**
 * The answers of a case: everything that it tells a person, as JSON by name, to compare two cases
 * of the same source.
 */
import type { CommandInput, CommandName, CommandResult } from '../../electron/contract/contract.ts';
import type { TestEngine } from '../../electron/engine/testing/open-run.ts';

type Call = <Name extends CommandName>(name: Name, params: CommandInput<Name>) => Promise<CommandResult<Name>>;

/**
 * Requests everything that a case tells except its lines. Rejects with the error of any command.
 */
export async function figuresOf(call: Call, caseId: string): Promise<Record<string, unknown>> {
  const filter = {};
  const all = { start: 0, count: 10_000 };
  return {
    info: await call('run.info', { caseId }),
    progress: await call('run.progress', { caseId }),
    signatures: await call('analysis.signatures', { caseId, filter }),
    findings: await call('analysis.findings', { caseId }),
    completeness: await call('analysis.completeness', { caseId }),
    attempts: await call('attempts.page', { caseId, filter, ...all }),
    batches: await call('batches.page', { caseId, filter, ...all }),
    lanes: await call('analysis.lanes', { caseId, filter, width: 800 }),
    overTime: await call('analysis.overTime', { caseId, filter }),
    spread: await call('analysis.spread', { caseId, filter }),
    durations: await call('analysis.durations', { caseId, filter }),
    retries: await call('analysis.retries', { caseId, filter }),
    stragglers: await call('analysis.stragglers', { caseId, filter }),
    whatIf: await call('analysis.whatIf', { caseId, filter, timeoutSeconds: 60 }),
    inits: await call('analysis.inits', { caseId }),
    errorBudget: await call('analysis.errorBudget', { caseId }),
    advice: await call('analysis.advice', { caseId }),
    rerun: await call('analysis.rerun', { caseId, filter }),
    rules: await call('analysis.rules', { caseId }),
    ledger: await call('analysis.ledger', { caseId }),
    lifeCycle: await call('analysis.lifeCycle', { caseId }),
    counted: await call('analysis.counted', { caseId }),
    processes: await call('processes.list', { caseId }),
    files: await call('files.list', { caseId }),
    problems: await call('problems.list', { caseId }),
    resources: await call('resources.list', { caseId }),
    activity: await call('timeline.activity', { caseId, filter, buckets: 200 }),
  };
}

/**
 * Returns everything that a case tells, with its lines in both orders, as texts that are equal for
 * equal cases.
 */
export async function answersOf(engine: TestEngine, caseId: string): Promise<Record<string, string>> {
  const answers: Record<string, unknown> = {
    ...(await figuresOf((name, params) => engine.call(name, params), caseId)),
    lines: await engine.search(caseId, {}),
    byTime: await engine.search(caseId, { query: 'e*' }, 'time'),
    warnings: await engine.search(caseId, { minLevel: 'warning' }, 'time'),
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [name, namedAlike(JSON.stringify(value), caseId)]),
  );
}

/** Renumbers ids by first appearance, because a file that was read twice has another id. */
function namedAlike(json: string, caseId: string): string {
  const ids = new Map<string, number>();
  return json.replaceAll(caseId, 'CASE').replace(/"(fileId|seriesId)":(\d+)/g, (_, name: string, id: string) => {
    const key = `${name} ${id}`;
    const number = ids.get(key) ?? ids.size;
    ids.set(key, number);
    return `"${name}":${number}`;
  });
}

/** Describes the first difference between two sets of answers; null if there is none. */
export function firstDifference(found: Record<string, string>, expected: Record<string, string>): string | null {
  for (const name of Object.keys(expected)) {
    const [a, b] = [found[name] ?? '', expected[name] ?? ''];
    if (a === b) continue;
    let at = 0;
    while (a[at] === b[at]) at++;
    const around = (text: string) => text.slice(Math.max(0, at - 150), at + 100);
    return `${name} differs at ${at}:\n  found    ${around(a)}\n  expected ${around(b)}`;
  }
  return null;
}
