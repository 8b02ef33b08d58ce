/**
 * Runs whose files call one node by an address here and by a number there, in the layouts of all
 * generations, through the engine.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let engine: TestEngine;
let runs = 0;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-identities-'));
  engine = new TestEngine();
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

type Files = Record<string, string[]>;

function write(files: Files): string {
  const run = join(dir, `run${runs++}`);
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(run, path)), { recursive: true });
    writeFileSync(join(run, path), `${lines.join('\n')}\n`);
  }
  return run;
}

const START = Date.UTC(2022, 4, 17, 8, 30, 0);
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString().slice(0, -1);
const stamp = (seconds: number) => iso(seconds).replace('T', ' ').replace('.', ',');
const epoch = (seconds: number) => START / 1000 + seconds;
const address = (node: number) => `10.0.0.${node + 4}`;

/**
 * Three nodes of two processes; the pids are the same on every node, as in containers. Each process
 * does two mini-batches.
 */
interface Pick {
  node: number;
  process: number;
  pid: number;
  batch: number;
  at: number;
}

const picks: Pick[] = [0, 1, 2].flatMap((node) =>
  [0, 1].flatMap((process) =>
    [0, 1].map((turn) => ({
      node,
      process,
      pid: 40 + process,
      batch: turn * 6 + node * 2 + process,
      at: 10 + turn * 20 + node * 0.3 + process * 0.11,
    })),
  ),
);

const three = (process: number) => String(process).padStart(3, '0');

/** Logs of worker processes, their pick-ups in sentences. */
function workerLogs(pathOf: (pick: Pick) => string, prefix: (pick: Pick) => string): Files {
  const files: Files = {};
  for (const pick of picks) {
    const lines = files[pathOf(pick)] ?? [
      `${stamp(5)}${prefix(pick)}Process ${pick.process}: start processing thread.`,
    ];
    files[pathOf(pick)] = lines;
    lines.push(
      `${stamp(pick.at)}${prefix(pick)}Got task ${pick.batch}.`,
      `${stamp(pick.at + 4)}${prefix(pick)}Batch processing completed. Total count: 10, success count: 10, processing time: 4.0, run method time: 3.9`,
    );
  }
  return files;
}

const laterLogs = (nodeOf: (node: number) => string) =>
  workerLogs(
    ({ node, process }) => `logs/sys/node/${nodeOf(node)}/process${three(process)}.txt`,
    ({ pid }) => `|DEBUG|${pid}|140211003004672|`,
  );

/** The report of a later generation, its column of processes as given. */
const report = (processOf: (pick: Pick) => string) => [
  'Mini-batch Id,Picked Count,Process,Start Time,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds,Status',
  ...picks.map((pick) => `${pick.batch},1,${processOf(pick)},${iso(pick.at)}456,10,10,0,4.0,3.0,3.9,RUN_DONE`),
];

const memory = (lines: number) => [
  'Utc Time,Cpu Percent,Memory Used Percent',
  ...Array.from({ length: lines }, (_, k) => `${iso(k * 10)},${10 + k},${20 + k}`),
];

const perf = (nodeOf: (node: number) => string): Files =>
  Object.fromEntries([0, 1, 2].map((node) => [`logs/sys/perf/${nodeOf(node)}/node_resource_usage.csv`, memory(6)]));

const message = ({ node, pid, batch, at }: Pick) =>
  `${stamp(at + 4.2)}|DEBUG|93|140501711763200|Got a message from worker: {"id": ${batch}, "dequeue_count": 1, "total": 10, "succeeded": 10, "failed": 0, "ip": "${address(node)}", "pid": ${pid}, "start_time": ${epoch(at)}, "duration": 4.0, "process_time": 3.0, "run_method_time": 3.9, "status": 99}.`;

