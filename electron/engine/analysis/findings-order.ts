/**
 * The order of findings: what a person should read first. What ended or lost work comes before what
 * only cost time.
 */

/** From the most important kind on; a kind that is not named comes after all of these. */
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
 * Most important first; findings of one kind, and of kinds that are not ranked, stay in the order
 * they came in.
 */
export function byImportance<Found extends { kind: string }>(findings: readonly Found[]): Found[] {
  const rank = ({ kind }: Found) => {
    const at = ranked.indexOf(kind);
    return at < 0 ? ranked.length : at;
  };
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
