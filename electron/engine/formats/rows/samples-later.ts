/** Lines of the later generations with what they must yield (README.md#generations). */
import type { FormatSample } from './format-row.ts';

const at = (iso: string): number => Date.parse(iso) * 1000;

export const progressOverviewSamples: FormatSample[] = [
  {
    path: 'logs/job_progress_overview.2021041522.txt',
    lines: [
      '2021-04-15T22:03:32.226929 Start the simulator.',
      '2021-04-15T22:03:34.285780 The overviewer on 10.0.0.4 started.',
      '2021-04-15T22:03:54.767763 Scheduling finished. Scheduled 276 mini batches in 22 seconds. There are 276 tasks with 551 items.',
      '2021-04-15T22:03:54.899666 No task has been processed yet.',
      '2023-05-16T22:20:53.233813 Processed 4117 of 20000 mini batches in 5:02:14. Estimated remaining time 19:25:59.',
      '2023-05-16T22:22:08 The overviewer on 7 stopped.',
    ],
    yields: [
      { event: 'run', type: 'phase', name: 'overviewer started', node: '10.0.0.4' },
      { event: 'run', type: 'scheduling_finished', scheduled: 276, total: 276, items: 551, value: 22 },
      { event: 'run', type: 'progress', processed: 0 },
      {
        event: 'run',
        type: 'progress',
        processed: 4117,
        total: 20_000,
        value: 69_959,
        atUs: at('2023-05-16T22:20:53.233Z') + 813,
      },
      { event: 'run', type: 'phase', name: 'overviewer stopped', node: '7', atUs: at('2023-05-16T22:22:08Z') },
    ],
  },
  {
    path: 'logs/job_progress_overview.20200801.txt',
    lines: [
      '2020-08-01T10:00:00.000001 User program failed with EntryScriptException: Job failed with entry script error No progress update in 11190 seconds. Updated: False. Detail: Processed 31 of 11973 mini batches.',
      'The run() function in the entry script had raised exception for 237 times. Please check logs at logs/user/error/* for details.',
      "  * Error ''AutoML_5131f894-...'' occurred 52 times.",
    ],
    yields: [
      { event: 'run', type: 'failure', line: 1 },
      { event: 'run', type: 'cause', name: 'run_exception', value: 237, line: 2 },
      { event: 'run', type: 'cause', name: 'error', value: 52, message: "'AutoML_5131f894-...'", line: 3 },
    ],
  },
];

export const resultSamples: FormatSample[] = [
  {
    path: 'logs/job_result.txt',
    lines: [
      'The run() function in the entry script had raised exception for 237 times. Please check logs at logs/user/error/* for details.',
      '',
      "  * Error 'bad' occurred 2 times.",
    ],
    yields: [
      { event: 'run', type: 'failure', line: 1 },
      { event: 'run', type: 'cause', line: 3, name: 'error', value: 2, message: 'bad' },
      { event: 'run', type: 'result', name: 'failed' },
    ],
  },
  { path: 'logs/joberror_20230716.txt' },
  { path: 'logs/user/job_error.txt' },
];

export const masterRoleSamples: FormatSample[] = [
  {
    path: 'logs/sys/master_role.2020100901.txt',
    lines: [
      '2020-10-09 01:38:51,269|INFO|356|140501711763200|Start scheduling.',
      '2020-10-09 01:38:51,288|INFO|356|140501711763200|The task provider type is FileDatasetProvider.',
      "2020-10-09 01:38:51,830|INFO|356|140501711763200|Input folders ['/mnt/input_1m'], from index 0.",
      '2020-10-09 01:43:13,674|INFO|356|140501711763200|Save checkpoint for folder 0, offset 0, task_id 0, total_items 1, finished=False.',
      '2020-10-09 01:43:16,124|INFO|356|140501711763200|10.0.0.6: setting job stage to FIRST_TASK_SCHEDULED, reason: The first task created at 2020-10-09 01:43:16.124027.',
      '2021-10-09 01:43:17,124|ERROR|356|140501711763200|The master role failed with error: There is no succeeded mini batch item returned from run(). Detail: Traceback (most recent call last):',
      '  File "/azureml-envs/lib/python3.6/site-packages/azureml_sys/parallel_run/master_role.py", line 420, in finish_job',
      '    self.check()',
      'azureml_common.parallel_run.exception.NoResultToAppendError: There is no succeeded mini batch item.',
    ],
    yields: [
      { event: 'run', type: 'scheduling_started', atUs: at('2020-10-09T01:38:51.269Z') },
      { event: 'run', type: 'setting', name: 'taskProvider', message: 'FileDatasetProvider' },
      { event: 'run', type: 'setting', name: 'inputFolders', message: "['/mnt/input_1m']" },
      { event: 'run', type: 'first_task', node: '10.0.0.6' },
      { event: 'run', type: 'failure', line: 6 },
      { event: 'error', level: 4, chain: ['NoResultToAppendError'] },
    ],
  },
  { path: 'logs/sys/master_role.txt' },
];

