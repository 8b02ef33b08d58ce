/**
 * Small runs of every kind that the verdict must get right, each with a careful person's
 * conclusions. Written for these tests.
 */
import type { WrittenRun } from './written-run.ts';

const end = `Azure Machine Learning Batch Inference End
Cleaning up all outstanding Run operations, waiting 300.0 seconds
1 items cleaning up...
Cleanup took 0.1 seconds
`;
const start = `Azure Machine Learning Batch Inference Start
[2023-03-08 11:00:00.100000] No started flag set. Skip creating started flag.
`;
const exit42 = `Traceback (most recent call last):
  File "driver/amlbi_main.py", line 275, in <module>
    main()
  File "driver/amlbi_main.py", line 226, in main
    sys.exit(exitcode_candidate)
SystemExit: 42
`;
const console42 = `${start}${end}${exit42}`;
const consoleGood = `${start}${end}`;
const traceback = (last: string) => `Traceback (most recent call last):
  File "driver/amlbi_main.py", line 48, in <module>
    main()
  File "driver/amlbi_main.py", line 44, in main
    JobStarter().start_job()
${last}
`;
const scheduled = `2023-03-08T11:00:02.114203 Start the simulator.
2023-03-08T11:00:06.006155 Scheduling finished. Scheduled 5 mini batches in 2 seconds. There are 5 tasks with 50 items.
`;
const processed = `${scheduled}2023-03-08T11:02:00.903377 All 5 mini batches have been processed.
2023-03-08T11:02:01.004412 Progress update stopped for reasons: ['All 5 mini batches have been processed.'].
`;
const good = `${processed}2023-03-08T11:02:02.220781 The ParallelRunStep processed all mini batches. There are 5 mini batches with 50 items. Processed 5 mini batches containing 50 items, 50 succeeded, 0 failed. The error threshold is -1.
`;
const overview = 'logs/job_progress_overview.20230308110002.txt';
const std = 'user_logs/std_log_0.txt';
const old = 'azureml-logs/70_driver_log.txt';

