/**
 * Steady commands: those whose answers can be kept. This file has no schemas, so that the window
 * stays free of them.
 */
import type { CommandName } from './contract.ts';

/**
 * Commands whose answer depends only on the records of one case and on the parameters. A caller may
 * keep the answer until `case.changed`.
 */
export const steadyCommands: ReadonlySet<CommandName> = new Set<CommandName>([
  'run.info',
  'run.progress',
  'files.list',
  'processes.list',
  'timeline.activity',
  'batches.page',
  'batches.get',
  'attempts.page',
  'resources.list',
  'resources.points',
  'resources.summary',
  'analysis.findings',
  'analysis.completeness',
  'analysis.signatures',
  'analysis.signatureLines',
  'analysis.signatureMoments',
  'analysis.lanes',
  'analysis.process',
  'analysis.overTime',
  'analysis.spread',
  'analysis.durations',
  'analysis.endMarks',
  'analysis.attemptDots',
  'analysis.quartiles',
  'analysis.retries',
  'analysis.stragglers',
  'analysis.whatIf',
  'analysis.inits',
  'analysis.errorBudget',
  'analysis.advice',
  'analysis.rerun',
  'analysis.ledger',
  'analysis.lifeCycle',
  'analysis.counted',
]);