const mixes: Record<string, () => { files: Files; nodes: string[]; aliases: string[] }> = {
  'later layout: logs by number, report and curves by address': () => ({
    files: {
      ...laterLogs(String),
      ...perf(address),
      'logs/sys/job_report/processed_mini-batches.csv': report(
        ({ node, process, pid }) => `${address(node)}_process${three(process)}_${pid}`,
      ),
    },
    nodes: ['0', '1', '2'],
    aliases: [0, 1, 2].map(address),
  }),
  'later layout: logs by address, the report by number, name and pid': () => ({
    files: {
      ...laterLogs(address),
      ...perf(String),
      'logs/sys/job_report/processed_mini-batches.csv': report(
        ({ node, process, pid }) => `${node}_process${three(process)}_${pid}`,
      ),
    },
    nodes: [0, 1, 2].map(address),
    aliases: ['0', '1', '2'],
  }),
  'later layout: the master tells by address, no report': () => ({
    files: { ...laterLogs(String), ...perf(address), 'logs/sys/master_role.0.txt': picks.map(message) },
    nodes: ['0', '1', '2'],
    aliases: [0, 1, 2].map(address),
  }),
  'first layout: logs by address, a later report by number and name alone': () => ({
    files: {
      ...workerLogs(
        ({ node, process }) => `logs/sys/worker/${address(node)}/Process-${process}.txt`,
        ({ pid }) => `|ParallelRunStep.Worker|DEBUG|${pid}|140211003004672|run()|`,
      ),
      ...Object.fromEntries([0, 1, 2].map((node) => [`logs/sys/perf/${node}/sys.csv`, memory(6)])),
      'logs/sys/job_report/processed_mini-batches.csv': report(({ node, process }) => `${node}_Process-${process}`),
    },
    nodes: [0, 1, 2].map(address),
    aliases: ['0', '1', '2'],
  }),
};

for (const [name, make] of Object.entries(mixes)) {
  it(`one node, one name: ${name}`, async () => {
    const { files, nodes, aliases } = make();
    const caseId = await engine.open(write(files));
    const info = await engine.call('run.info', { caseId });
    expect(
      info.nodes.map(({ node, aliases: others, processes, miniBatches }) => [node, others, processes, miniBatches]),
    ).toEqual(nodes.map((node, k) => [node, [aliases[k]], 2, 4]));
    expect(info.processes).toBe(6);
    expect(info.miniBatches).toMatchObject({ total: 12, succeeded: 12, retried: 0, unfinished: 0 });
    const { rows } = await engine.call('attempts.page', { caseId, filter: {}, start: 0, count: 100 });
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      const pick = picks.find(({ batch }) => String(batch) === row.miniBatchId);
      expect(row).toMatchObject({ node: nodes[pick?.node ?? -1], pid: pick?.pid, attempt: 1 });
      expect(row.process).not.toBe(null);
    }
    const processes = await engine.call('processes.list', { caseId });
    for (const process of processes) expect(process).toMatchObject({ attempts: 2, succeeded: 2 });
    const series = await engine.call('resources.list', { caseId });
    expect([...new Set(series.map((each) => each.node))].sort()).toEqual([...nodes].sort());
    expect((await engine.call('problems.list', { caseId })).filter(({ kind }) => kind === 'conflicting')).toEqual([]);
  });

  it(`both names find it: ${name}`, async () => {
    const { files, nodes, aliases } = make();
    const caseId = await engine.open(write(files));
    for (const [k, node] of nodes.entries()) {
      const alias = aliases[k] ?? '';
      const of = async (named: string) => ({
        lines: (await engine.search(caseId, { query: `node:${named} Got` })).map((row) => [row.fileId, row.line]),
        typed: (await engine.search(caseId, { node: { include: [named] } })).length,
        others: (await engine.search(caseId, { node: { exclude: [named] } })).length,
        attempts: (
          await engine.call('attempts.page', { caseId, filter: { node: { include: [named] } }, start: 0, count: 100 })
        ).total,
        batches: (
          await engine.call('batches.page', { caseId, filter: { query: `node:${named}` }, start: 0, count: 100 })
        ).total,
        lanes: (await engine.call('analysis.lanes', { caseId, filter: { node: { include: [named] } }, width: 100 }))
          .total,
      });
      const byName = await of(node);
      expect(byName).toMatchObject({ attempts: 4, batches: 4, lanes: 2 });
      expect(byName.lines).toHaveLength(4);
      expect(byName.typed).toBeGreaterThan(8);
      expect(await of(alias)).toEqual(byName);
    }
  });
}