export const writtenRuns: readonly WrittenRun[] = [
  {
    name: 'a list of errors with only its header',
    files: {
      [std]: consoleGood,
      [overview]: good,
      'logs/user/job_error.20230308.txt':
        '2023-03-08T11:00:03.1 The errors of the entry script are listed in this file; they do not necessarily affect the result.\n',
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'a tolerated entry of a list of errors',
    files: {
      [std]: consoleGood,
      [overview]: good,
      'logs/job_error.txt': `2023-03-08T11:00:03.1 This file contains errors. They may not affect the job.
2023-03-08T11:00:31.1 The process003 on node 2 failed with error: Traceback (most recent call last):
  File "tides.py", line 8, in run
    return read(path)
UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff
.
`,
    },
    status: 'succeeded',
    cause: [null],
    finding: /UnicodeDecodeError.*process003 on node 2/,
  },
  {
    name: 'user errors of a run that ended well',
    files: {
      [std]: consoleGood,
      [overview]: good,
      'logs/user/error/0/process001.txt': `2023-03-08 11:00:40,205|ERROR|40|1402|Entry script run() failed for 7. Details Traceback (most recent call last):
  File "tides.py", line 8, in run
    return seas[7]
IndexError: 7
`,
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'a driver without memory',
    files: {
      [old]: `[2021-02-09 14:05:10.1] Azure Machine Learning Batch Inference Start\n${traceback('MemoryError')}`,
    },
    status: 'failed',
    cause: ['out_of_memory'],
    says: /^MemoryError$/,
  },
  {
    name: 'an exception of a class never seen before, in Korean',
    files: { [std]: `${start}${end}${traceback('요금오류: 2023년 요금표가 없습니다')}` },
    status: 'failed',
    cause: ['unknown'],
    says: /요금오류: 2023년 요금표가 없습니다/,
  },
  {
    name: 'an exception of a module, with several lines after it',
    files: {
      [std]: `${start}${traceback(`azure.core.exceptions.HttpResponseError: (QuotaExceeded) The quota is exceeded.
Content: {"error": {"code": "QuotaExceeded", "message": "The quota is exceeded, see https://example.org/quota for more of this"}}`)}Cleanup took 0.1 seconds\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /HttpResponseError/,
  },
  {
    name: 'arguments that the driver refuses',
    files: {
      [std]: `${start}usage: main.py [-h] --table TABLE
               [--limit LIMIT]
main.py: error: argument --limit: invalid int value: 'ten'
`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /invalid int value/,
  },
  {
    name: 'a driver that was killed',
    files: { [std]: `${start}/tmp/run.sh: line 4:    71 Killed                  python driver/amlbi_main.py "$@"\n` },
    status: 'failed',
    cause: ['process_killed', 'out_of_memory'],
    says: /Killed/,
  },
  {
    name: 'a traceback that was caught, with lines after it',
    files: {
      [std]: `${start}${traceback('ConnectionResetError: [Errno 104] Connection reset by peer')}The cache is not used.\n${end}`,
      [overview]: good,
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'exit 42, the reason in the log of the master',
    files: {
      [std]: console42,
      'logs/sys/master_role.0.txt': `2023-03-08 11:00:02,900|INFO|31|1402|Start scheduling.
2023-03-08 11:00:03,100|ERROR|31|1402|The master role failed with error: the table has no column 'id'. Detail: Traceback (most recent call last):
  File "azureml_sys/parallel_run/provider.py", line 9, in read
    raise KeyError(name)
KeyError: 'id'
`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /KeyError: 'id'/,
  },
  {
    name: 'exit 42, the reason as JSON',
    files: {
      [std]: console42,
      'logs/user/error.txt': `2023-03-08 11:00:09,100|ERROR|31|1402|{"module": "tides", "name": "ValueError", "message": "no tide at noon", "formatted_traceback": "Traceback (most recent call last):\\n  File \\"tides.py\\", line 31, in init\\n    check(noon)\\nValueError: no tide at noon"}
`,
    },
    status: 'failed',
    cause: ['init_failed', 'unknown'],
    says: /ValueError: no tide at noon/,
    frame: 'tides.py',
  },
  {
    name: 'exit 42, the reason printed by the driver',
    files: {
      [std]: `${start}Error Code: ScriptExecution.StreamAccess.NotFound
Native Error: error in streaming from input data sources
Error Message: The requested stream was not found. Please make sure the request uri is correct.| session_id=1
${end}${exit42}`,
    },
    status: 'failed',
    cause: ['download_failed', 'mount_failed', 'no_input', 'unknown'],
    never: /^SystemExit/,
    shows: 'StreamAccess.NotFound',
  },
  {
    name: 'exit 42 and nothing else',
    files: { [std]: console42 },
    status: 'failed',
    cause: ['unknown'],
    says: /do not say why/,
  },
  {
    name: 'a disk that was full after the work was done',
    files: {
      [std]: console42,
      [overview]: processed,
      'logs/sys/error/0/_main.txt': `2023-03-08 11:02:05,410|ERROR|31|1402|Concatenation failed: [Errno 28] No space left on device
`,
    },
    status: 'failed',
    cause: ['disk_full'],
    never: /have been processed/,
  },
  {
    name: 'nodes that were taken away',
    files: {
      [std]: start,
      [overview]: scheduled,
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Running
[2023-03-08 11:04:52Z] The low-priority nodes of the job were preempted.
[2023-03-08 11:04:55Z] Job ended, job runstatus is Failed
`,
    },
    status: 'failed',
    cause: ['node_lost'],
    says: /preempted/,
  },
  {
    name: 'a job that is marked failed after its work was done',
    files: {
      [std]: consoleGood,
      [overview]: good,
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Running
[2023-03-08 11:04:55Z] Job ended, job runstatus is Failed
`,
    },
    status: 'failed',
    cause: ['unknown'],
  },
  {
    name: 'nodes that were taken away and came back',
    files: {
      [std]: consoleGood,
      [overview]: good,
      'logs/azureml/executionlogs.txt': `[2023-03-08 10:59:00Z] Nodes of this job got pre-empted.
[2023-03-08 11:00:00Z] Job is running, job runstatus is Running
`,
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'a second try that failed otherwise than the first',
    files: {
      'user_logs/std_log.txt': `${start.replaceAll('11:00', '10:00')}${traceback('ConnectionError: refused')}`,
      'user_logs/retry_001/std_log.txt': `${start}${traceback("LookupError: no zone 'b'")}`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /LookupError/,
    finding: /started the job 2 times.*ConnectionError/,
  },
  {
    name: 'run() of an entry of a list of errors, of the first generation',
    files: {
      [old]: `[2020-05-06 05:50:21.1] Azure Machine Learning Batch Inference Start\n${exit42}`,
      'logs/job_error.txt': `2020-05-06T05:51:00.1 The Process-3 on node 10.0.0.5 failed with error: Traceback (most recent call last):
  File "/mnt/batch/tides.py", line 44, in run
    raise Ebb(day)
Ebb: no water on day 3
.
`,
    },
    status: 'failed',
    cause: ['run_exception'],
    node: '10.0.0.5',
    says: /^Ebb: no water on day 3$/,
    frame: '/mnt/batch/tides.py',
  },
  {
    name: 'a mount that was refused',
    files: {
      [old]: `Initialize DatasetContextManager.
Set Dataset seas's target path to /tmp/seas
Dataset initialization failed: MountError: Unable to mount the file system; permission denied
`,
    },
    status: 'failed',
    cause: ['mount_failed'],
  },
  {
    name: 'timeouts before no progress',
    files: {
      [old]: `[2021-02-09 14:05:10.1] Azure Machine Learning Batch Inference Start
${traceback(`EntryScriptException: Job failed with entry script error No progress update in 900 seconds. Detail: Processed 2 of 80 mini batches.
The run() function in the entry script had timeout for 9 times. Please increase --run_invocation_timeout and try again.`)}`,
    },
    status: 'failed',
    cause: ['run_timeout'],
    says: /had timeout for 9 times/,
  },
  {
    name: 'exceptions of init() before no progress',
    files: {
      [std]: console42,
      'logs/job_result.txt': `2023-03-08T11:05:33.4 The init() function in the entry script had raised exception for 6 times. Please check logs at logs/user/error/* for details.
Failed. Entry script error. No progress update in 240 seconds.
`,
    },
    status: 'failed',
    cause: ['init_failed'],
  },
  {
    name: 'a daemon that the launcher lost',
    files: {
      'azureml-logs/70_driver_log_0.txt': `[2021-02-09 14:05:10.1] Azure Machine Learning Batch Inference Start
PRTE has lost communication with a remote daemon.

  HNP daemon   : [prterun-a@0,0] on node 10.0.0.7
  Remote daemon: [prterun-a@0,2] on node 10.0.0.9

This is usually due to either a failure of the TCP network.
`,
    },
    status: 'failed',
    cause: ['node_lost'],
    node: '10.0.0.9',
  },
  {
    name: 'a process that mpirun noticed',
    files: {
      [std]: `${start}--------------------------------------------------------------------------
mpirun noticed that process rank 2 with PID 871 on node 10.0.0.6 exited on signal 9 (Killed).
--------------------------------------------------------------------------
`,
    },
    status: 'failed',
    cause: ['process_killed', 'out_of_memory'],
    node: '10.0.0.6',
  },
  {
    name: 'an assertion without words',
    files: {
      [std]: console42,
      'logs/user/error/3/process000.txt': `2023-03-08 11:00:21,205|ERROR|40|1402|Entry script run() failed for . Details Traceback (most recent call last):
  File "tides.py", line 17, in run
    assert depth > 0
AssertionError
`,
      'logs/sys/node/3/process000.txt': `2023-03-08 11:00:21,211|ERROR|40|1402|Failed to process task {"id": 1, "dequeue_count": 3, "minibatch": ["b.csv"], "task_type": 1} with error . Detail: Traceback (most recent call last):
  File "tides.py", line 17, in run
    assert depth > 0
AssertionError
`,
    },
    status: 'failed',
    cause: ['run_exception'],
    node: '3',
    says: /^AssertionError$/,
    frame: 'tides.py',
  },
  {
    name: 'an exit in init() whose reason is in stderr',
    files: {
      [std]: console42,
      [overview]: `${scheduled}2023-03-08T11:00:58.220781 The init() function in the entry script had raised exception for 3 times.\n`,
      'logs/user/stderr/4/process001.stderr.txt': `usage: tides.py [-h] [--sea {north,south}]
tides.py: error: argument --sea: invalid choice: 'east' (choose from 'north', 'south')
`,
      'logs/user/error/4/process001.txt': `2023-03-08 11:00:21,205|ERROR|44|1402|Entry script init() failed for 2. Details Traceback (most recent call last):
  File "tides.py", line 12, in init
    args = parser.parse_args()
SystemExit: 2
`,
    },
    status: 'failed',
    cause: ['init_failed'],
    node: '4',
    says: /SystemExit: 2 in init\(\).*invalid choice/,
  },
  {
    name: 'more results than items',
    files: {
      [std]: consoleGood,
      [overview]: good,
      'logs/sys/warning/2/process000.txt': `2023-03-08 11:00:33,700|WARNING|40|1402|run() returned 30 items, which is more than input count 3. Using the input count as succeeded count and continue.
`,
    },
    status: 'succeeded',
    cause: [null],
    finding: /more items than it was given/,
    shows: undefined,
  },
  {
    name: 'an image that could not be pulled',
    files: {
      'azureml-logs/55_azureml-execution-tvmps_77_d.txt': `2021-02-09T14:01:10Z Starting output-watcher...
2021-02-09T14:01:12Z Executing 'Copy ACR Details file' on 10.0.0.4
2021-02-09T14:01:13Z Copy ACR Details file succeeded on 10.0.0.4.
2021-02-09T14:02:31Z Login to the registry failed with err: exit status 1,Error response from daemon: unauthorized.
`,
    },
    status: 'failed',
    cause: ['unknown', 'download_failed'],
    says: /unauthorized/,
    never: /before: Starting output-watcher/,
  },
  {
    name: 'what the script printed before its exception',
    files: {
      [std]: console42,
      'logs/user/stdout/1/process002.stdout.txt': `7 boats\nCRITICAL:harbour:the gate is shut\n`,
      'logs/user/error/1/process002.txt': `2023-03-08 11:00:21,205|ERROR|40|1402|Entry script run() failed for nothing. Details Traceback (most recent call last):
  File "boats.py", line 71, in run
    return first(boats)
StopIteration
`,
    },
    status: 'failed',
    cause: ['run_exception', 'unknown'],
    shows: 'the gate is shut',
  },
  {
    name: 'a node where every init() failed',
    files: {
      [std]: consoleGood,
      [overview]: good,
      'logs/sys/node/0/process000.txt': `2023-03-08 11:00:05,104|INFO|40|1402|Process 0: start processing thread.\n`,
      'logs/sys/node/7/process000.txt': `2023-03-08 11:00:06,104|INFO|50|1402|Process 0: start processing thread.
2023-03-08 11:00:09,300|ERROR|50|1402|Failed to call scoring init() with error no chart. Detail: Traceback (most recent call last):
  File "tides.py", line 15, in init
    chart()
RuntimeError: no chart
`,
      'logs/user/error/7/process000.txt': `2023-03-08 11:00:09,300|ERROR|50|1402|Entry script init() failed for no chart. Details Traceback (most recent call last):
  File "tides.py", line 15, in init
    chart()
RuntimeError: no chart
`,
    },
    status: 'succeeded',
    cause: [null],
    finding: /Node 7 took no part/,
  },
  {
    name: 'the console of a script that was run alone',
    files: {
      'console.log': `INFO:root:reading 3 files
2 of 3
INFO:root:joining
Traceback (most recent call last):
  File "/home/a/tides.py", line 60, in <module>
    run(files)
  File "/home/a/tides.py", line 41, in run
    return join(rows, how)
  File "/usr/lib/python3.10/site-packages/pandas/core/join.py", line 9, in join
    raise KeyError(key)
KeyError: 'harbour'
`,
    },
    status: 'failed',
    cause: ['run_exception', 'unknown'],
    says: /^KeyError: 'harbour'$/,
    frame: '/home/a/tides.py',
  },
  {
    name: 'the console of a script that got over an exception',
    files: {
      'out.txt': `INFO:root:reading 3 files
Traceback (most recent call last):
  File "tides.py", line 41, in load
    open(path)
FileNotFoundError: [Errno 2] No such file or directory: 'cache'
INFO:root:no cache, reading all
done, 40 rows
`,
    },
    status: 'unknown',
    cause: [null],
  },
  {
    name: 'only warnings of libraries beside an exit code',
    files: {
      [std]: `${start}/opt/x.py:3: DeprecationWarning: old
${end}${exit42}`,
      'logs/sys/error/0/_main.txt':
        '2023-03-08 11:00:01,477|ERROR|27|1402|stderr: /opt/y.py:9: FutureWarning: will change\n',
    },
    status: 'failed',
    cause: ['unknown'],
    never: /Warning/,
  },
];
