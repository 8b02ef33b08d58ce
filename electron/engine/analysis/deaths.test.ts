import { describe, expect, it } from 'vitest';
import { deathFindings, deaths, firstDeath } from './deaths.ts';
import { derive } from './derive.ts';
import { storedRun } from './run-info.ts';
import { CaseBuilder, t } from './testing/case-builder.ts';

const NODE = '3';

/**
 * Builds a node with two processes: 40 ends as the caller says while it runs mini-batch 7; 41
 * continues.
 */
function run(end: (build: CaseBuilder, log: number, supervisor: number) => void): CaseBuilder {
  const build = new CaseBuilder();
  const log = build.file('logs/sys/node/3/process001.txt', { node: NODE, process: 'process001' });
  const other = build.file('logs/sys/node/3/process002.txt', { node: NODE, process: 'process002' });
  const supervisor = build.file('logs/sys/node/3/_main.txt', { node: NODE, process: '_main' });
  build.span(log, NODE, 'process001', 40, t(0), t(300));
  build.span(other, NODE, 'process002', 41, t(0), t(900));
  build.task(log, { type: 'picked', miniBatchId: '7', node: NODE, pid: 40, process: 'process001', atUs: t(290) });
  build.task(other, { type: 'picked', miniBatchId: '8', node: NODE, pid: 41, process: 'process002', atUs: t(290) });
  build.task(other, {
    type: 'processed',
    miniBatchId: '8',
    node: NODE,
    pid: 41,
    process: 'process002',
    atUs: t(320),
    total: 5,
    succeeded: 5,
  });
  end(build, log, supervisor);
  derive(build.db);
  return build;
}

const exit = (code: number) => (build: CaseBuilder, _log: number, supervisor: number) =>
  build.process(supervisor, { type: 'exited', node: NODE, pid: 40, atUs: t(301), exitCode: code });

const nodeCurve =
  (...values: number[]) =>
  (build: CaseBuilder) => {
    const file = build.file('logs/sys/perf/3/node_resource_usage.csv', { kind: 'resources', node: NODE });
    build.series(
      file,
      NODE,
      'memory_used_percent',
      values.map((value, k) => [k * 60, value]),
    );
  };

const ownCurve =
  (...values: number[]) =>
  (build: CaseBuilder) => {
    const file = build.file('logs/sys/perf/3/processes_resource_usage.csv', { kind: 'resources', node: NODE });
    build.series(
      file,
      NODE,
      'memory_percent',
      values.map((value, k) => [k * 60, value]),
      { pid: 40 },
    );
  };

const successor = (build: CaseBuilder) => {
  const log = build.file('logs/sys/node/3/process003.txt', { node: NODE, process: 'process003' });
  build.span(log, NODE, 'process003', 52, t(310), t(900));
};

