/**
 * The compute's logs of the third generation, `user_logs/` and `system_logs/`, including
 * preparation failures.
 */
import { renderDriver } from './render-compute.ts';
import type { SimulatedRun } from './run-model.ts';
import type { SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

const PREP_MS = -95_000;

function capability(
  tree: SampleTree,
  run: SimulatedRun,
  path: string,
  lines: [number, string, string][],
  mark: number,
): void {
  const stamp = new Stamp(run.epochMs);
  const file = tree.open(path, 'compute');
  lines.forEach(([ms, level, text], i) => {
    if (i === mark) file.mark();
    const plain = stamp.iso(PREP_MS + ms, 118);
    file.add(`${plain}Z ${level.padEnd(5)} ${text}\n`);
  });
  file.close();
}

/** Writes `user_logs/` and `system_logs/`. */
export function renderSystemLogs(tree: SampleTree, run: SimulatedRun): void {
  const { prelude } = run.scenario;
  const isEarly = prelude === 'mount_failed' || prelude === 'download_failed';
  const stamp = new Stamp(run.epochMs);
  capability(
    tree,
    run,
    'system_logs/cs_capability/cs-capability.log',
    [
      [10, 'INFO', 'capability service starts'],
      [60, 'INFO', 'listening on 127.0.0.1:41823'],
      [61, 'DEBUG', '{"event":"ready","took_ms":51}'],
    ],
    -1,
  );
  tree.text('system_logs/hosttools_capability/hosttools-capability.log', 'compute', '');
  capability(
    tree,
    run,
    'system_logs/snapshot_capability/snapshot-capability.log',
    prelude === 'download_failed'
      ? [
          [900, 'INFO', `download of snapshot ${run.runId} starts`],
          [
            62_310,
            'ERROR',
            'Download failed: HTTP 403 from the storage account contosoml (AuthorizationFailure) after 5 tries',
          ],
          [62_900, 'ERROR', 'capability start failed with exit code 1'],
        ]
      : [
          [900, 'INFO', `download of snapshot ${run.runId} starts`],
          [4100, 'INFO', 'download finished: 11 files, 1.4 MB'],
        ],
    prelude === 'download_failed' ? 1 : -1,
  );
  capability(
    tree,
    run,
    'system_logs/data_capability/data-capability.log',
    prelude === 'mount_failed'
      ? [
          [4200, 'INFO', 'mounting input_images'],
          [
            64_700,
            'ERROR',
            'Mount failed: input_images: cannot mount the datastore workspaceblobstore: authentication failed (invalid account key)',
          ],
          [65_000, 'ERROR', 'capability start failed with exit code 1'],
        ]
      : [
          [4200, 'INFO', 'mounting input_images'],
          [9300, 'INFO', 'mounted input_images'],
          [9310, 'WARN', 'file cache is 71 % full'],
        ],
    prelude === 'mount_failed' ? 1 : -1,
  );
  const code = run.scenario.status === 'succeeded' ? 0 : isEarly || run.stop.reason === 'node_lost' ? 1 : 42;
  const lifecycle: [number, string, string][] = [
    [0, 'INFO', 'vm bootstrap finished'],
    [400, 'INFO', 'phase preparation starts'],
  ];
  if (isEarly) lifecycle.push([66_000, 'ERROR', 'phase preparation failed']);
  else {
    lifecycle.push([9900, 'INFO', 'phase preparation finished'], [-PREP_MS - 500, 'INFO', 'phase execution starts']);
    if (run.stop.reason !== 'cut') {
      lifecycle.push([
        -PREP_MS + run.driverEndMs + 300,
        code === 0 ? 'INFO' : 'ERROR',
        run.scenario.status === 'cancelled'
          ? 'user process is stopped: cancel requested'
          : `user process ends with exit code ${code}`,
      ]);
    }
  }
  capability(tree, run, 'system_logs/lifecycler/lifecycler.log', lifecycle, -1);
  capability(tree, run, 'system_logs/lifecycler/execution-wrapper.log', lifecycle.slice(-2), -1);
  tree.text(
    'system_logs/lifecycler/vm-bootstrapper.log',
    'compute',
    `${stamp.iso(PREP_MS - 9000, 7)}Z INFO  docker image is present\n`,
  );
  if (isEarly) return;
  renderDriver(tree, run, run.options.nodes > 1 ? 'user_logs/std_log_process_0.txt' : 'user_logs/std_log.txt');
  for (const node of run.nodes.slice(1)) {
    const text = `Azure Machine Learning Batch Inference Start\n[${stamp.plain(node.startMs)}.220118] The driver starts as a worker on ${node.ip}.\n`;
    tree.text(`user_logs/std_log_process_${node.index}.txt`, 'driver', text, { node: node.name });
  }
  tree.text('user_logs/mpi_log.txt', 'compute', '');
}