export const nodeLogSamples: FormatSample[] = [
  {
    path: 'logs/sys/node/3/process007.txt',
    node: '3',
    process: 'process007',
    lines: [
      '2022-08-09 10:00:00,000|INFO|188|140501711763200|Process 7: start processing thread.',
      '2022-08-09 10:01:30,300|ERROR|188|140501711763200|{"id": 17, "dequeue_count": 2, "ip": "10.0.0.4", "pid": 188, "start_time": 1660039200.0, "run_method_duration": 90.25895500183105, "status": "RUN_TIMEOUT"}',
      '2022-08-09 10:01:31,300|ERROR|188|140501711763200|stderr: terminate called without an active exception',
    ],
    yields: [
      { event: 'process', type: 'started', node: '3', process: 'process007', pid: 188 },
      { event: 'run', type: 'node_joined', node: '3', name: '10.0.0.4' },
      {
        event: 'task',
        source: 'worker_log',
        type: 'timed_out',
        miniBatchId: '17',
        node: '3',
        pid: 188,
        dequeueCount: 2,
        runMethodSeconds: 90.25895500183105,
        status: 'RUN_TIMEOUT',
        startUs: at('2022-08-09T10:00:00Z'),
      },
      { event: 'error', level: 4, miniBatchId: '17' },
      { event: 'error', message: 'stderr: terminate called without an active exception' },
    ],
  },
  { path: 'logs/sys/node/10.0.0.4/process000.txt', node: '10.0.0.4', process: 'process000' },
  { path: 'logs/sys/node/process000.txt', process: 'process000' },
];

export const issueSamples: FormatSample[] = [
  {
    path: 'logs/sys/error/0/process000.txt',
    node: '0',
    process: 'process000',
    lines: [
      '2022-08-09 10:01:30,300|ERROR|188|140501711763200|{"id": 17, "run_method_duration": 90.25895500183105, "status": "RUN_TIMEOUT"}',
    ],
    yields: [{ event: 'task', source: 'error_log', type: 'timed_out', miniBatchId: '17', node: '0', pid: 188 }],
  },
];

export const userErrorSamples: FormatSample[] = [
  {
    path: 'logs/user/error/3/process007.txt',
    node: '3',
    process: 'process007',
    lines: [
      '2022-08-09 10:01:30,300|ERROR|188|140501711763200|Entry script init() failed for ModuleNotFoundError. Details Traceback (most recent call last):',
      '  File "/mnt/batch/entry/score.py", line 3, in init',
      '    import missing',
      "ModuleNotFoundError: No module named 'missing'",
    ],
    yields: [
      { event: 'process', type: 'init_failed', node: '3', process: 'process007', pid: 188 },
      { event: 'error', level: 4, chain: ['ModuleNotFoundError'], message: "No module named 'missing'" },
    ],
  },
];

