/**
 * Worked questions in SQL over a run. The Query view offers them as examples, its README explains
 * them, and each has a test.
 */

export interface SqlQuestion {
  id: string;
  question: string;
  sql: string;
}

const questions: [id: string, question: string, sql: string][] = [
  [
    'slower-nodes',
    "Which node's attempts got slower over time?",
    `WITH halves AS (
  SELECT node, duration_seconds, ntile(2) OVER (PARTITION BY node ORDER BY start_time) AS half
  FROM attempts WHERE duration_seconds IS NOT NULL AND node IS NOT NULL)
SELECT node, avg(duration_seconds) FILTER (WHERE half = 1) AS first_half, avg(duration_seconds) FILTER (WHERE half = 2) AS second_half,
  avg(duration_seconds) FILTER (WHERE half = 2) / avg(duration_seconds) FILTER (WHERE half = 1) AS ratio
FROM halves GROUP BY node ORDER BY ratio DESC`,
  ],
  [
    'memory-at-last-attempt',
    'How much memory had each process when its last attempt began?',
    `WITH last AS (SELECT node, pid, process, max(start_time) AS start_time FROM attempts WHERE pid IS NOT NULL GROUP BY node, pid)
SELECT last.node, last.pid, last.process, last.start_time, s.metric, max(s.time) AS measured, s.value, s.unit
FROM last JOIN samples s ON s.node = last.node AND coalesce(s.pid = last.pid, s.process = last.process) AND s.time <= last.start_time
WHERE s.metric LIKE 'memory%' GROUP BY last.node, last.pid, s.metric`,
  ],
  [
    'templates-per-node',
    'Which kinds of line does each node write, and how many?',
    `SELECT template(text) AS template, node, count(*) AS lines FROM lines
WHERE kind = 'user' GROUP BY 1, 2 ORDER BY lines DESC LIMIT 200`,
  ],
  [
    'retries',
    'Which mini-batches were retried, and how did each attempt end?',
    `SELECT mini_batch, count(*) AS attempts, group_concat(outcome || ' on ' || coalesce(node, '?'), ' → ') AS story
FROM (SELECT * FROM attempts ORDER BY mini_batch, attempt) GROUP BY mini_batch HAVING count(*) > 1 ORDER BY attempts DESC`,
  ],
  [
    'slowest-attempts',
    'Which attempts took longest, and where does the log say so?',
    `SELECT mini_batch, attempt, node, pid, duration_seconds, outcome, file, line FROM attempts
ORDER BY duration_seconds DESC NULLS LAST LIMIT 20`,
  ],
  [
    'errors-in-order',
    'Which errors came first, and how far did each spread?',
    `SELECT first_time, exception, template, role, occurrences, nodes, mini_batches, file, line
FROM error_groups ORDER BY first_time NULLS LAST`,
  ],
  [
    'before-each-error',
    'What did the log say just before each traceback?',
    `SELECT e.time, e.exception, l.text AS line_before, l.file, l.line
FROM errors e JOIN lines l ON l.file = e.file AND l.line = e.line - 1
WHERE e.exception IS NOT NULL ORDER BY e.time LIMIT 500`,
  ],
  [
    'throughput',
    'How many mini-batches were finished each minute?',
    `SELECT strftime('%Y-%m-%dT%H:%M:00.000Z', end_time) AS time, count(*) AS finished,
  count(*) FILTER (WHERE outcome IN ('failed', 'timed_out')) AS failed
FROM attempts WHERE end_time IS NOT NULL GROUP BY 1 ORDER BY 1`,
  ],
  [
    'busy-share',
    'How much of its life did each process spend on mini-batches?',
    `SELECT node, pid, attempts, busy_seconds, seconds(end_time) - seconds(start_time) AS life_seconds,
  round(100 * busy_seconds / (seconds(end_time) - seconds(start_time)), 1) AS busy_percent
FROM processes ORDER BY busy_percent`,
  ],
  [
    'idle-gaps',
    'When did processes wait longest between two attempts?',
    `WITH steps AS (
  SELECT node, pid, mini_batch, start_time, file, line, lag(end_time) OVER (PARTITION BY node, pid ORDER BY start_time) AS before
  FROM attempts WHERE pid IS NOT NULL)
SELECT node, pid, before AS time, seconds(start_time) - seconds(before) AS idle_seconds, mini_batch AS next_mini_batch, file, line
FROM steps WHERE before IS NOT NULL ORDER BY idle_seconds DESC LIMIT 50`,
  ],
  [
    'last-words',
    'What was the last line of each process, and how long before the end of the run?',
    `WITH last AS (SELECT node, process, file, max(line) AS line FROM lines
  WHERE kind = 'worker' AND process IS NOT NULL GROUP BY node, process, file)
SELECT l.node, l.process, l.time, seconds(r.end_time) - seconds(l.time) AS seconds_before_end, l.text, l.file, l.line
FROM last JOIN lines l ON l.file = last.file AND l.line = last.line JOIN runs r ON r.run = l.run ORDER BY l.time`,
  ],
  [
    'cpu-of-outcomes',
    'Was the node busier during attempts that failed?',
    `SELECT a.outcome, count(DISTINCT a.mini_batch || ' ' || a.attempt) AS attempts, avg(s.value) AS cpu_percent
FROM attempts a JOIN samples s ON s.node = a.node AND s.metric = 'cpu_percent' AND s.time BETWEEN a.start_time AND a.end_time
GROUP BY a.outcome`,
  ],
  [
    'data-or-node',
    'Is the data at fault or the node: did a mini-batch fail wherever it was tried?',
    `SELECT mini_batch, count(*) AS attempts, count(DISTINCT node) AS nodes,
  count(*) FILTER (WHERE outcome IN ('failed', 'timed_out')) AS failed,
  CASE WHEN count(*) = count(*) FILTER (WHERE outcome IN ('failed', 'timed_out')) THEN 'data: failed each time'
    ELSE 'node or moment: passed elsewhere' END AS verdict
FROM attempts GROUP BY mini_batch HAVING failed > 0 AND attempts > 1 ORDER BY failed DESC`,
  ],
  [
    'memory-peaks',
    'When was the memory of each node fullest?',
    `SELECT node, max(value) AS memory_used_percent, time, file, line FROM samples
WHERE metric = 'memory_used_percent' AND pid IS NULL GROUP BY node ORDER BY 2 DESC`,
  ],
  [
    'errors-per-minute',
    'How many error lines came each minute, of which node?',
    `SELECT strftime('%Y-%m-%dT%H:%M:00.000Z', time) AS time, node, count(*) AS errors
FROM lines WHERE level IN ('error', 'critical') AND time IS NOT NULL GROUP BY 1, 2 ORDER BY 1`,
  ],
  [
    'noisy-files',
    'Which files have most warnings and errors for their size?',
    `SELECT file, kind, lines, warnings, errors, round(1000.0 * (warnings + errors) / lines, 1) AS per_thousand
FROM files WHERE lines > 0 ORDER BY per_thousand DESC LIMIT 50`,
  ],
  [
    'late-nodes',
    'How long after the start did each node begin, and when did it fall silent?',
    `SELECT n.node, n.start_time, n.end_time, seconds(n.start_time) - seconds(r.start_time) AS late_seconds,
  seconds(r.end_time) - seconds(n.end_time) AS silent_seconds
FROM nodes n JOIN runs r ON r.run = n.run ORDER BY late_seconds DESC`,
  ],
  [
    'slow-inits',
    'Which processes took long to initialise?',
    `SELECT node, pid, init_seconds, (SELECT median(init_seconds) FROM processes) AS usual FROM processes
WHERE init_seconds IS NOT NULL ORDER BY init_seconds DESC`,
  ],
  [
    'who-says-what',
    'What do the logs say of how the run ended, and which of them decided?',
    'SELECT witness, claims, role, decided, overridden, time, message, file, line FROM testimony ORDER BY decided DESC',
  ],
  [
    'story-of-a-mini-batch',
    'All lines of the first mini-batch that failed, of all logs in one order',
    `SELECT l.time, l.node, l.pid, l.level, l.text, l.file, l.line FROM lines l
WHERE l.mini_batch = (SELECT mini_batch FROM attempts WHERE outcome IN ('failed', 'timed_out', 'partial', 'unfinished')
  ORDER BY start_time LIMIT 1)
ORDER BY l.time, l.file, l.line`,
  ],
];

export const sqlQuestions: readonly SqlQuestion[] = questions.map(([id, question, sql]) => ({ id, question, sql }));
