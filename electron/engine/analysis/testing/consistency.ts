/** Consistency: one answer must not contradict itself, for any run. */
import type { Finding, FirstCause, RunInfo } from '../../../contract/run-info.ts';

type Check = readonly [isBroken: boolean, what: string];

/** Returns the contradictions within one answer; empty if there are none. */
export function inconsistencies(info: RunInfo): string[] {
  const checks = [...endChecks(info), ...countChecks(info), ...findingChecks(info)];
  if (info.firstCause !== null) checks.push(...causeChecks(info, info.firstCause));
  return checks.filter(([isBroken]) => isBroken).map(([, what]) => what);
}

function endChecks({ status, firstCause, endUs, testimony, miniBatches }: RunInfo): Check[] {
  const decided = testimony.filter((told) => told.decided);
  return [
    [(status === 'failed' || status === 'cancelled') !== (firstCause !== null), `a cause does not fit ${status}`],
    [
      (status === 'cancelled') !== (firstCause?.kind === 'cancelled'),
      `${status}, and the cause is ${firstCause?.kind}`,
    ],
    [status === 'running' && endUs !== null, 'it runs and has ended'],
    [decided.some((told) => told.claims !== status), 'what decided claims another end'],
    [decided.length > 1, 'two statements decided'],
    [testimony.some((told) => told.overridden && told.claims === status), 'overridden, and claims the same end'],
    [
      status === 'succeeded' && (miniBatches.unfinished ?? 0) > 0,
      `succeeded with ${miniBatches.unfinished} unfinished`,
    ],
  ];
}

function countChecks({ miniBatches, items, nodes, processes }: RunInfo): Check[] {
  const { total, processed, succeeded, failed, unfinished, retried } = miniBatches;
  const known = (succeeded ?? 0) + (failed ?? 0) + (unfinished ?? 0);
  const all = [...Object.values(miniBatches), items.total, items.succeeded, items.failed, processes];
  const ofItems = (items.succeeded ?? 0) + (items.failed ?? 0);
  return [
    [all.some((figure) => figure !== null && figure < 0), 'a count is negative'],
    [total !== null && processed > total, `${processed} of ${total} processed`],
    [total !== null && known > total, `${succeeded} + ${failed} + ${unfinished} are more than ${total}`],
    [total !== null && retried > total, `${retried} of ${total} retried`],
    [(succeeded ?? 0) > processed, `${succeeded} succeeded of ${processed} processed`],
    [items.total !== null && ofItems > items.total, `${ofItems} of ${items.total} items`],
    [nodes.reduce((sum, node) => sum + node.processes, 0) > processes, 'nodes have more processes than the run'],
    [
      new Set(nodes.flatMap((node) => [node.node, ...node.aliases.filter((name) => name !== node.node)])).size <
        nodes.reduce((sum, node) => sum + 1 + node.aliases.filter((name) => name !== node.node).length, 0),
      'two nodes have one name',
    ],
  ];
}

function causeChecks({ nodes, findings }: RunInfo, cause: FirstCause): Check[] {
  const { kind, confidence, message, exception, node, evidence } = cause;
  const isOwnNode =
    node === null || nodes.length === 0 || nodes.some((one) => one.node === node || one.aliases.includes(node));
  const same = findings.filter((finding) => finding.kind === kind);
  const deniesMemory = message.includes('want of memory was not the reason');
  return [
    [evidence.length === 0, 'a cause without evidence'],
    [message.trim() === '', 'a cause without words'],
    [/\b(?:probably|possibly)\b/.test(message) && confidence === 'certain', `certain, yet: ${message}`],
    [
      message.includes('do not say why') && (kind !== 'unknown' || confidence !== 'possible'),
      `${kind}, ${confidence}: ${message}`,
    ],
    [exception !== null && !message.includes(exception.class), `${exception?.class}, yet: ${message}`],
    [!isOwnNode, `node ${node} is none of the run's`],
    [
      deniesMemory && findings.some((finding) => finding.kind === 'out_of_memory'),
      `${message} – and a finding says so`,
    ],
    [same.some((finding) => /not the root cause/.test(finding.message)), `a finding denies ${kind}`],
  ];
}

function findingChecks({ findings, miniBatches, items, status }: RunInfo): Check[] {
  const messages = findings.map((finding) => finding.message);
  return [
    [new Set(messages).size < messages.length, 'a finding is told twice'],
    [findings.some((finding) => finding.evidence.length === 0), 'a finding without evidence'],
    [status === 'succeeded' && messages.some((text) => text.includes('stopped the run')), 'succeeded, yet stopped'],
    ...findings.flatMap((finding) => figuresOf(finding, miniBatches.retried, items.errorThreshold)),
  ];
}

/**
 * Checks figures in messages such as `4 of 3 attempts` or `More items failed than the error
 * threshold of 10 allows (3)`.
 */
function figuresOf({ kind, message, confidence }: Finding, retried: number, threshold: number | null): Check[] {
  const shares = [...message.matchAll(/\b(\d[\d,]*) of (\d[\d,]*) (?!items of)/g)];
  const number = (text: string | undefined) => Number((text ?? '').replaceAll(',', ''));
  const [, allowed, failed] = /threshold of (\d+) allows \((\d+)\)/.exec(message) ?? [];
  const told = kind === 'retries' ? number(/^(\d[\d,]*) /.exec(message)?.[1]) : retried;
  return [
    [shares.some(([, part, whole]) => number(part) > number(whole)), message],
    [failed !== undefined && number(failed) <= number(allowed), message],
    [allowed !== undefined && threshold !== null && number(allowed) !== threshold, message],
    [told !== retried, `${retried} retried, yet: ${message}`],
    [/\b(?:probably|possibly)\b/.test(message) && confidence === 'certain' && kind !== 'processes_killed', message],
  ];
}