export const miniBatchSamples: FormatSample[] = [
  {
    path: 'logs/sys/job_report/processed_mini-batches.csv',
    lines: [
      'Mini-batch Id,Picked Count,Process,Start Time,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds,Status,Error Category,Error Message,Mini-batch Detail',
      ',,3_process007,2020-10-24T02:59:03.227237,,,,0.3,,,LOAD_DONE,,,',
      '17,2,3_process007,2020-10-24T02:59:04.227237,10,9,1,2.5,2.25,2.0,RUN_DONE,,,"{""id"": 17}"',
      '18,1,188,2020-10-24T02:59:04.227237,10,0,10,60.5,1.0,60.0,RUN_TIMEOUT,User,too slow,',
      '19,1,0_process001_22796,2020-10-24T02:59:05.227237,10,10,0,1.5,1.0,1.0,RUN_DONE,,,',
    ],
    yields: [
      {
        event: 'task',
        source: 'report',
        type: 'processed',
        line: 3,
        miniBatchId: '17',
        dequeueCount: 2,
        node: '3',
        process: 'process007',
        total: 10,
        succeeded: 9,
        failed: 1,
        durationSeconds: 2.5,
        processSeconds: 2.25,
        runMethodSeconds: 2,
        status: 'RUN_DONE',
        startUs: at('2020-10-24T02:59:04.227Z') + 237,
      },
      { event: 'task', type: 'timed_out', miniBatchId: '18', pid: 188, error: 'too slow' },
      { event: 'task', type: 'processed', miniBatchId: '19', node: '0', process: 'process001', pid: 22796 },
    ],
  },
  {
    path: 'logs/sys/job_report/processed_mini-batches.csv',
    lines: [
      'Mini-batch Id,Ip Address,Process,Status',
      '17,10.0.0.4,3_process007_188,RUN_DONE',
      '18,10.0.0.4,3_process007_188,RUN_DONE',
    ],
    yields: [
      { event: 'run', type: 'node_joined', line: 2, node: '10.0.0.4', name: '3' },
      { event: 'task', miniBatchId: '17', node: '10.0.0.4', process: 'process007', pid: 188 },
      { event: 'task', miniBatchId: '18', node: '10.0.0.4', process: 'process007', pid: 188 },
    ],
  },
  {
    path: 'logs/sys/job_report/processed_mini-batches.csv',
    lines: ['MINI_BATCH_ID,Process Start Time,"Other",status', '17,2020-10-24 02:59:04,x,ProgressStatus.RUN_EXCEPTION'],
    yields: [{ event: 'task', type: 'failed', miniBatchId: '17', startUs: at('2020-10-24T02:59:04Z') }],
  },
];

export const progressTableSamples: FormatSample[] = [
  {
    path: 'logs/sys/metrics/20201024025904/progress.csv',
    lines: [
      'Datetime,Total Tasks,Scheduled Tasks,Completed Tasks,Failed Tasks,Elapsed Time,Estimated Remaining Time',
      '2020-10-24T02:59:04.227237,N/A,40,7,1,0:00:10,N/A',
    ],
    yields: [{ event: 'run', type: 'progress', total: null, scheduled: 40, processed: 7, value: null }],
  },
];

export const resourceSamples: FormatSample[] = [
  {
    path: 'logs/sys/perf/10.0.0.4/node_resource_usage.csv',
    node: '10.0.0.4',
    lines: [
      "Utc Time,Cpu Percent,Memory Total (MB),Disk Io Read (MB),Network Recv (MB),'#' of TCP Connections,Gpu Load",
      '2021-04-15T22:03:31.202000,15.6,2,1.5,3,41,0.5',
    ],
    yields: [
      { event: 'samples', node: '10.0.0.4', process: null, metric: 'cpu_percent', unit: '%', values: [15.6] },
      { event: 'samples', node: '10.0.0.4', metric: 'memory_total', unit: 'bytes', values: [2_097_152] },
      { event: 'samples', node: '10.0.0.4', metric: 'disk_read_bytes', unit: 'bytes', values: [1_572_864] },
      { event: 'samples', node: '10.0.0.4', metric: 'network_received_bytes', unit: 'bytes', values: [3_145_728] },
      { event: 'samples', node: '10.0.0.4', metric: 'tcp_connections', values: [41] },
      { event: 'samples', node: '10.0.0.4', metric: 'gpu_load', values: [0.5] },
    ],
  },
];

export const laterResourceSamples: FormatSample[] = [
  {
    path: 'logs/perf/3/processes_resource_usage.csv',
    node: '3',
    lines: [
      'Utc Time,Process Name,Pid,Cpu Percent,Memory Rss (MB)',
      '2023-05-16T17:18:40,process000,188,41.9,1',
      '2023-05-16T17:18:40,process001,193,61.4,2',
    ],
    yields: [
      { event: 'samples', node: '3', process: 'process000', metric: 'cpu_percent', values: [41.9] },
      { event: 'samples', node: '3', process: 'process001', metric: 'memory_used', unit: 'bytes', values: [2_097_152] },
    ],
  },
  {
    path: 'logs/perf/3/node_disk_usage.csv',
    node: '3',
    lines: [
      'Utc Time,Mount Point,Total (MB),Used Percent',
      '2023-05-16T17:18:37,/,1,36.8',
      '2023-05-16T17:18:37,/mnt,2,61.0',
    ],
    yields: [
      { event: 'samples', node: '3', metric: 'disk_total:/', unit: 'bytes', values: [1_048_576] },
      { event: 'samples', node: '3', metric: 'disk_used_percent:/mnt', unit: '%', values: [61] },
    ],
  },
  { path: 'logs/perf/3/node_resource_usage.csv', node: '3' },
];