type Step = (build: CaseBuilder, log: number, supervisor: number) => void;
const cases: [string, Step[], { kind: string; confidence: string; says: RegExp; silent?: RegExp } | null][] = [
  [
    'exit code -9 with the process and its node growing',
    [exit(-9), nodeCurve(40, 55, 66, 78, 85, 92), ownCurve(10, 25, 41, 55, 66, 77)],
    { kind: 'out_of_memory', confidence: 'likely', says: /77 % of the node's memory was in this process.*at 92 %/ },
  ],
  [
    'exit code 137 with samples of the node only',
    [exit(137), nodeCurve(40, 45, 60, 70, 80, 88)],
    { kind: 'out_of_memory', confidence: 'likely', says: /node was at 88 % and growing: probably out of memory/ },
  ],
  [
    'no exit, but a successor, and a node that grew',
    [successor, nodeCurve(40, 45, 60, 70, 80, 94)],
    { kind: 'out_of_memory', confidence: 'likely', says: /ended without a word while it ran mini-batch 7/ },
  ],
  [
    'found gone by its supervisor, memory growing',
    [
      (build, _log, supervisor) => build.process(supervisor, { type: 'killed', node: NODE, pid: 40, atUs: t(305) }),
      ownCurve(10, 20, 30, 50, 60, 81),
    ],
    { kind: 'out_of_memory', confidence: 'likely', says: /81 %/ },
  ],
  [
    '“Killed” in its own output',
    [
      (build) => {
        const output = build.file('logs/user/stderr/3/process001.stderr.txt', {
          kind: 'user',
          node: NODE,
          process: 'process001',
        });
        build.process(output, { type: 'killed', node: NODE, process: 'process001', detail: 'Killed' });
      },
      nodeCurve(40, 55, 66, 78, 85, 92),
    ],
    { kind: 'out_of_memory', confidence: 'likely', says: /at 92 %/ },
  ],
  [
    'bytes of the process and a total of the node',
    [
      exit(-9),
      (build) => {
        const file = build.file('logs/sys/perf/3/node_resource_usage.csv', { kind: 'resources', node: NODE });
        build.series(
          file,
          NODE,
          'memory_total',
          [0, 1, 2, 3, 4, 5].map((k) => [k * 60, 1_000]),
        );
        build.series(
          file,
          NODE,
          'memory_available',
          [700, 600, 500, 400, 200, 90].map((value, k) => [k * 60, value]),
        );
        const own = build.file('logs/sys/perf/3/processes_resource_usage.csv', { kind: 'resources', node: NODE });
        build.series(
          own,
          NODE,
          'memory_used',
          [100, 200, 300, 400, 500, 640].map((value, k) => [k * 60, value]),
          { pid: 40 },
        );
      },
    ],
    { kind: 'out_of_memory', confidence: 'likely', says: /64 % of the node's memory was in this process.*at 91 %/ },
  ],
  ['no samples at all', [exit(-9)], { kind: 'process_killed', confidence: 'likely', says: /possibly out of memory/ }],
  [
    'memory that was free',
    [exit(-9), nodeCurve(20, 22, 21, 22, 23, 24), ownCurve(3, 3, 3, 3, 3, 3)],
    { kind: 'process_killed', confidence: 'certain', says: /24 %.*not the reason/, silent: /possibly/ },
  ],
  [
    'a node that is half full and steady',
    [exit(-9), nodeCurve(70, 71, 70, 72, 71, 70)],
    { kind: 'process_killed', confidence: 'likely', says: /possibly out of memory: just before, .*at 72 %/ },
  ],
  [
    'a crash',
    [exit(-11), nodeCurve(40, 55, 66, 78, 85, 92)],
    { kind: 'process_killed', confidence: 'certain', says: /signal 11/, silent: /memory/ },
  ],
  ['memory alone: nobody died', [nodeCurve(40, 55, 66, 78, 85, 92), ownCurve(10, 25, 41, 55, 66, 77)], null],
];

describe('death and memory', () => {
  it.each(cases)('%s', (_name, steps, expected) => {
    const build = run((...args) => {
      for (const step of steps) step(...args);
    });
    const all = deaths(build.db);
    if (expected === null) return expect(all).toEqual([]);
    expect(all).toHaveLength(1);
    const [cause] = firstDeath(all, true);
    expect(cause).toMatchObject({
      kind: expected.kind,
      confidence: expected.confidence,
      node: NODE,
      pid: 40,
      miniBatchId: '7',
    });
    expect(cause?.message).toMatch(expected.says);
    if (expected.silent) expect(cause?.message).not.toMatch(expected.silent);
    if (expected.kind === 'out_of_memory') {
      // The graph points at the last samples before the end; the evidence points at their rows.
      expect(cause?.graph).toMatchObject({ node: NODE, timeUs: t(300) });
      const path = build.db.prepare('SELECT path FROM file WHERE id = ?').pluck();
      expect(cause?.evidence.map((ref) => path.get(ref.fileId))).toContainEqual(expect.stringContaining('perf/3/'));
    }
    const kinds = deathFindings(all, null).map(({ kind }) => kind);
    expect(kinds).toEqual(
      expected.kind === 'out_of_memory' ? ['out_of_memory', 'processes_killed'] : ['processes_killed'],
    );
  });

  it('tells growth as growth where nobody died', () => {
    const build = run((inner) => ownCurve(10, 10, 11, 12, 25, 40, 55, 60, 70)(inner));
    const kinds = storedRun(build.db)?.findings.map(({ kind }) => kind);
    expect(kinds).not.toContain('out_of_memory');
    expect(kinds).not.toContain('processes_killed');
  });

  it('a successor of another process does not make a death of one that goes on', () => {
    const build = run((inner) => {
      successor(inner);
      exit(73)(inner, 1, 3);
    });
    expect(deaths(build.db)).toEqual([]);
  });
});

describe('nodes without work', () => {
  const failing = (build: CaseBuilder, node: string, process: string, pid: number) => {
    const file = build.file(`logs/sys/node/${node}/${process}.txt`, { node, process });
    build.span(file, node, process, pid, t(0), t(10));
    build.process(file, { type: 'init_failed', node, process, pid, atUs: t(9), detail: 'boom' });
  };
  it('are named where init() failed in every process, also without a line of any pick-up', () => {
    const build = new CaseBuilder();
    const good = build.file('logs/sys/node/0/process000.txt', { node: '0', process: 'process000' });
    build.span(good, '0', 'process000', 40, t(0), t(900));
    failing(build, '1', 'process000', 50);
    failing(build, '1', 'process001', 51);
    derive(build.db);
    const finding = storedRun(build.db)?.findings.find(({ kind }) => kind === 'idle_nodes');
    expect(finding?.message).toMatch(/^Node 1 took no part/);
  });
  it('are not named where one of their processes works', () => {
    const build = new CaseBuilder();
    failing(build, '1', 'process000', 50);
    const good = build.file('logs/sys/node/1/process001.txt', { node: '1', process: 'process001' });
    build.span(good, '1', 'process001', 51, t(0), t(900));
    derive(build.db);
    const kinds = storedRun(build.db)?.findings.map(({ kind }) => kind);
    expect(kinds).toEqual(['init_failures']);
  });
});
