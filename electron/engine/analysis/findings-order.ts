/**
 * Orders findings by what a person should read first. What ended the run or lost work comes before
 * what only cost time.
 */

/** Most important kind first. Kinds not listed come last. */
const ranked = [
  'error_threshold_exceeded',
  'node_lost',
  'processes_killed',
  'init_failures',
  'init_timeouts',
  'run_exceptions',
  'empty_results',
  'run_timeouts',
  'poisoned',
  'slow_node',
  'items_failed',
  'stragglers',
  'long_tail',
  'idle_nodes',
  'slow_starts',
  'retries',
  'late_results',
];

/**
 * Sorts findings, most important first. Findings of one kind, and of kinds not listed, keep their
 * order.
 */
export function byImportance<Found extends { kind: string }>(findings: readonly Found[]): Found[] {
  const rank = ({ kind }: Found) => {
    const at = ranked.indexOf(kind);
    return at < 0 ? ranked.length : at;
  };
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
