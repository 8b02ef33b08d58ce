/**
 * Renders what the compute writes around the run: image pull, job preparation, the driver's
 * console, SDK logs.
 */
import { finalError } from './progress-story.ts';
import { Random } from './random.ts';
import type { SimulatedRun } from './run-model.ts';
import type { LogFile, SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

const PREP_MS = -95_000;
const PULL_MS = -290_000;
const QUEUE_MS = -420_000;

/** Writes the driver's console, whose path depends on the layout. */
export function renderDriver(tree: SampleTree, run: SimulatedRun, path: string): void {
  const stamp = new Stamp(run.epochMs);
  const { options, scenario } = run;
  const file = tree.open(path, 'driver', { node: run.nodes[0]?.name });
  const at = (ms: number, text: string): void => {
    file.add(
      `[${options.layout === '1' ? stamp.iso(ms, (Math.abs(ms) * 31) % 1000) : `${stamp.plain(ms)}.${String((Math.abs(Math.floor(ms)) * 7919) % 1_000_000).padStart(6, '0')}`}] ${text}\n`,
    );
  };
  at(0, 'The driver starts.');
  at(64, 'Mounting the inputs: input_images.');
  file.add('Initialize DatasetContextManager.\n\n');
  if (scenario.prelude === 'mount_failed' && options.layout === '3') file.mark();
  at(
    700,
    `Preparing to call script [driver/amlbi_main.py] with arguments:['--client_sdk_version', '1.5.0', '--scoring_module_name', 'batch_score.py', '--mini_batch_size', '${options.itemsPerMiniBatch}', '--error_threshold', '${scenario.errorThreshold}', '--output_action', '${scenario.outputAction}', '--logging_level', '${options.loggingLevel}', '--run_invocation_timeout', '${scenario.runInvocationTimeout}', '--process_count_per_node', '${options.processes}', '--run_max_try', '3', '--input_fds_0', 'input_images']`,
  );
  at(
    705,
    `After variable expansion, calling script [driver/amlbi_main.py] with arguments of ${8 + options.nodes} values`,
  );
  file.add('\nAzure Machine Learning Batch Inference Start\n');
  at(980, 'No started flag set. Skip creating started flag.');
  if (scenario.prelude === 'system_exit_42') {
    file.mark();
    file.add("No module named 'pkg_resources'\n");
    endDriver(file, run, at, 2300, 'SystemExit: 42');
    return;
  }
  at(1200, `Job - Starting, master node: ${run.nodes[0]?.ip}`);
  at(1400, 'Run status: Running');
  for (let ms = 61_400; ms < run.stop.atMs; ms += 300_000) at(ms, "The run's status is Running.");
  const stopMs = run.stop.atMs;
  if (run.stop.reason === 'cut') {
    file.close();
    return;
  }
  if (run.stop.reason === 'node_lost') {
    file.add('--------------------------------------------------------------------------\n');
    file.mark();
    file.add(
      `ORTE has lost communication with a remote daemon.\n\n  HNP daemon   : [[27310,0],0] on node ${run.nodes[0]?.host.slice(0, 20)}\n  Remote daemon: [[27310,0],${run.firstCause?.node ?? 0}] on node ${run.nodes[run.firstCause?.node ?? 0]?.ip}\n\nThe remaining processes are ended.\n--------------------------------------------------------------------------\n`,
    );
    at(stopMs + 900, 'The launcher ended with exit code 1.');
    file.close();
    return;
  }
  if (run.stop.reason === 'cancelled') {
    file.mark();
    at(stopMs + 350, 'User cancelled the run.');
    at(stopMs + 4600, 'Job - Ending');
    endDriver(file, run, at, stopMs + 4900, null);
    return;
  }
  const error = finalError(run);
  at(stopMs + 4600, 'Job - Ending');
  const last =
    error === null ? null : options.layout === '1' ? `exception.${error.name}: ${error.message}` : 'SystemExit: 42';
  endDriver(file, run, at, stopMs + 4900, last);
}

function endDriver(
  file: LogFile,
  run: SimulatedRun,
  at: (ms: number, text: string) => void,
  ms: number,
  last: string | null,
): void {
  const isFirst = run.options.layout === '1';
  file.add('Azure Machine Learning Batch Inference End\n\n');
  file.add('Cleaning up all outstanding Run operations, waiting 300.0 seconds\n2 items cleaning up...\n');
  file.add(`Cleanup took 0.${1 + ((run.options.seed * 7919) % 8)}4349722862243652 seconds\n`);
  if (last === null) {
    at(ms, 'The driver ends with exit code 0.');
  } else {
    file.add(
      `Traceback (most recent call last):\n  File "driver/amlbi_main.py", line 275, in <module>\n    main()\n  File "driver/amlbi_main.py", line 226, in main\n    ${isFirst ? 'job.run()' : 'sys.exit(exitcode_candidate)'}\n${last}\n\n`,
    );
    at(ms, `The driver ends with exit code ${last.startsWith('SystemExit: 42') ? 42 : 1}.`);
  }
  file.close();
}

function executionLog(tree: SampleTree, run: SimulatedRun, path: string, node: number): void {
  const random = new Random(run.options.seed ^ (node * 7919 + 3), 'execution');
  const stamp = new Stamp(run.epochMs);
  const file = tree.open(path, 'compute', { node: run.nodes[node]?.name });
  const z = (ms: number, text: string): void => file.add(`${stamp.plain(ms).replace(' ', 'T')}Z ${text}\n`);
  z(PULL_MS, 'Starting the output watcher.');
  z(PULL_MS + 900, 'Pulling the image from the registry contoso.azurecr.io.');
  const image = random.hex(32);
  file.add(`latest: Pulling from azureml/azureml_${image}\n`);
  const layers = Array.from({ length: 9 }, () => random.hex(12));
  for (const layer of layers) file.add(`${layer}: Pulling fs layer\n`);
  for (const layer of layers) file.add(`${layer}: Verifying Checksum\n${layer}: Download complete\n`);
  for (const layer of layers) file.add(`${layer}: Pull complete\n`);
  file.add(
    `Digest: sha256:${random.hex(64)}\nStatus: Downloaded newer image for contoso.azurecr.io/azureml/azureml_${image}:latest\n`,
  );
  z(PREP_MS - 4000, 'Starting the container.');
  z(PREP_MS - 900, 'The container is ready.');
  file.close();
}

/** Writes the job preparation log, which ends here if mounting or downloading fails. */
function prepLog(tree: SampleTree, run: SimulatedRun, path: string, node: number): void {
  const stamp = new Stamp(run.epochMs);
  const file = tree.open(path, 'compute', { node: run.nodes[node]?.name });
  const at = (ms: number, text: string): void =>
    file.add(`[${stamp.iso(PREP_MS + ms, (ms * 37 + 549) % 1000)}] ${text}\n`);
  const { prelude } = run.scenario;
  const isFailing = node === 0 || run.options.seed % 2 === 0;
  at(0, 'Entering job preparation.');
  at(838, 'Starting job preparation.');
  at(839, 'Extracting the control code.');
  at(857, 'fetching and extracting the control code on master node.');
  at(1599, 'Start fetching snapshots.');
  if (prelude === 'download_failed' && isFailing) {
    if (node === 0) file.mark();
    at(
      62_310,
      `Download failed: snapshot ${run.runId}: HTTP 403 from https://contosoml.blob.core.windows.net/azureml/… (AuthorizationFailure) after 5 tries.`,
    );
    file.add(
      'Traceback (most recent call last):\n  File "/mnt/batch/tasks/startup/wd/job_prep.py", line 118, in fetch_snapshots\n    download(url, target)\n  File "/mnt/batch/tasks/startup/wd/job_prep.py", line 77, in download\n    response.raise_for_status()\nrequests.exceptions.HTTPError: 403 Client Error: AuthorizationFailure\n',
    );
    at(62_900, 'Job preparation failed with exit code 1.');
    file.close();
    return;
  }
  at(4100, 'Finished fetching snapshots.');
  at(4200, 'Start fetching and mounting data.');
  if (prelude === 'mount_failed' && isFailing) {
    if (node === 0) file.mark();
    at(
      64_700,
      'Mount failed: input_images: cannot mount the datastore workspaceblobstore at /mnt/batch/tasks/shared/LS_root/mounts/input_images: authentication failed (invalid account key).',
    );
    file.add('fuse: mountpoint is not empty\nfuse: if you are sure this is safe, use the nonempty mount option\n');
    at(65_000, 'Job preparation failed with exit code 1.');
    file.close();
    return;
  }
  at(9300, 'Mounted input_images.');
  at(9800, 'Job preparation is complete.');
  file.close();
}

function executionStates(tree: SampleTree, run: SimulatedRun): void {
  const stamp = new Stamp(run.epochMs);
  const z = (ms: number, text: string): string => `[${stamp.plain(ms)}Z] ${text}\n`;
  let text = z(QUEUE_MS, 'Experiment: défaut-scoring') + z(QUEUE_MS, `Run Id:     ${run.runId}`);
  text += z(QUEUE_MS + 8000, 'Job is running, job runstatus is Queued');
  text += z(PREP_MS - 30_000, 'Job is running, job runstatus is Preparing');
  if (run.scenario.prelude !== 'mount_failed' && run.scenario.prelude !== 'download_failed') {
    text += z(-800, 'Job is running, job runstatus is Running');
  }
  if (run.scenario.status !== 'running') {
    const word = { succeeded: 'Completed', failed: 'Failed', cancelled: 'Canceled', running: 'Running' }[
      run.scenario.status
    ];
    const isEarly = run.scenario.prelude === 'mount_failed' || run.scenario.prelude === 'download_failed';
    text += z(isEarly ? -20_000 : run.driverEndMs + 9000, `Job ended, job runstatus is ${word}`);
  }
  tree.text('logs/azureml/executionlogs.txt', 'compute', text);
}

function sdkLogs(tree: SampleTree, run: SimulatedRun): void {
  const stamp = new Stamp(run.epochMs);
  const pid = run.nodes[0]?.mainPid ?? 100;
  const file = tree.open(`logs/azureml/${pid}_azureml.log`, 'sdk', { node: run.nodes[0]?.name, pid });
  const names = [
    'azureml._run_impl.run_history_facade',
    'azureml.core.run',
    'azureml._restclient.clientbase',
    'azureml.FileUploader',
  ];
  const last = run.stop.reason === 'cut' ? run.stop.atMs : run.driverEndMs;
  let n = 0;
  for (let ms = 200; ms < last && n < 4000; ms += 4700) {
    n++;
    file.line(
      `${stamp.asctime(ms)}|${names[n % 4]}|DEBUG|[${n % 3 === 0 ? 'Start' : 'Stop'}] flush of metrics, ${n % 5} queued\n`,
    );
  }
  file.close();
  let json = '';
  for (let i = 0; i < 12; i++) {
    json += `{"asctime": "${stamp.asctime(300 + i * 900)}", "name": "dprep.engine", "levelname": "INFO", "message": "request ${i} done", "activity": ${i % 3 === 0 ? 'null' : `"a${i}"`}}\n`;
  }
  tree.text('logs/azureml/dataprep/backgroundProcess.log', 'sdk', json);
  tree.text('logs/azureml/dataprep/backgroundProcess_Telemetry.log', 'sdk', '');
  tree.text(
    'logs/azureml/dataprep/rslex.log',
    'sdk',
    `${stamp.iso(410, 22)} INFO main rslex::mount: cache 0 of 64 blocks\n${stamp.iso(910, 1)}  WARN main rslex::http: slow response (1.9 s)\n`,
  );
}

/** Writes `azureml-logs/` and `logs/azureml/`. */
export function renderCompute(tree: SampleTree, run: SimulatedRun): void {
  const { prelude } = run.scenario;
  const isEarly = prelude === 'mount_failed' || prelude === 'download_failed';
  tree.text(
    'azureml-logs/20_image_build_log.txt',
    'compute',
    'Step 1/15 : FROM mcr.microsoft.com/azureml/base:latest\n ---> 93a72e6bd1ce\n\nStep 2/15 : USER root\nSuccessfully built 93a72e6bd1ce\n',
  );
  for (const node of run.nodes)
    executionLog(tree, run, `azureml-logs/55_azureml-execution-${node.host}_d.txt`, node.index);
  for (const node of run.nodes) prepLog(tree, run, `azureml-logs/65_job_prep-${node.host}_d.txt`, node.index);
  const stamp = new Stamp(run.epochMs);
  if (!isEarly) {
    const isNumbered = run.options.layout !== '1' && run.options.nodes > 1;
    renderDriver(tree, run, isNumbered ? 'azureml-logs/70_driver_log_0.txt' : 'azureml-logs/70_driver_log.txt');
    for (const node of isNumbered ? run.nodes.slice(1) : []) {
      tree.text(
        `azureml-logs/70_driver_log_${node.index}.txt`,
        'driver',
        `[${stamp.plain(node.startMs)}.118204] The driver starts as a worker on ${node.ip}.\n`,
        { node: node.name },
      );
    }
    if (run.stop.reason !== 'cut') {
      for (const node of run.nodes) {
        if (node.lostMs !== null) continue;
        const ms = run.driverEndMs + 3000;
        tree.text(
          `azureml-logs/75_job_post-${node.host}_d.txt`,
          'compute',
          `[${stamp.iso(ms, 441)}] Entering job release.\n[${stamp.iso(ms + 800, 10)}] Unmounting the inputs.\n[${stamp.iso(ms + 1900, 7)}] Job release is complete.\n`,
          { node: node.name },
        );
      }
    }
  }
  tree.text(
    'azureml-logs/process_info.json',
    'compute',
    `{"amlcompute": {"nodes": ${run.options.nodes}, "dedicated": true}}`,
  );
  const code = run.scenario.status === 'succeeded' ? 0 : 1;
  tree.text(
    'azureml-logs/process_status.json',
    'compute',
    run.scenario.status === 'running' ? '' : `{"job": {"exit_code": ${code}}}`,
  );
  executionStates(tree, run);
  if (!isEarly) sdkLogs(tree, run);
}
