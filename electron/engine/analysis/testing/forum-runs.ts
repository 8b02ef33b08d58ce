/** Small runs modelled on failures reported in forums. Scripts, names and times are made up. */
import {
  console42,
  done,
  end,
  exit42,
  exits,
  fail,
  good,
  lib,
  main,
  mid,
  overview,
  platform,
  scheduled,
  start,
  std,
  traceback,
  userError,
  worker,
} from './forum-words.ts';
import type { WrittenRun } from './written-run.ts';

export const forumRuns: readonly WrittenRun[] = [
  {
    name: 'a note below an exception with marks',
    files: {
      [std]: `${start}Traceback (most recent call last):\n  File "driver/amlbi_main.py", line 48, in <module>\n    main()\n  File "/mnt/job/harbour.py", line 7, in plan\n    berth = free[0]\n            ~~~~^^^\nIndexError: list index out of range\nno berth was free on 2024-01-09\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /IndexError: list index out of range/,
  },
  {
    name: 'a native program without memory',
    files: {
      [std]: `${start}terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\nAborted (core dumped)\n`,
    },
    status: 'failed',
    cause: ['out_of_memory', 'process_killed'],
  },
  {
    name: 'a shared library that is missing',
    files: {
      [std]: console42,
      'logs/user/stderr/0/process000.stderr.txt': `${traceback(
        [
          ['ships.py', 3, '<module>', 'import cv2'],
          [`${lib}/cv2/__init__.py`, 181, '<module>', 'bootstrap()'],
        ],
        'ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
      )}\n`,
    },
    status: 'failed',
    cause: ['import_error'],
    says: /libGL/,
    node: '0',
  },
  {
    name: 'a record in JSON that has an inner one',
    files: {
      [std]: console42,
      'logs/sys/error/1/process001.txt': `2024-01-10 07:00:31,200|ERROR|61|140211003004672|{"module": "builtins", "name": "PermissionError", "message": "[Errno 13] Permission denied: '/mnt/out/a.csv'", "formatted_traceback": "Traceback (most recent call last):\\n  File \\"ships.py\\", line 40, in run\\n    open(path, 'w')\\nPermissionError: [Errno 13] Permission denied: '/mnt/out/a.csv'\\n", "inner": null}\n`,
    },
    status: 'failed',
    cause: ['run_exception', 'unknown'],
    exception: 'PermissionError',
    frame: 'ships.py',
    method: 'run',
    node: '1',
    next: /written|rights/,
  },
  {
    name: 'a message indented below an error line',
    files: {
      [std]: `${start}Dataset initialization failed: AzureMLException:\n\tMessage: DataAccessError(PermissionDenied)\n\tInnerException None\n\tErrorResponse \n{\n    "error": {\n        "message": "DataAccessError(PermissionDenied)"\n    }\n}\n${end}${exit42}`,
    },
    status: 'failed',
    cause: ['mount_failed', 'download_failed', 'unknown'],
    says: /DataAccessError\(PermissionDenied\)/,
  },
  {
    name: 'an environment that cannot be solved, in a child process',
    files: {
      [std]: `${start}Collecting package metadata: ...working... done\nSolving environment: ...working... failed\n\nResolvePackageNotFound: \n  - pytorch==1.99\n\n${traceback([main, ['/usr/lib/python3.8/subprocess.py', 516, 'run', 'raise CalledProcessError(retcode, process.args,']], "subprocess.CalledProcessError: Command '['conda', 'env', 'create']' returned non-zero exit status 1.")}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'import_error'],
    says: /ResolvePackageNotFound|pytorch==1\.99/,
  },
  {
    name: 'a reason that was only printed',
    files: {
      [std]: console42,
      [overview]:
        scheduled +
        `2024-01-10T07:01:00.1 The init() function in the entry script had raised exception for 6 times. Please check logs at logs/user/error/* for details.\n`,
      'logs/user/stdout/1/process000.stdout.txt': `starting\nusing model v3\n${traceback([['/mnt/x/ships.py', 30, 'init', 'm = load(p)']], "pickle.UnpicklingError: invalid load key, 'v'.")}\n`,
    },
    status: 'failed',
    cause: ['init_failed'],
    says: /UnpicklingError: invalid load key/,
    node: '1',
    exception: 'UnpicklingError',
  },
  {
    name: 'no memory to concatenate, after the work',
    files: {
      [std]: console42,
      [overview]: done,
      'logs/sys/master_role.0.txt': `2024-01-10 07:02:01,100|INFO|31|1402|Start concatenating.\n2024-01-10 07:02:05,100|ERROR|31|1402|Exception occurred executing job: . Detail: ${traceback([['azureml_sys/parallel_run/concat.py', 9, 'concat', 'data = f.read()']], 'MemoryError')}\n`,
    },
    status: 'failed',
    cause: ['out_of_memory'],
    never: /have been processed/,
  },
  {
    name: 'a statement of the platform in JSON',
    files: {
      [platform]: `[2022-08-06 11:16:40Z] Job is running, job runstatus is Preparing\n[2022-08-06 11:16:48Z] Job failed, job RunId is 5f2c. Error: {"Error":{"Code":"ServiceError","Severity":null,"Message":"AzureMLCompute job failed.\\nOrchestrateJobError: Failed to execute command group with error Got CommonRuntimeJobError from executing command: Docker container \`5f2c-execution-wrapper\` failed with status code \`1\` due to response error: None","MessageFormat":null,"MessageParameters":null,"Details":[],"InnerError":null},"Correlation":{"operation":"x"},"ComponentName":"globaljobdispatcher"}\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /Docker container .5f2c-execution-wrapper. failed/,
    never: /MessageFormat|"Message"/,
  },
  {
    name: 'a console that the platform quotes',
    files: {
      [std]: console42,
      [overview]:
        scheduled +
        `2024-01-10T07:01:00.1 The run() function in the entry script had raised exception for 4 times. Please check logs at logs/user/error/* for details.\n`,
      ...userError(
        '1',
        'process000',
        'run',
        traceback([['ships.py', 22, 'run', 'raise Storm(x)']], 'ships.Storm: wind 11'),
        'wind 11',
      ),
      [platform]: `[2024-01-10 07:01:10Z] Execution failed. User process '/azureml-envs/azureml_1/bin/python' exited with status code 42. Please check log file 'user_logs/std_log_0.txt' for error details. Error: Traceback (most recent call last):\n  File "driver/amlbi_main.py", line 275, in <module>\n    main()\n  File "driver/amlbi_main.py", line 226, in main\n    sys.exit(exitcode_candidate)\nSystemExit: 42\n\n[2024-01-10 07:01:11Z] Job ended, job runstatus is Failed\n`,
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /Storm: wind 11/,
    node: '1',
    frame: 'ships.py',
  },
  {
    name: 'a node without a heartbeat',
    files: {
      [std]: start,
      [overview]: mid,
      [platform]: `[2024-01-10 07:00:00Z] Job is running, job runstatus is Running\n[2024-01-10 07:05:40Z] AzureMLCompute job failed. JobNodeLost: lost connection to node tvmps_8c1_d, the node did not send a heartbeat for 600 seconds.\n`,
    },
    status: 'failed',
    cause: ['node_lost'],
  },
  {
    name: 'a retry that fails otherwise',
    files: {
      'user_logs/std_log_process_0.txt': `${start}${traceback([main], 'OSError: [Errno 5] Input/output error')}\n`,
      'user_logs/retry_001/std_log_process_0.txt': `[2024-01-10 08:00:00.100000] Azure Machine Learning Batch Inference Start\n${traceback([main, ['/mnt/job/harbour.py', 7, 'plan', 'raise']], 'ValueError: no plan')}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /ValueError: no plan/,
    finding: /OSError/,
  },
  {
    name: 'an entry of a list beside an exit code',
    files: {
      [std]: console42,
      'logs/job_error.20240110.txt': `2024-01-10T07:00:03.1 This file contains the errors; they may not impact the job.\n2024-01-10T07:00:31.1 The process004 on node 1 failed with error: ${traceback(
        [
          ['/mnt/x/ships.py', 22, 'run', 'out = [g(i) for i in batch]'],
          ['/mnt/x/ships.py', 9, 'g', 'return 1 / t'],
        ],
        'ZeroDivisionError: float division by zero',
      )}\n.\n`,
    },
    status: 'failed',
    cause: ['run_exception'],
    node: '1',
    frame: '/mnt/x/ships.py',
    method: 'g',
    says: /ZeroDivisionError/,
  },
  {
    name: 'timeouts of init() counted below no progress',
    files: {
      [std]: console42,
      [overview]:
        scheduled +
        `2024-01-10T07:20:00.1 EntryScriptException: Entry script error. No progress update in 1200 seconds.\nThe init() function in the entry script had timeout for 4 times. Please increase --run_invocation_timeout and try again.\n`,
    },
    status: 'failed',
    cause: ['init_timeout'],
    never: /No progress/,
  },
  {
    name: 'timeouts before exceptions, without pick-ups',
    files: {
      [std]: console42,
      [overview]:
        scheduled +
        `2024-01-10T07:05:00.1 ErrorThresholdException: The number of failed items is 30, which exceeds error threshold 5.\n`,
      'logs/sys/node/0/process000.txt':
        worker() +
        `2024-01-10 07:01:05,200|ERROR|40|140211003004672|mini batch 1 did not finish in 60 seconds. Stopping this process.\n` +
        `2024-01-10 07:02:05,200|ERROR|40|140211003004672|mini batch 2 did not finish in 60 seconds. Stopping this process.\n`,
      'logs/sys/node/0/process001.txt':
        worker(41, 1) +
        fail(41, 5, 3, '07:03:00,100', 'sunk', traceback([['ships.py', 4, 'run', 'raise E']], 'ValueError: sunk')),
    },
    status: 'failed',
    cause: ['run_timeout'],
    weaker: ['run_exception'],
  },
  {
    name: 'a daemon lost, told in a log of MPI alone',
    files: {
      [std]: start,
      [overview]: mid,
      'user_logs/mpi_log.txt': `--------------------------------------------------------------------------\nORTE has lost communication with a remote daemon.\n\n  HNP daemon   : [[5180,0],0] on node 0b2c9f\n  Remote daemon: [[5180,0],3] on node 10.0.0.7\n\nThis is usually due to either a failure of the TCP network\nconnection to the node, or possibly an internal failure of\nthe daemon itself. We cannot recover from this failure, and\ntherefore will terminate the job.\n--------------------------------------------------------------------------\n`,
    },
    status: 'failed',
    cause: ['node_lost'],
    says: /10\.0\.0\.7/,
    node: '10.0.0.7',
  },
  {
    name: 'a block of the launcher below the exception',
    files: {
      [std]: `${start}${traceback(
        [
          ['/mnt/job/harbour.py', 7, '<module>', 'plan()'],
          ['/mnt/job/harbour.py', 3, 'plan', 'x[0]'],
        ],
        'IndexError: tuple index out of range',
      )}\n--------------------------------------------------------------------------\nMPI_ABORT was invoked on rank 1 in communicator MPI_COMM_WORLD\nwith errorcode 1.\n\nNOTE: invoking MPI_ABORT causes Open MPI to kill all MPI processes.\nYou may or may not see output from other processes, depending on\nexactly when Open MPI kills them.\n--------------------------------------------------------------------------\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /IndexError: tuple index/,
  },
  {
    name: 'a console with progress bars',
    files: {
      'out.log': `  0%|          | 0/3 [00:00<?, ?it/s]\r 33%|###       | 1/3 [00:01<00:02]\nINFO:root:init()\n${traceback(
        [
          ['test_local.py', 9, '<module>', 'ships.init()'],
          ['/home/u/ships.py', 5, 'init', 'open(p)'],
        ],
        "FileNotFoundError: [Errno 2] No such file or directory: 'model.bin'",
      )}\n`,
    },
    status: 'failed',
    cause: ['init_failed', 'unknown'],
    exception: 'FileNotFoundError',
    frame: '/home/u/ships.py',
  },
  {
    name: 'noise of native libraries in a healthy run',
    files: {
      [std]: `${start}2024-01-10 07:00:01.2: E tensorflow/stream_executor/cuda/cuda_driver.cc:271] failed call to cuInit: UNKNOWN ERROR (303)\n2024-01-10 07:00:01.3: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file: No such file or directory\n${end}`,
      [overview]: good,
      'logs/sys/warning/0/process000.txt': `2024-01-10 07:00:33,700|WARNING|40|140211003004672|Wait 5 seconds to get a task. This is usually caused by slow scheduling.\n`,
      'logs/sys/error/0/process000.txt': `2024-01-10 07:00:34,700|ERROR|40|140211003004672|Failed to set task visible. KeyError: '4'\n`,
      'logs/user/stderr/0/process000.stderr.txt': `${lib}/numpy/x.py:2: RuntimeWarning: divide by zero encountered\n  return a / b\nExporter opencensus: ConnectionError while sending telemetry\n`,
      'logs/sys/node/0/process000.txt': worker() + exits(40, '07:02:12,420'),
    },
    status: 'succeeded',
    cause: [null],
    isHealthy: true,
  },
  {
    name: 'noise of native libraries beside an exit code',
    files: {
      [std]: `${start}2024-01-10 07:00:01.2: E tensorflow/stream_executor/cuda/cuda_driver.cc:271] failed call to cuInit: UNKNOWN ERROR (303)\n${end}${exit42}`,
      'logs/user/stderr/0/process000.stderr.txt': `2024-01-10 07:00:01.3: E external/local_xla/xla/stream_executor/cuda/cuda_dnn.cc:9261] Unable to register cuDNN factory: Attempting to register factory for plugin cuDNN when one has already been registered\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    never: /cuInit|cuDNN/,
  },
  {
    name: 'a node by address and by number',
    files: {
      [std]: console42,
      [overview]:
        scheduled +
        `2024-01-10T07:01:00.1 The run() function in the entry script had raised exception for 4 times. Please check logs at logs/user/error/* for details.\n`,
      'logs/sys/master_role.0.txt': `2024-01-10 07:00:31,300|DEBUG|31|1402|Got a message from worker: {"id": 5, "dequeue_count": 1, "total": 10, "succeeded": 0, "failed": 10, "ip": "10.0.0.9", "pid": 77, "start_time": 1704870030.0, "duration": 1.2, "process_time": 1.0, "run_method_time": 1.0, "status": 22}.\n`,
      'logs/sys/node/2/process000.txt':
        `2024-01-10 07:00:05,104|INFO|77|140211003004672|Process 0: start processing thread.\n` +
        fail(77, 5, 1, '07:00:31,200', 'reef', traceback([['ships.py', 4, 'run', 'raise E']], 'ValueError: reef')),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /ValueError: reef/,
    node: '2',
  },
  {
    name: 'an exception of the service whose words are the reason',
    files: {
      [std]: console42,
      [overview]: scheduled,
      'logs/sys/error/0/_main.txt': `2024-01-10 07:00:04,100|ERROR|25|1402|The entry script ships.py does not exist in the source directory. Detail: ${traceback([['azureml_sys/parallel_run/entry.py', 9, 'load', 'raise']], 'azureml_common.parallel_run.exception.EntryScriptException: The entry script ships.py does not exist in the source directory.')}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'init_failed', 'no_input'],
    says: /ships\.py does not exist/,
  },
];
