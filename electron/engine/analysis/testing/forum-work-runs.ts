/** More of {@link forumRuns}: tables, deaths and memory, clocks, consoles that continue. */
import {
  batchHeader,
  console42,
  end,
  exceeded,
  exit42,
  exits,
  fail,
  good,
  lib,
  main,
  mid,
  nodeTable,
  overview,
  platform,
  runEx,
  scheduled,
  start,
  std,
  traceback,
  userError,
  worker,
} from './forum-words.ts';
import type { WrittenRun } from './written-run.ts';

export const forumWorkRuns: readonly WrittenRun[] = [
  {
    name: 'exceptions that only a table tells',
    files: {
      [overview]: scheduled + exceeded,
      'logs/sys/job_report/processed_mini-batches.csv':
        batchHeader +
        [0, 1, 2]
          .map(
            (i) =>
              `${i},3,1_process002_77,2024-01-10T07:00:1${i}.000000,10,0,10,1.5,1.0,1.2,RUN_EXCEPTION,User,"KeyError: 'reef'",\n`,
          )
          .join(''),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /KeyError: 'reef'/,
    node: '1',
  },
  {
    name: 'timeouts that only a table tells',
    files: {
      [std]: console42,
      [overview]: scheduled + exceeded,
      'logs/sys/job_report/processed_mini-batches.csv':
        batchHeader +
        [0, 1, 2]
          .map((i) => `${i},3,0_process000_70,2024-01-10T07:00:1${i}.000000,10,0,10,60.5,1.0,60.2,RUN_TIMEOUT,User,,\n`)
          .join(''),
    },
    status: 'failed',
    cause: ['run_timeout'],
    node: '0',
  },
  {
    name: 'a death and samples of its node',
    files: {
      [std]: console42,
      [overview]: `${mid}2024-01-10T07:05:00.1 No progress update in 240 seconds.\n`,
      'logs/perf/1/node_resource_usage.csv': nodeTable([30, 40, 55, 70, 85, 94, 97], 10),
      'logs/perf/0/node_resource_usage.csv': nodeTable([30, 30, 31, 30, 30, 30, 30], 10),
      'logs/sys/node/1/process000.txt': `${worker(91, 0)}2024-01-10 07:00:50,000|DEBUG|91|1402|Got task 5.\n`,
      'logs/sys/node/1/_main.txt': `2024-01-10 07:00:04,000|INFO|20|1402|start\n2024-01-10 07:01:02,000|WARNING|20|1402|The process 91 exits with exitcode -9.\n`,
    },
    status: 'failed',
    cause: ['out_of_memory'],
    weaker: ['process_killed', 'no_progress'],
    confidence: ['likely'],
    node: '1',
    says: /97 %/,
  },
  {
    name: 'a death with memory left',
    files: {
      [std]: console42,
      [overview]: `${mid}2024-01-10T07:05:00.1 No progress update in 240 seconds.\n`,
      'logs/perf/1/node_resource_usage.csv': nodeTable([30, 30, 31, 30, 29, 30, 30], 10),
      'logs/sys/node/1/process000.txt': `${worker(91, 0)}2024-01-10 07:00:50,000|DEBUG|91|1402|Got task 5.\n`,
      'logs/sys/node/1/_main.txt': `2024-01-10 07:01:02,000|WARNING|20|1402|The process 91 exits with exitcode -9.\n`,
    },
    status: 'failed',
    cause: ['process_killed'],
    weaker: ['no_progress'],
    node: '1',
    never: /probably out of memory/,
  },
  {
    name: 'much memory in a healthy run',
    files: {
      [std]: start + end,
      [overview]: good,
      'logs/perf/0/node_resource_usage.csv': nodeTable([30, 50, 60, 70, 80, 85, 88], 10),
      'logs/sys/node/0/process000.txt': worker(91, 0) + exits(91, '07:02:02,000'),
    },
    status: 'succeeded',
    cause: [null],
    isHealthy: true,
  },
  {
    name: 'a death and samples of the process',
    files: {
      'azureml-logs/70_driver_log.txt': `[2020-05-06 05:50:00.1] Azure Machine Learning Batch Inference Start\n${end}${exit42}`,
      'logs/overview.txt': `2020-05-06 05:50:04,100|INFO|Scheduling finished. Scheduled 8 mini batches with 80 items in 2 seconds.\n2020-05-06 05:59:00,100|INFO|No progress update in 300 seconds.\n`,
      'logs/sys/worker/10.0.0.5/Process-1.txt': `2020-05-06 05:50:05,104|ParallelRunStep.Worker|INFO|88|Process 1: start processing thread.\n2020-05-06 05:52:00,104|ParallelRunStep.Worker|DEBUG|88|1402|run()|Got task 3.\n`,
      'logs/sys/worker/10.0.0.5/MainProcess.txt': `2020-05-06 05:53:10,104|ParallelRunStep.Worker|INFO|40|The process 88 exits with exitcode -9.\n`,
      'logs/sys/perf/10.0.0.5/Process-1.csv':
        'TIME_STAMP,CPU_PERCENT,CPU_TIMES_USER,CPU_TIMES_SYSTEM,MEMORY_PERCENT,DISK_IO_READ_COUNT,DISK_IO_WRITE_COUNT,DISK_IO_READ_BYTES,DISK_IO_WRITE_BYTES,THREAD_NUM\n' +
        [12, 25, 40, 60, 78]
          .map(
            (v, i) =>
              `2020-05-06T05:5${Math.floor(i / 2) + 1}:${i % 2 ? '40' : '10'}.100000,99.0,1,1,${v}.0,1,1,1,1,9\n`,
          )
          .join(''),
    },
    status: 'failed',
    cause: ['out_of_memory'],
    weaker: ['process_killed', 'no_progress'],
    confidence: ['likely'],
    node: '10.0.0.5',
    says: /78 %/,
  },
  {
    name: 'clocks that differ decide what came first',
    files: {
      [std]: console42,
      [overview]: scheduled + runEx(),
      'logs/sys/master_role.0.txt': [0, 1, 2, 3, 4, 5]
        .map(
          (i) =>
            `2024-01-10 07:01:${10 + i},300|DEBUG|31|1402|Got a message from worker: {"id": ${i}, "dequeue_count": 1, "total": 10, "succeeded": 10, "failed": 0, "ip": "1", "pid": 77, "start_time": ${1704870000 + 70 + i + 120 - 1}.0, "duration": 1.0, "process_time": 1.0, "run_method_time": 1.0, "status": 99}.\n`,
        )
        .join(''),
      'logs/sys/node/1/process000.txt':
        worker(77, 0, '07:02:05') +
        [0, 1, 2, 3, 4, 5]
          .map(
            (i) =>
              `2024-01-10 07:03:${String(9 + i).padStart(2, '0')},000|DEBUG|77|1402|Got task ${i}.\n2024-01-10 07:03:${10 + i},000|DEBUG|77|1402|Batch processing completed. Total count: 10, success count: 10, processing time: 1.0, run method time: 1.0\n`,
          )
          .join('') +
        fail(77, 6, 1, '07:03:30,000', 'node1', traceback([['ships.py', 4, 'run', 'raise E']], 'ValueError: node1')),
      'logs/sys/node/0/process000.txt':
        worker(70, 0) +
        fail(70, 7, 1, '07:02:00,000', 'node0', traceback([['ships.py', 4, 'run', 'raise E']], 'KeyError: node0')),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /ValueError: node1/,
    node: '1',
  },
  {
    name: 'an access error before the first-task timeout',
    files: {
      [std]: console42,
      [overview]: `2024-01-10T07:00:02.1 Start scheduling.\n2024-01-10T07:10:02.1 FirstTaskCreationTimeout: Unable to create any task within 600 seconds.\n`,
      'logs/sys/error/0/_main.txt': `2024-01-10 07:00:30,100|ERROR|25|1402|Failed to list the input: azure.core.exceptions.ClientAuthenticationError: Server failed to authenticate the request.\n`,
    },
    status: 'failed',
    cause: ['first_task_timeout', 'unknown', 'download_failed'],
    shows: 'ClientAuthenticationError',
  },
  {
    name: 'a message of several short lines',
    files: {
      [std]: `${start}${traceback([main, ['/mnt/job/harbour.py', 7, 'plan', 'Settings(**x)']], 'pydantic.error_wrappers.ValidationError: 2 validation errors for Settings\nberths\n  field required (type=value_error.missing)\ntides\n  field required (type=value_error.missing)')}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    exception: 'ValidationError',
    says: /2 validation errors for Settings/,
    frame: '/mnt/job/harbour.py',
  },
  {
    name: 'advice of a library below an exception',
    files: {
      [std]: `${start}${traceback([main, ['/mnt/job/harbour.py', 7, 'plan', 'x.cuda()']], 'RuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.\nFor debugging consider passing CUDA_LAUNCH_BLOCKING=1.\nCompile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.\n')}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    exception: 'RuntimeError',
    says: /device-side assert/,
  },
  {
    name: 'an exception after which the script goes on',
    files: { [std]: `${start}${traceback([main], 'ConnectionError: no cache')}\nretrying in 5 s\nloading the table\n` },
    status: ['running', 'unknown'],
    cause: [null],
  },
  {
    name: 'a launcher of PyTorch that passes a failure on',
    files: {
      [std]: `${start}${traceback([['/mnt/job/harbour.py', 7, '<module>', 'x()']], 'ValueError: no anchor')}\n[2024-01-10 07:01:00,000] torch.distributed.elastic.multiprocessing.api: [ERROR] failed (exitcode: 1) local_rank: 0 (pid: 71) of binary: /bin/python\n${traceback(
        [
          ['/bin/torchrun', 8, '<module>', 'sys.exit(main())'],
          [`${lib}/torch/distributed/launcher/api.py`, 2, 'launch_agent', 'raise ChildFailedError('],
        ],
        'torch.distributed.elastic.multiprocessing.errors.ChildFailedError: \n============================================================\n/mnt/job/harbour.py FAILED\n------------------------------------------------------------\nRoot Cause (first observed failure):\n[0]:\n  exitcode  : 1 (pid: 71)\n  error_file: <N/A>\n============================================================',
      )}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /ValueError: no anchor/,
  },
  {
    name: 'a container killed for memory',
    files: {
      [std]: start,
      [overview]: mid,
      'system_logs/lifecycler/lifecycler.log': `2024-01-10T07:01:40Z INFO Job is running\n2024-01-10T07:01:50Z ERROR Container 5f2c was OOMKilled, exit code 137\n`,
    },
    status: 'failed',
    cause: ['out_of_memory'],
    says: /OOMKilled/,
  },
  {
    name: 'an input that is not there, told by the platform',
    files: {
      'system_logs/data_capability/data-capability.log': `2024-01-10T06:59:40Z INFO Mounting input harbour\n2024-01-10T06:59:50Z ERROR Failed to mount input harbour: DataAccessError(NotFound): the path azureml://datastores/x/paths/y does not exist\n`,
      [platform]: `[2024-01-10 07:00:00Z] Job ended, job runstatus is Failed\n`,
    },
    status: 'failed',
    cause: ['mount_failed'],
    says: /DataAccessError\(NotFound\)|Failed to mount/,
  },
  {
    name: 'attempts that failed before pending tasks',
    files: {
      [std]: console42,
      [overview]:
        scheduled +
        `2024-01-10T07:03:01.1 SomeTaskProcessedException: There are 1 pending tasks which can be found in logs/report/pending_tasks.csv and 7 processed tasks which can be found in logs/report/processed_tasks.csv.\n`,
      'logs/sys/node/0/process000.txt':
        worker() +
        fail(40, 3, 1, '07:00:31,200', 'ice', traceback([['ships.py', 4, 'run', 'raise E']], 'ValueError: ice')) +
        fail(40, 3, 2, '07:00:41,200', 'ice', traceback([['ships.py', 4, 'run', 'raise E']], 'ValueError: ice')) +
        fail(40, 3, 3, '07:00:51,200', 'ice', traceback([['ships.py', 4, 'run', 'raise E']], 'ValueError: ice')),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /ValueError: ice/,
  },
  {
    name: 'an exit with 0 in init()',
    files: {
      [std]: console42,
      [overview]: scheduled,
      ...userError(
        '0',
        'process000',
        'init',
        traceback([['ships.py', 8, 'init', 'sys.exit(0)']], 'SystemExit: 0'),
        '0',
      ),
    },
    status: 'failed',
    cause: ['init_failed', 'unknown'],
    says: /SystemExit: 0|exit/,
  },
  {
    name: 'a worker that crashed',
    files: {
      [std]: console42,
      [overview]: `${mid}2024-01-10T07:05:00.1 No progress update in 240 seconds.\n`,
      'logs/sys/node/1/process000.txt': `${worker(91, 0)}2024-01-10 07:00:50,000|DEBUG|91|1402|Got task 5.\n`,
      'logs/sys/node/1/_main.txt': `2024-01-10 07:01:02,000|WARNING|20|1402|The process 91 exits with exitcode -11.\n`,
    },
    status: 'failed',
    cause: ['process_killed'],
    weaker: ['no_progress'],
    node: '1',
    never: /out of memory/,
  },
  {
    name: 'an explanation of a list in other words',
    files: {
      [std]: start + end,
      [overview]: good,
      'logs/job_error.txt': `Errors of the entry script and of the system, one entry each.\nSome of them are tolerated: see the error threshold.\n\n`,
    },
    status: 'succeeded',
    cause: [null],
    isHealthy: true,
  },
  {
    name: 'an answer of a service below the exception, after the work',
    files: {
      [std]: `${start}${end}${traceback([main, [`${lib}/azureml/data/output.py`, 3, 'upload', 'x']], 'azure.core.exceptions.HttpResponseError: This request is not authorized to perform this operation using this permission.\nErrorCode:AuthorizationPermissionMismatch')}\n`,
      [overview]: good,
    },
    status: 'failed',
    cause: ['unknown', 'download_failed'],
    says: /HttpResponseError: This request is not authorized/,
    next: /role/,
  },
  {
    name: 'a node that could not start',
    files: {
      [platform]: `[2024-01-10 07:00:00Z] AzureMLCompute job failed.\nStartTaskFailed: start task exited with code 1 on node tvmps_2\n`,
    },
    status: 'failed',
    cause: ['unknown', 'node_lost'],
    says: /StartTask|start task/,
  },
  {
    name: 'an entry of a list that names a node by address',
    files: {
      [std]: console42,
      'logs/job_error.txt': `2024-01-10T07:00:31.1 The Process-3 on node 10.0.0.8 failed with error: ${traceback(
        [
          ['birds.py', 3, 'init', 'm()'],
          ['birds.py', 9, 'm', 'raise NoModel(p)'],
        ],
        'birds.NoModel: /m/v1',
      )}\n.\n`,
    },
    status: 'failed',
    cause: ['init_failed'],
    node: '10.0.0.8',
    exception: 'NoModel',
    method: 'm',
  },
  {
    name: 'timeouts that the job result counts',
    files: {
      [std]: console42,
      'logs/job_result.txt': `2024-01-10T07:30:00.1 The job failed. No progress update in 900 seconds.\nThe run() function in the entry script had timeout for 12 times. Please increase run_invocation_timeout.\n`,
    },
    status: 'failed',
    cause: ['run_timeout'],
  },
  {
    name: 'warnings of tools in a healthy run',
    files: {
      [std]: `${start}WARNING: Retrying (Retry(total=2)) after connection broken by 'ReadTimeoutError'\nfatal: not a git repository (or any of the parent directories): .git\nerror: could not lock config file\n${end}`,
      [overview]: good,
    },
    status: 'succeeded',
    cause: [null],
    isHealthy: true,
  },
  {
    name: 'a step of the preparation over its limit',
    files: {
      'azureml-logs/55_azureml-execution-tvmps_1_d.txt': `2021-04-20T04:54:00Z Successfully mounted a/an Blobfuse File System at /mnt/x\n2021-04-20T04:54:10Z Starting output-watcher...\n2021-04-20T04:54:20Z Executing 'Copy ACR Details file' on 10.0.0.4\n2021-04-20T04:54:30Z Copy ACR Details file succeeded on 10.0.0.4. Output:\n2021-04-20T04:55:30Z Job environment preparation failed on 10.0.0.4. Output: \n>>> toomanyrequests: You have reached your pull rate limit.\n`,
    },
    status: 'failed',
    cause: ['unknown', 'download_failed'],
    says: /Copy ACR Details file succeeded|pull rate limit/,
  },
  {
    name: 'a cancellation that interrupts the driver',
    files: {
      [std]: `${start}${traceback([main], 'KeyboardInterrupt')}\n`,
      [platform]: `[2024-01-10 07:01:40Z] Job ended, job runstatus is Canceled\n`,
    },
    status: 'cancelled',
    cause: ['cancelled'],
  },
];