export const driverSamples: FormatSample[] = [
  {
    path: 'azureml-logs/70_driver_log.txt',
    lines: [
      'Azure Machine Learning Batch Inference Start',
      "Preparing to call script [driver/amlbi_main.py] with arguments:['--client_sdk_version', '1.43.0', '--first_task_creation_timeout', '518400', '--batch_size=20', '--copy_logs_to_parent']",
      '[2026-03-25 17:32:18.918602] No started flag set. Skip creating started flag.',
      "No module named 'pkg_resources'",
      'Azure Machine Learning Batch Inference End',
      'Cleaning up all outstanding Run operations, waiting 300.0 seconds',
      'Traceback (most recent call last):',
      '  File "driver/amlbi_main.py", line 275, in <module>',
      '    main()',
      '  File "driver/amlbi_main.py", line 226, in main',
      '    sys.exit(exitcode_candidate)',
      'SystemExit: 42',
    ],
    yields: [
      { event: 'run', type: 'run_started', line: 1, atUs: null },
      { event: 'run', type: 'setting', name: 'first_task_creation_timeout', value: 518_400 },
      { event: 'run', type: 'setting', name: 'batch_size', value: 20 },
      { event: 'run', type: 'setting', name: 'copy_logs_to_parent', message: 'true' },
      { event: 'run', type: 'cause', name: 'import_error', line: 4, message: "No module named 'pkg_resources'" },
      { event: 'run', type: 'run_ended', line: 5, atUs: at('2026-03-25T17:32:18.918Z') + 602 },
      { event: 'run', type: 'driver_exit', value: 42, line: 12 },
      { event: 'error', chain: ['SystemExit'], message: '42' },
    ],
  },
  {
    path: 'azureml-logs/70_driver_log_1.txt',
    lines: [
      "[2023-05-16T22:20:00.000000] The run's status is Running.",
      'ORTE has lost communication with a remote daemon.',
      '',
      '  HNP daemon   : [[27310,0],0] on node 6f1c',
      '  Remote daemon: [[27310,0],2] on node 10.0.0.6',
      '',
      '[2023-05-16T22:20:09.000000] The launcher ended with exit code 1.',
    ],
    yields: [
      { event: 'run', type: 'node_left', line: 2, node: '10.0.0.6', atUs: at('2023-05-16T22:20:00Z') },
      { event: 'run', type: 'driver_exit', value: 1, line: 7 },
    ],
  },
];

export const preparationSamples: FormatSample[] = [
  {
    path: 'azureml-logs/65_job_prep-tvmps_1f2e_d.txt',
    lines: [
      '[2021-04-20T04:54:12.739549] Entering job preparation.',
      '[2021-04-20T04:54:13.577504] Extracting the control code.',
      '[2021-04-20T04:54:13.595806] fetching and extracting the control code on master node.',
      '[2021-04-20T04:54:14] process exited with exit code 1',
    ],
    yields: [
      { event: 'run', type: 'phase', name: 'Entering job preparation', atUs: at('2021-04-20T04:54:12.739Z') + 549 },
      { event: 'run', type: 'phase', name: 'Extracting the control code' },
      { event: 'run', type: 'phase', name: 'exit', value: 1 },
    ],
  },
];

export const executionSamples: FormatSample[] = [
  {
    path: 'logs/azureml/executionlogs.txt',
    lines: [
      '[2019-11-22 15:50:54Z] Experiment: ret-master',
      '[2019-11-22 15:50:54Z] Run Id:     75ba19c6-aaaa',
      '[2019-11-22 15:51:02Z] Job is running, job runstatus is Queued',
      '[2019-11-22 15:53:02Z] Job is running, job runstatus is Queued',
      '[2019-11-22 15:56:15Z] Job is running, job runstatus is Running',
    ],
    yields: [
      { event: 'run', type: 'setting', name: 'experiment', message: 'ret-master' },
      { event: 'run', type: 'setting', name: 'runId', message: '75ba19c6-aaaa' },
      { event: 'run', type: 'phase', name: 'Queued', line: 3 },
      { event: 'run', type: 'phase', name: 'Running', atUs: at('2019-11-22T15:56:15Z') },
    ],
  },
];