it('a line that carries both names is enough, and no pid is needed', async () => {
  const caseId = await engine.open(
    write({
      ...Object.fromEntries(
        [0, 1, 2].map((node) => [
          `logs/sys/node/${node}/process000.txt`,
          [
            `${stamp(5)}|INFO|40|140211003004672|Process 0: start processing thread.`,
            `${stamp(9)}|ERROR|40|140211003004672|Failed to process {"id": ${node}, "ip": "${address(node)}", "dequeue_count": 1} with error boom.`,
          ],
        ]),
      ),
      ...perf(address),
    }),
  );
  const info = await engine.call('run.info', { caseId });
  expect(info.nodes.map(({ node, aliases }) => [node, aliases])).toEqual([
    ['0', ['10.0.0.4']],
    ['1', ['10.0.0.5']],
    ['2', ['10.0.0.6']],
  ]);
});

it('what contradicts itself is not merged, and is a problem', async () => {
  const files: Files = {
    'logs/sys/node/0/process000.txt': [
      `${stamp(9)}|ERROR|40|140211003004672|Failed to process {"id": 1, "ip": "10.0.0.4", "dequeue_count": 1} with error boom.`,
    ],
    'logs/sys/node/0/process001.txt': [
      `${stamp(9)}|ERROR|41|140211003004672|Failed to process {"id": 2, "ip": "10.0.0.5", "dequeue_count": 1} with error boom.`,
    ],
    ...perf(address),
  };
  const caseId = await engine.open(write(files));
  const problems = await engine.call('problems.list', { caseId });
  expect(problems.filter(({ kind }) => kind === 'conflicting')).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/which node 0 is: 10\.0\.0\.4 .* or 10\.0\.0\.5/) }),
  ]);
  const files0 = await engine.call('files.list', { caseId });
  expect(new Set(files0.map((file) => file.node))).toEqual(new Set(['0', ...[0, 1, 2].map(address)]));
});

it('pids that all nodes have tie nothing together', async () => {
  const caseId = await engine.open(
    write({
      ...laterLogs(String),
      ...Object.fromEntries(
        [0, 1, 2].map((node) => [
          `logs/sys/perf/${address(node)}/processes_resource_usage.csv`,
          ['Utc Time,Pid,Cpu Percent', ...[1, 2, 3].flatMap((k) => [40, 41].map((pid) => `${iso(k * 10)},${pid},50`))],
        ]),
      ),
    }),
  );
  const info = await engine.call('run.info', { caseId });
  expect(info.nodes.map(({ node, aliases }) => [node, aliases])).toEqual(
    ['0', '1', '2', ...[0, 1, 2].map(address)].map((node) => [node, []]),
  );
});

it('pids that one node has under both names tie these together', async () => {
  const pidOf = (node: number, process: number) => 1_000 * (node + 1) + process;
  const caseId = await engine.open(
    write({
      ...workerLogs(
        ({ node, process }) => `logs/sys/node/${node}/process${three(process)}.txt`,
        ({ node, process }) => `|DEBUG|${pidOf(node, process)}|140211003004672|`,
      ),
      ...Object.fromEntries(
        [0, 1, 2].map((node) => [
          `logs/sys/perf/${address(node)}/processes_resource_usage.csv`,
          [
            'Utc Time,Pid,Memory Percent',
            ...[1, 2, 3].flatMap((k) => [0, 1].map((process) => `${iso(k * 10)},${pidOf(node, process)},50`)),
          ],
        ]),
      ),
    }),
  );
  const info = await engine.call('run.info', { caseId });
  expect(info.nodes.map(({ node, aliases }) => [node, aliases])).toEqual(
    [0, 1, 2].map((node) => [String(node), [address(node)]]),
  );
});

for (const perfPath of ['logs/sys/perf/sys.csv', 'logs/perf/node_resource_usage.csv']) {
  it(`files of a single node are its own: ${perfPath}`, async () => {
    const caseId = await engine.open(
      write({
        'logs/sys/worker/10.0.0.4/Process-1.txt': [
          `${stamp(5)}|ParallelRunStep.Worker|DEBUG|40|140211003004672|run()|Process 1: start processing thread.`,
          `${stamp(6)}|ParallelRunStep.Worker|DEBUG|40|140211003004672|run()|Got task 1.`,
        ],
        [perfPath]: memory(6),
        'logs/user/Process-1.stdout.txt': ['hello'],
      }),
    );
    const series = await engine.call('resources.list', { caseId });
    expect(new Set(series.map(({ node }) => node))).toEqual(new Set(['10.0.0.4']));
    const hello = await engine.search(caseId, { query: 'hello node:10.0.0.4' });
    expect(hello).toMatchObject([{ node: '10.0.0.4', pid: 40, process: 'Process-1' }]);
  });
}
