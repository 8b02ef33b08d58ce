/**
 * Small runs modelled on publicly reported failures of Azure ML parallel jobs. Scripts, names and
 * times are made up.
 */
import type { SmallRun } from './small-run.ts';
import type { WrittenRun } from './written-run.ts';

const start = `Azure Machine Learning Batch Inference Start
[2023-03-08 11:00:00.100000] No started flag set. Skip creating started flag.
`;
const end = `Azure Machine Learning Batch Inference End
Cleaning up all outstanding Run operations, waiting 300.0 seconds
1 items cleaning up...
Cleanup took 0.1 seconds
`;
const exit42 = `Traceback (most recent call last):
  File "driver/amlbi_main.py", line 275, in <module>
    main()
  File "driver/amlbi_main.py", line 226, in main
    sys.exit(exitcode_candidate)
SystemExit: 42
`;
const std = 'user_logs/std_log.txt';
const drv = 'azureml-logs/70_driver_log.txt';
const overview = 'logs/job_progress_overview.20230308110002.txt';
const library = '/azureml-envs/x/lib/python3.8/site-packages';

/** Six mini-batches of ten items are scheduled, all are processed, and the run ends well. */
const scheduled = `2023-03-08T11:00:02.214203 Start scheduling.
2023-03-08T11:00:06.006155 Scheduling finished. Scheduled 6 mini batches in 2 seconds. There are 6 tasks with 60 items.
`;
const done = `${scheduled}2023-03-08T11:01:20.000100 Processed 4 of 6 mini batches in 0:01:14. Estimated remaining time 0:00:40.
2023-03-08T11:02:00.903377 All 6 mini batches have been processed.
2023-03-08T11:02:01.004412 Progress update stopped for reasons: ['All 6 mini batches have been processed.'].
`;
const good = (succeeded = 60, threshold = -1) =>
  `${done}2023-03-08T11:02:02.220781 The ParallelRunStep processed all mini batches. There are 6 mini batches with 60 items. Processed 6 mini batches containing 60 items, ${succeeded} succeeded, ${60 - succeeded} failed. The error threshold is ${threshold}.
`;

type Frame = [file: string, line: number, name: string, code: string];
/** A traceback without its last line break. */
const traceback = (frames: Frame[], last: string) =>
  `Traceback (most recent call last):\n${frames.map(([file, line, name, code]) => `  File "${file}", line ${line}, in ${name}\n    ${code}\n`).join('')}${last}`;
const main: Frame = ['driver/amlbi_main.py', 48, '<module>', 'main()'];

/** What the service writes about an exception of the entry script. */
const userError = (
  node: string,
  process: string,
  method: string,
  message: string,
  text: string,
  pid = 40,
): SmallRun => ({
  [`logs/user/error/${node}/${process}.txt`]: `2023-03-08 11:00:40,205|ERROR|${pid}|140211003004672|Entry script ${method}() failed for ${message}. Details ${text}\n`,
});

export const reportedRuns: readonly WrittenRun[] = [
  {
    name: 'a list of errors spelled in one word, and only the overview',
    files: {
      [overview]: good(),
      'logs/joberror_20230308.txt': `This file lists the errors raised while loading or running the entry script. They may not impact the job.\nThe process001 on node 0 failed with error: ${traceback([['wine.py', 22, 'run', 'grape = grapes[i]']], 'IndexError: list index out of range')}\n.\n`,
    },
    status: 'succeeded',
    cause: [null],
    finding: /IndexError/,
  },
  {
    name: 'failed items below the threshold',
    files: {
      [std]: start + end,
      [overview]: good(57, 10),
      'logs/user/error.txt': `2023-03-08 11:00:40,205|ERROR|40|140211003004672|Entry script run() failed for bad row. Details ${traceback([['wine.py', 22, 'run', 'parse(row)']], 'ValueError: bad row')}\n`,
    },
    status: 'succeeded',
    cause: [null],
    finding: /ValueError: bad row/,
  },
  {
    name: 'a list of errors and nothing else',
    files: {
      'logs/job_error.txt': `2023-03-08T11:00:31.1 The process003 on node 2 failed with error: ${traceback([['wine.py', 8, 'run', 'read(path)']], 'OSError: [Errno 5] Input/output error')}\n.\n`,
    },
    status: ['unknown', 'running'],
    cause: [null],
  },
  {
    name: 'errors of the service that are noise',
    files: {
      [std]: start + end,
      [overview]: good(),
      'logs/sys/error/0/_main.txt': `2023-03-08 11:00:26,715|ERROR|255|139773019682560|stderr: terminate called without an active exception\n2023-03-08 11:00:27,715|ERROR|255|139773019682560|Failed to set task visible. Detail: ${traceback([[`${library}/azureml_sys/parallel_run/tasks.py`, 9, 'set_visible', 'self.q[id]']], "KeyError: '17'")}\n`,
    },
    status: 'succeeded',
    cause: [null],
    noFinding: /KeyError|terminate/,
    isHealthy: true,
  },
  {
    name: 'an OSError with closing lines and other times after it',
    files: {
      'azureml-logs/70_driver_log_0.txt': `2021/02/09 14:05:02 Starting App Insight Logger for task:  runTaskLet\n[2021-02-09T14:05:10.1] Entering context manager injector.\nStarting the daemon thread to refresh tokens in background for process with pid = 100\n[2021-02-09 14:05:13.1] Azure Machine Learning Batch Inference Start\n\n\n[2021-02-09T14:06:13.1] The experiment failed. Finalizing run...\nCleaning up all outstanding Run operations, waiting 900.0 seconds\n2 items cleaning up...\nCleanup took 0.31 seconds\n${traceback([main, ['driver/amlbi_main.py', 44, 'main', 'start()'], ['/azureml-envs/a/lib/python3.6/shutil.py', 120, 'copyfile', 'with open(dst)']], "OSError: [Errno 5] Input/output error: '/tmp/out/parallel_run_step.txt'")}\n2021/02/09 14:06:20 Process Exiting with Code:  1\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /OSError: \[Errno 5\]/,
    exception: 'OSError',
    confidence: ['certain'],
  },
  {
    name: 'an exception of the SDK whose message is indented below it',
    files: {
      [std]: `${start}${traceback([main, [`${library}/azureml/data/_ds.py`, 9, 'get', 'raise e']], `azureml.exceptions._azureml_exception.UserErrorException: UserErrorException:\n\tMessage: Cannot find the registered dataset 'grapes' version 4.\n\tInnerException None\n\tErrorResponse \n{\n    "error": {\n        "code": "UserError",\n        "message": "Cannot find the registered dataset 'grapes' version 4."\n    }\n}`)}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'no_input'],
    says: /Cannot find the registered dataset 'grapes'/,
    exception: 'UserErrorException',
  },
  {
    name: 'a class of the script with a module before it',
    files: {
      [drv]: `[2021-02-09 14:05:13.1] Azure Machine Learning Batch Inference Start\n${traceback([main, ['vineyard/pick.py', 7, 'pick', 'raise']], 'vineyard.errors.Overripe: harvest 12 is over')}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /^Overripe: harvest 12 is over/,
    exception: 'Overripe',
    frame: 'vineyard/pick.py',
    method: 'pick',
    code: 'raise',
  },
  {
    name: 'one of two consoles ends with an exception',
    files: {
      'user_logs/std_log_process_0.txt': `${start}`,
      'user_logs/std_log_process_1.txt': `${start}${traceback([main], "PermissionError: [Errno 13] Permission denied: '/mnt/azureml/cr/x'")}\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /PermissionError/,
  },
  {
    name: 'a fatal error of the interpreter',
    files: {
      [std]: `${start}Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f1b2c7fe700 (most recent call first):\n  File "${library}/pyarrow/parquet.py", line 201 in read\n  File "wine.py", line 31 in run\n`,
    },
    status: 'failed',
    cause: ['process_killed', 'unknown', 'run_exception'],
    says: /Segmentation fault/,
  },
  {
    name: 'an interpreter that is not there',
    files: { [std]: `bash: /azureml-envs/azureml_7d1/bin/python: No such file or directory\n` },
    status: 'failed',
    cause: ['unknown'],
    says: /No such file or directory/,
  },
  {
    name: 'a program of another machine',
    files: { [std]: `exec /bin/sh: exec format error\n` },
    status: 'failed',
    cause: ['unknown'],
    says: /exec format error/,
  },
  {
    name: 'an exception raised from another one',
    files: {
      [std]: `${start}${traceback([['wine.py', 3, 'load', 'open(p)']], "FileNotFoundError: [Errno 2] No such file or directory: '/m/model.pkl'")}\n\nThe above exception was the direct cause of the following exception:\n\n${traceback([main, ['wine.py', 5, 'init', "raise ModelError('no model') from e"]], 'wine.ModelError: no model')}\n`,
    },
    status: 'failed',
    cause: ['init_failed', 'unknown'],
    says: /ModelError: no model/,
    exception: 'ModelError',
    frame: 'wine.py',
    method: 'init',
    code: "raise ModelError('no model') from e",
  },
  {
    name: 'an exception that the driver got over',
    files: {
      [std]: `${start}${traceback([main], 'TimeoutError: [Errno 110] Connection timed out')}\n[2023-03-08 11:00:09.100000] Will try again in 5 seconds.\n[2023-03-08 11:02:05.100000] Uploaded.\n${end}`,
      [overview]: good(),
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'an exit without a traceback, its reason as JSON',
    files: {
      [std]: `${start}${end}SystemExit: 1\n`,
      'logs/sys/error/3/process002.txt': `2023-03-08 11:00:31,200|ERROR|61|140211003004672|{"module": "cellar", "name": "LookupError", "message": "no barrel 9", "formatted_traceback": "Traceback (most recent call last):\\n  File \\"cellar.py\\", line 18, in run\\n    return barrels[9]\\nLookupError: no barrel 9"}\n`,
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /LookupError: no barrel 9/,
    exception: 'LookupError',
    node: '3',
    frame: 'cellar.py',
    method: 'run',
    code: 'return barrels[9]',
  },
  {
    name: 'a child process that failed, its traceback above',
    files: {
      [std]: `${start}${traceback(
        [
          ['/mnt/job/prepare.py', 12, '<module>', 'main()'],
          ['/mnt/job/prepare.py', 8, 'main', 'load(args.table)'],
        ],
        "KeyError: 'vintage'",
      )}\n${traceback([main, ['/azureml-envs/x/lib/python3.8/subprocess.py', 512, 'run', 'raise CalledProcessError(']], "subprocess.CalledProcessError: Command '['python', 'prepare.py']' returned non-zero exit status 1.")}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /KeyError: 'vintage'/,
    exception: 'KeyError',
    frame: '/mnt/job/prepare.py',
    method: 'main',
    code: 'load(args.table)',
  },
  {
    name: 'a traceback in what the script printed',
    files: {
      [std]: start + end + exit42,
      'logs/user/stdout/1/process000.stdout.txt': `loading\n${traceback(
        [
          ['/mnt/x/tasting.py', 30, 'init', 'model = joblib.load(path)'],
          [`${library}/joblib/numpy_pickle.py`, 577, 'load', 'with open(filename)'],
        ],
        "FileNotFoundError: [Errno 2] No such file or directory: 'model/wine.pkl'",
      )}\n`,
    },
    status: 'failed',
    cause: ['init_failed', 'unknown'],
    says: /FileNotFoundError/,
    node: '1',
    frame: '/mnt/x/tasting.py',
    code: 'model = joblib.load(path)',
  },
  {
    name: 'JSON over several lines',
    files: {
      [std]: start + end + exit42,
      'logs/sys/error/0/_main.txt': `2023-03-08 11:00:31,200|ERROR|61|140211003004672|Exception in job:\n{\n  "module": "azureml_common.parallel_run",\n  "name": "DatasetMountError",\n  "message": "the folder /grapes holds no file",\n  "formatted_traceback": "Traceback (most recent call last):\\n  File \\"azureml_sys/parallel_run/job.py\\", line 18, in mount\\n    raise DatasetMountError(text)\\nDatasetMountError: the folder /grapes holds no file"\n}\n`,
    },
    status: 'failed',
    cause: ['mount_failed', 'no_input', 'unknown'],
    says: /the folder \/grapes holds no file/,
    exception: 'DatasetMountError',
  },
  {
    name: 'a reason that only the job result gives',
    files: {
      [std]: start + end + exit42,
      'logs/job_result.txt': `2023-03-08T11:02:05.1 Failed.\n2023-03-08T11:02:05.2 Reason: the output folder 'scores' exists already and overwrite is off.\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /output folder 'scores' exists/,
  },
  {
    name: 'a module that the environment lacks',
    files: {
      [std]: `Azure Machine Learning Batch Inference Start\n[2026-03-25 17:32:18.918602] No started flag set. Skip creating started flag.\nNo module named 'ruamel'\n${end}${exit42}`,
    },
    status: 'failed',
    cause: ['import_error'],
    says: /ruamel/,
    confidence: ['likely', 'possible'],
  },
  {
    name: 'noise before the reason',
    files: {
      [std]: start + end + exit42,
      'logs/sys/error/0/_main.txt': `2023-03-08 11:00:26,715|ERROR|255|139773019682560|stderr: terminate called without an active exception\n2023-03-08 11:00:27,744|ERROR|255|139773019682560|stderr: Already registered authentication for run id: 94a35e75\n`,
      ...userError(
        '0',
        'process000',
        'init',
        'no licence',
        traceback([['wine.py', 9, 'init', 'check()']], 'RuntimeError: no licence'),
      ),
    },
    status: 'failed',
    cause: ['init_failed'],
    says: /RuntimeError: no licence/,
    method: 'init',
  },
  {
    name: 'an exit code in words, the reason in stderr',
    files: {
      [drv]: `[2021-02-09 14:05:13.1] Azure Machine Learning Batch Inference Start\nThe user process exited with exit code 3.\n`,
      'logs/user/stderr/0/process000.stderr.txt': `${traceback([['wine.py', 50, 'run', 'a/b']], 'ZeroDivisionError: division by zero')}\n`,
    },
    status: 'failed',
    cause: ['run_exception', 'unknown'],
    says: /ZeroDivisionError/,
    method: 'run',
  },
  {
    name: 'an upload that is refused after the work',
    files: {
      [std]: start + end + exit42,
      [overview]: done,
      'logs/sys/master_role.0.txt': `2023-03-08 11:02:00,900|INFO|31|1402|All 6 mini batches have been processed.\n2023-03-08 11:02:03,100|INFO|31|1402|Finished concatenating 3 files in 0:00:01.\n2023-03-08 11:02:04,100|ERROR|31|1402|The master role failed with error: upload refused. Detail: ${traceback(
        [
          ['azureml_sys/parallel_run/output.py', 9, 'upload', 'client.put()'],
          [`${library}/azure/core/exceptions.py`, 3, 'raise_', 'raise error'],
        ],
        'azure.core.exceptions.ResourceExistsError: The specified blob already exists.',
      )}\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /ResourceExistsError: The specified blob already exists/,
    never: /have been processed/,
  },
  {
    name: 'a driver that was killed after the work',
    files: {
      [std]: `${start}/tmp/azureml/run.sh: line 9:   100 Killed                  python driver/amlbi_main.py\n`,
      [overview]: done,
    },
    status: 'failed',
    cause: ['process_killed', 'out_of_memory'],
    says: /Killed/,
  },
  {
    name: 'all processed and nothing returned',
    files: {
      [std]: `${start}${traceback([main, ['azureml_sys/parallel_run/master.py', 4, 'finish_job', 'raise']], "azureml_common.parallel_run.exception.NoResultToAppendError: There is no succeeded mini batch item returned from run(). Please check 'response: run()' in https://aka.ms/batch-inference-documentation.")}\n`,
      [overview]: done,
    },
    status: 'failed',
    cause: ['bad_return_type'],
    never: /have been processed/,
  },
  {
    name: 'an image that is not there, told twice by the platform',
    files: {
      'azureml-logs/55_azureml-execution-tvmps_1_d.txt': `2021-02-09T14:01:10Z Starting output-watcher...\n2021-02-09T14:02:31Z Failed to pull image cellar.azurecr.io/base:9: manifest for cellar.azurecr.io/base:9 not found: manifest unknown: manifest unknown\n`,
      'logs/azureml/executionlogs.txt': `[2021-02-09 14:01:00Z] Job is running, job runstatus is Preparing\n[2021-02-09 14:02:40Z] Job failed: the environment could not be prepared (ImagePullFailed).\n`,
    },
    status: 'failed',
    cause: ['download_failed', 'unknown'],
    says: /manifest unknown/,
  },
  {
    name: 'a statement of the platform over several lines',
    files: {
      'logs/azureml/executionlogs.txt': `[2021-02-19 14:01:00Z] Job is running, job runstatus is Preparing\n[2021-02-19 14:02:40Z] Job failed, job RunId is 77. Error: AzureMLCompute job failed.\nJobContainerConfigFailed: Container configuration failed unexpectedly\n\terr: Docker exec failure when attempting to execute 'containerSetup' task. Error: exit status 126. A command was found but is not executable.\n\tInfo: Failed to prepare an environment for the job execution: Job environment preparation failed on 10.0.0.4 with err exit status 1.\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /Container configuration failed|containerSetup/,
  },
  {
    name: 'a statement of the platform as a document',
    files: {
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Running\n[2023-03-08 11:16:48Z] Job failed, job RunId is 12. Error: {"Error":{"Code":"UserError","Severity":null,"Message":"User program failed with ValueError: vintage 1899 is out of range","MessageFormat":null,"InnerError":null},"Correlation":{"operation":"x"},"ComponentName":"globaljobdispatcher"}\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /^ValueError: vintage 1899 is out of range/,
    exception: 'ValueError',
  },
  {
    name: 'a full disk in the words of the platform',
    files: {
      [std]: start,
      [overview]: scheduled,
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Running\n[2023-03-08 11:16:48Z] AzureMLCompute job failed. DiskFullError: Disk full while running job. Please consider reducing amount of data accessed, or upgrading VM SKU.\n`,
    },
    status: 'failed',
    cause: ['disk_full'],
    says: /Disk full/,
  },
  {
    name: 'more nodes than there are',
    files: {
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Queued\n[2023-03-08 11:16:48Z] AzureMLCompute job failed. Requested 6 nodes but AzureMLCompute cluster only has 2 maximum nodes.\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /only has 2 maximum nodes/,
  },
  {
    name: 'a console that grumbles after a good end',
    files: {
      [std]: `${start}${end}Exception ignored in: <function Pool.__del__ at 0x7f>\n${traceback([['/azureml-envs/x/lib/python3.8/multiprocessing/pool.py', 268, '__del__', 'self._change_notifier.put(None)']], "AttributeError: 'NoneType' object has no attribute 'dumps'")}\n`,
      [overview]: good(),
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Running\n[2023-03-08 11:04:55Z] Job ended, job runstatus is Completed\n`,
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'a status line that says cancelled',
    files: {
      [std]: start,
      [overview]: scheduled,
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Running\n[2023-03-08 11:04:55Z] Job ended, job runstatus is Canceled\n`,
    },
    status: 'cancelled',
    cause: ['cancelled'],
  },
  {
    name: 'the longest duration of a job',
    files: {
      [std]: start,
      [overview]: scheduled,
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:00:00Z] Job is running, job runstatus is Running\n[2023-03-08 12:00:00Z] Job was canceled because it exceeded its maximum run duration of 3600 seconds.\n`,
    },
    status: ['failed', 'cancelled'],
    cause: ['cancelled', 'unknown', 'run_timeout'],
    says: /maximum run duration/,
  },
  {
    name: 'a mount that the preparation could not do',
    files: {
      'azureml-logs/65_job_prep-tvmps_1_d.txt': `[2021-02-09T14:00:12.739549] Entering job preparation.\n[2021-02-09T14:00:13.577467] Starting job preparation.\n[2021-02-09T14:00:14.1] Extracting the control code.\n[2021-02-09T14:00:15.1] Mounting the input grapes.\n[2021-02-09T14:01:15.1] Job preparation failed with exit code 1: blobfuse: Failed to mount the container: 403 AuthorizationFailure.\n`,
    },
    status: 'failed',
    cause: ['mount_failed'],
    says: /blobfuse/,
  },
  {
    name: 'a container whose program does not run',
    files: {
      'logs/azureml/executionlogs.txt': `[2024-02-28 10:00:00Z] Job is running, job runstatus is Preparing\n[2024-02-28 10:02:40Z] Failed to execute command group with error Container \`7b8c-execution-wrapper-init\` failed with status code \`1\`: last_stderr: Some("exec /bin/sh: exec format error")\n[2024-02-28 10:02:41Z] Job ended, job runstatus is Failed\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /exec format error/,
  },
  {
    name: 'nodes taken away, and a second try that went well',
    files: {
      'azureml-logs/70_driver_log.txt': start.replace(/11:00/g, '10:00'),
      'azureml-logs/retry_001/70_driver_log.txt': start + end,
      [overview]: good(),
      'logs/azureml/executionlogs.txt': `[2023-03-08 10:00:00Z] Job is running, job runstatus is Running\n[2023-03-08 10:20:00Z] AzureMLCompute job failed. PreemptionError: Nodes of this job got pre-empted.\n[2023-03-08 10:59:00Z] Job is running, job runstatus is Running\n[2023-03-08 11:03:00Z] Job ended, job runstatus is Completed\n`,
    },
    status: 'succeeded',
    cause: [null],
    finding: /started the job 2 times.*pre-empted/s,
  },
  {
    name: 'a third try that still goes on',
    files: {
      'user_logs/std_log.txt': `${start.replace(/11:00/g, '09:00')}${exit42}`,
      'user_logs/retry_001/std_log.txt': `${start.replace(/11:00/g, '10:00')}${exit42}`,
      'user_logs/retry_002/std_log.txt': start,
      [overview]: scheduled,
    },
    status: 'running',
    cause: [null],
    finding: /started the job 3 times/,
  },
  {
    name: 'a container of storage that is not there, in run()',
    files: {
      [std]: start + end + exit42,
      'logs/job_error.20230308.txt': `The errors in this file may not impact the job result.\n2023-03-08T11:00:31.1 The process001 on node 3 failed with error: ${traceback(
        [
          ['/mnt/azureml/cr/j/1/wd/corks.py', 40, 'run', 'blob.download_blob()'],
          [`${library}/azure/storage/blob/_shared.py`, 3, 'process_error', 'raise error'],
        ],
        'azure.core.exceptions.ResourceNotFoundError: The specified container does not exist.\nRequestId:1f\nTime:2023-03-08T11:00:31Z\nErrorCode:ContainerNotFound',
      )}\n.\n`,
    },
    status: 'failed',
    cause: ['run_exception', 'download_failed'],
    says: /ResourceNotFoundError: The specified container does not exist/,
    node: '3',
    frame: '/mnt/azureml/cr/j/1/wd/corks.py',
    method: 'run',
    code: 'blob.download_blob()',
    next: /path|file|exist/i,
  },
  {
    name: 'an identity that is missing, in init()',
    files: {
      [std]: start + end + exit42,
      'logs/job_error.txt': `2023-03-08T11:00:31.1 The process000 on node 1 failed with error: ${traceback(
        [
          ['/mnt/azureml/cr/j/1/wd/corks.py', 12, 'init', 'credential.get_token(scope)'],
          [`${library}/azure/identity/_chained.py`, 3, 'get_token', 'raise error'],
        ],
        'azure.identity._exceptions.CredentialUnavailableError: ManagedIdentityCredential authentication unavailable, no managed identity endpoint found.',
      )}\n.\n`,
    },
    status: 'failed',
    cause: ['init_failed'],
    says: /CredentialUnavailableError/,
    node: '1',
    method: 'init',
    next: /identity|credential/i,
  },
  {
    name: 'an error of the supervisor of a node',
    files: {
      [std]: start + end + exit42,
      'logs/job_error.txt': `2023-03-08T11:00:31.1 The _main on node 1 failed with error: ${traceback([['azureml_sys/parallel_run/agent.py', 12, 'start', 'bind()']], 'OSError: [Errno 98] Address already in use')}\n.\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /Address already in use/,
    node: '1',
    processes: 0,
  },
  {
    name: 'exceptions before the threshold',
    files: {
      [std]: start + end + exit42,
      [overview]: `${scheduled}2023-03-08T11:01:58.220781 ErrorThresholdException: The number of failed items is 31, which exceeds error threshold 10. Please check logs for details.\n`,
      'logs/sys/node/2/process001.txt': `2023-03-08 11:00:05,104|INFO|41|140211003004672|Process 1: start processing thread.\n2023-03-08 11:00:40,211|ERROR|41|140211003004672|Failed to process task {"id": 4, "dequeue_count": 1, "minibatch": ["b.csv"], "task_type": 1} with error no acid. Detail: ${traceback(
        [
          ['wine.py', 17, 'run', 'sour(x)'],
          ['wine.py', 3, 'sour', "raise Flat('no acid')"],
        ],
        'wine.Flat: no acid',
      )}\n`,
      ...userError(
        '2',
        'process001',
        'run',
        'no acid',
        traceback(
          [
            ['wine.py', 17, 'run', 'sour(x)'],
            ['wine.py', 3, 'sour', "raise Flat('no acid')"],
          ],
          'wine.Flat: no acid',
        ),
        41,
      ),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /Flat: no acid/,
    node: '2',
    frame: 'wine.py',
    method: 'sour',
  },
  {
    name: 'no progress and nothing before it',
    files: {
      [std]: start + end + exit42,
      [overview]: `${scheduled}2023-03-08T11:20:58.220781 Progress update stopped for reasons: ['No progress update in 1200 seconds.'].\n`,
      'logs/sys/node/0/process000.txt': `2023-03-08 11:00:05,104|INFO|40|1402|Process 0: start processing thread.\n`,
      'logs/user/stdout/0/process000.stdout.txt': 'starting\n',
    },
    status: 'failed',
    cause: ['no_progress'],
    says: /No progress update in 1200/,
    confidence: ['likely', 'certain'],
  },
  {
    name: 'a crash that Hydra reports',
    files: {
      'user_logs/mpi_log.txt': `\n===================================================================================\n=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES\n=   RANK 1 PID 4120 RUNNING AT 10.0.0.8\n=   KILLED BY SIGNAL: 11 (Segmentation fault)\n===================================================================================\n`,
      [std]: start,
    },
    status: 'failed',
    cause: ['process_killed'],
    node: '10.0.0.8',
  },
  {
    name: 'a host that ssh cannot reach',
    files: {
      'azureml-logs/70_mpi_log.txt': `ssh: connect to host 10.0.0.6 port 23: Connection refused\n--------------------------------------------------------------------------\nORTE was unable to reliably start one or more daemons.\nThis usually is caused by:\n\n* not finding the required libraries and/or binaries on\n  one or more nodes.\n--------------------------------------------------------------------------\n`,
    },
    status: 'failed',
    cause: ['node_lost'],
    node: '10.0.0.6',
  },
  {
    name: 'an exit code that mpirun passes on',
    files: {
      [std]: `${start}--------------------------------------------------------------------------\nPrimary job  terminated normally, but 1 process returned\na non-zero exit code. Per user-direction, the job has been aborted.\n--------------------------------------------------------------------------\n--------------------------------------------------------------------------\nmpirun detected that one or more processes exited with non-zero status, thus causing\nthe job to be terminated. The first process to do so was:\n\n  Process name: [[21711,1],1]\n  Exit code:    1\n--------------------------------------------------------------------------\n`,
      ...userError(
        '1',
        'process000',
        'init',
        'no cork',
        traceback([['wine.py', 9, 'init', 'cork()']], 'ValueError: no cork'),
      ),
    },
    status: 'failed',
    cause: ['init_failed'],
    says: /ValueError: no cork/,
  },
  {
    name: 'a message that begins on the next line',
    files: {
      [std]: start + end + exit42,
      ...userError(
        '0',
        'process001',
        'run',
        '',
        traceback([['wine.py', 17, 'run', 'model.fit()']], 'ValueError: \nShapes (3,) and (4,) are incompatible'),
      ),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /Shapes \(3,\)/,
    exception: 'ValueError',
  },
  {
    name: 'an error printed before the exception',
    files: {
      [std]: start + end + exit42,
      'logs/user/stdout/0/process001.stdout.txt': `ERROR:cellar:could not open /mnt/in/a.parquet: Input/output error\n`,
      ...userError(
        '0',
        'process001',
        'run',
        'No objects to concatenate',
        traceback([['wine.py', 17, 'run', 'pd.concat(parts)']], 'ValueError: No objects to concatenate'),
      ),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /No objects to concatenate/,
    shows: 'could not open /mnt/in/a.parquet',
  },
  {
    name: 'arguments that init() refuses',
    files: {
      [std]: start + end + exit42,
      'logs/user/stderr/0/process001.stderr.txt': `usage: wine.py [-h] --model MODEL\nwine.py: error: unrecognized arguments: --modell\n`,
      ...userError(
        '0',
        'process001',
        'init',
        '2',
        traceback([['wine.py', 17, 'init', 'p.parse_args()']], 'SystemExit: 2'),
      ),
    },
    status: 'failed',
    cause: ['init_failed'],
    says: /SystemExit: 2 in init\(\).*unrecognized arguments/,
  },
  {
    name: 'a group of exceptions',
    files: {
      [std]: start + end + exit42,
      ...userError(
        '0',
        'process001',
        'run',
        'x',
        `  + Exception Group Traceback (most recent call last):\n  |   File "wine.py", line 9, in run\n  |     raise ExceptionGroup("casks", errors)\n  | ExceptionGroup: casks (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | ValueError: cask 3 leaks\n    +------------------------------------`,
      ),
    },
    status: 'failed',
    cause: ['run_exception'],
    says: /cask/,
  },
  {
    name: 'a console of Windows',
    files: {
      'out.txt': `INFO:root:batch 1\r\nTraceback (most recent call last):\r\n  File "C:\\Users\\kim\\wine\\score.py", line 44, in <module>\r\n    main()\r\n  File "C:\\Users\\kim\\wine\\score.py", line 31, in main\r\n    run(batch)\r\n  File "C:\\Users\\kim\\wine\\score.py", line 12, in run\r\n    return lookup(batch)\r\n  File "C:\\Users\\kim\\wine\\tables.py", line 5, in lookup\r\n    return TABLE[key]\r\nKeyError: 'malbec'\r\n\r\nProcess finished with exit code 1\r\n`,
    },
    status: 'failed',
    cause: ['run_exception', 'unknown'],
    says: /KeyError: 'malbec'/,
    frame: 'C:\\Users\\kim\\wine\\tables.py',
    method: 'lookup',
    code: 'return TABLE[key]',
  },
  {
    name: 'an exception in a pool of processes',
    files: {
      'console.log': `INFO:root:batch 1\nmultiprocessing.pool.RemoteTraceback: \n"""\nTraceback (most recent call last):\n  File "/usr/lib/python3.10/multiprocessing/pool.py", line 125, in worker\n    result = (True, func(*args, **kwds))\n  File "/home/kim/wine.py", line 12, in press\n    return 1 / weight\nZeroDivisionError: division by zero\n"""\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/home/kim/wine.py", line 30, in <module>\n    pool.map(press, weights)\n  File "/usr/lib/python3.10/multiprocessing/pool.py", line 364, in map\n    return self._map_async(func, iterable, mapstar, chunksize).get()\nZeroDivisionError: division by zero\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /ZeroDivisionError/,
    exception: 'ZeroDivisionError',
  },
  {
    name: 'a script with a syntax error',
    files: {
      'run.log': `  File "/home/kim/wine.py", line 12\n    return 1 /\n              ^\nSyntaxError: invalid syntax\n`,
    },
    status: 'failed',
    cause: ['unknown', 'run_exception'],
    says: /SyntaxError: invalid syntax/,
  },
  {
    name: 'a traceback with marks below the code',
    files: {
      'console.log': `loading\nTraceback (most recent call last):\n  File "/home/kim/wine.py", line 30, in <module>\n    run(files)\n  File "/home/kim/wine.py", line 12, in run\n    total = sum(rows[name] for name in names)\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  File "/home/kim/wine.py", line 12, in <genexpr>\n    total = sum(rows[name] for name in names)\n                ~~~~^^^^^^\nKeyError: 'merlot'\n`,
    },
    status: 'failed',
    cause: ['run_exception', 'unknown'],
    says: /KeyError: 'merlot'/,
    code: 'total = sum(rows[name] for name in names)',
  },
  {
    name: 'the end of the inference and nothing else',
    files: { [std]: start + end },
    status: 'succeeded',
    cause: [null],
    isHealthy: true,
  },
  {
    name: 'the clean-up and nothing else',
    files: {
      [std]:
        'Cleaning up all outstanding Run operations, waiting 300.0 seconds\n2 items cleaning up...\nCleanup took 0.14 seconds\n',
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'noise of libraries in a healthy run',
    files: {
      [std]: `${start}${library}/a.py:3: FutureWarning: old\nWARNING:root:telemetry is off\nERROR:opencensus.ext.azure.common.transport:Retrying due to transient client side error HTTPSConnectionPool(host='dc.services.visualstudio.com', port=443): Max retries exceeded\n${end}`,
      [overview]: good(),
    },
    status: 'succeeded',
    cause: [null],
    isHealthy: true,
  },
  {
    name: 'noise of telemetry beside an exit code',
    files: {
      [std]: `${start}ERROR:opencensus.ext.azure.common.transport:Retrying due to transient client side error HTTPSConnectionPool(host='dc.services.visualstudio.com', port=443): Max retries exceeded\n${end}${exit42}`,
    },
    status: 'failed',
    cause: ['unknown'],
    never: /opencensus|transient/,
  },
  {
    name: 'cancelled by the user, and an exit code after that',
    files: { [std]: start + end + exit42, [overview]: `${scheduled}2023-03-08T11:00:58.2 User cancelled the run.\n` },
    status: 'cancelled',
    cause: ['cancelled'],
  },
  {
    name: 'an exception of the master of the first generation',
    files: {
      'azureml-logs/70_driver_log.txt': '[2020-03-19 15:37:00.1] Azure Machine Learning Batch Inference Start\n',
      'logs/sys/master.txt': `2020-03-19 15:37:07,101|ParallelRunStep.Master|INFO|30|Master - Starting\n2020-03-19 15:37:17,101|ParallelRunStep.Master|ERROR|30|Exception occurred executing job: 'NoneType' object has no attribute 'path'. Detail: ${traceback([['/opt/driver/provider.py', 3, 'get', 'ds.path']], "AttributeError: 'NoneType' object has no attribute 'path'")}\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /AttributeError: 'NoneType'/,
    exception: 'AttributeError',
  },
  {
    name: 'a good result and a bad exit code',
    files: { [std]: start + end + exit42, [overview]: good() },
    status: 'failed',
    cause: ['unknown'],
  },
  {
    name: 'the kernel that killed for memory',
    files: {
      [std]: start + end + exit42,
      'logs/sys/error/0/_main.txt': `2023-03-08 11:00:41,200|ERROR|27|140211003004672|stderr: Out of memory: Killed process 4120 (python) total-vm:9000000kB\n`,
    },
    status: 'failed',
    cause: ['out_of_memory'],
    says: /Out of memory/,
  },
  {
    name: 'a worker process that was killed, without samples',
    files: {
      [std]: start + end + exit42,
      [overview]: scheduled,
      'logs/sys/node/2/_main.txt': `2023-03-08 11:00:41,200|WARNING|27|140211003004672|The process 41 exits with exitcode -9.\n`,
      'logs/sys/node/2/process001.txt': `2023-03-08 11:00:05,104|INFO|41|140211003004672|Process 1: start processing thread.\n2023-03-08 11:00:31,104|DEBUG|41|140211003004672|Got task 3.\n`,
    },
    status: 'failed',
    cause: ['process_killed'],
    says: /possibly out of memory/,
    node: '2',
    confidence: ['likely', 'possible'],
  },
  {
    name: 'a graphics card without memory',
    files: {
      [std]: start + end + exit42,
      ...userError(
        '1',
        'process000',
        'run',
        'CUDA',
        traceback(
          [
            ['wine.py', 31, 'run', 'model(x)'],
            [`${library}/torch/nn/modules/module.py`, 9, '_call', 'return f()'],
          ],
          'RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0)',
        ),
      ),
    },
    status: 'failed',
    cause: ['out_of_memory'],
    says: /CUDA out of memory/,
    method: 'run',
    code: 'model(x)',
  },
  {
    name: 'a module that the entry script lacks',
    files: {
      [std]: start + end + exit42,
      ...userError(
        '0',
        'process000',
        'init',
        "No module named 'cv2'",
        traceback(
          [
            [`${library}/azureml_user/parallel_run/entry.py`, 9, 'load', 'exec(m)'],
            ['wine.py', 2, '<module>', 'import cv2'],
          ],
          "ModuleNotFoundError: No module named 'cv2'",
        ),
      ),
    },
    status: 'failed',
    cause: ['import_error'],
    says: /cv2/,
    node: '0',
    frame: 'wine.py',
  },
  {
    name: 'a package that no index has',
    files: {
      'azureml-logs/20_image_build_log.txt': `2023/03/08 11:00:01 Executing step ID: acb_step_0.\n2023/03/08 11:00:31 Pip subprocess error:\nERROR: Could not find a version that satisfies the requirement grapes==9.9 (from versions: 1.0)\nERROR: No matching distribution found for grapes==9.9\nCondaEnvException: Pip failed\nThe command '/bin/sh -c conda env create' returned a non-zero code: 1\n2023/03/08 11:00:33 Container failed during run: acb_step_0. No retries remaining.\nfailed to run step ID: acb_step_0: exit status 1\n`,
    },
    status: 'failed',
    cause: ['unknown', 'import_error'],
    says: /grapes==9.9/,
  },
  {
    name: 'a database that refuses the login',
    files: {
      [std]: `${start}Error Code: ScriptExecution.DatabaseConnection.Authentication\nNative Error: AuthenticationError(login failed for principal 'x')\nError Message: Authentication failed when trying to open a connection to the database.| session_id=1\n${end}${exit42}`,
    },
    status: 'failed',
    cause: ['unknown', 'download_failed'],
    never: /^SystemExit/,
    next: /credential|identity/i,
  },
  {
    name: 'an exit code on one node, the exception on another',
    files: {
      'user_logs/std_log_process_0.txt': start + end + exit42,
      'user_logs/std_log_process_1.txt': `${start}${traceback([main, ['wine.py', 4, 'init', 'boot()']], 'RuntimeError: no barrel')}\n`,
    },
    status: 'failed',
    cause: ['init_failed', 'unknown'],
    says: /RuntimeError: no barrel/,
  },
  {
    name: 'no task that was picked up',
    files: {
      [std]: start + end + exit42,
      [overview]: `${scheduled}2023-03-08T11:10:58.2 NoTaskPickedException: No task has been picked. Please check logs/sys for details.\n`,
    },
    status: 'failed',
    cause: ['unknown', 'no_progress'],
    says: /No task has been picked/,
  },
  {
    name: 'a run that still goes on',
    files: {
      [std]: start,
      [overview]: `${scheduled}2023-03-08T11:01:20.000100 Processed 2 of 6 mini batches in 0:01:14. Estimated remaining time 0:00:40.\n`,
    },
    status: 'running',
    cause: [null],
  },
  {
    name: 'a killed child that the driver got over',
    files: {
      [std]: `${start}run.sh: line 3:   871 Killed   python warm_up.py\n[2023-03-08 11:00:09.1] The cache is cold.\n${end}`,
      [overview]: good(),
    },
    status: 'succeeded',
    cause: [null],
  },
  {
    name: 'timeouts before the threshold',
    files: {
      [std]: start + end + exit42,
      [overview]: `${scheduled}2023-03-08T11:01:58.2 The number of failed items is 30, which exceeds error threshold 10.\n`,
      'logs/sys/node/2/process001.txt': `2023-03-08 11:00:05,104|INFO|41|140211003004672|Process 1: start processing thread.\n2023-03-08 11:00:31,104|DEBUG|41|140211003004672|Got task 3.\n2023-03-08 11:01:41,104|ERROR|41|140211003004672|mini batch 3 did not finish in 70 seconds. Stopping this process.\n`,
    },
    status: 'failed',
    cause: ['run_timeout'],
    node: '2',
  },
  {
    name: 'a stream that is not there',
    files: {
      [std]: `${start}2023-03-08T11:00:03.1Z ERROR rslex: StreamError(NotFound(Some(the path grapes/2023 does not exist)))\n${end}${exit42}`,
    },
    status: 'failed',
    cause: ['download_failed', 'mount_failed', 'no_input', 'unknown'],
    says: /grapes\/2023/,
  },
  {
    name: 'an exit with words',
    files: {
      [drv]: `[2021-02-09 14:05:13.1] Azure Machine Learning Batch Inference Start\n${traceback([main, ['press.py', 12, 'init', "sys.exit('no press is free')"]], 'SystemExit: no press is free')}\n`,
    },
    status: 'failed',
    cause: ['init_failed', 'unknown'],
    says: /no press is free/,
  },
  {
    name: 'a request beyond the quota',
    files: {
      'logs/azureml/executionlogs.txt': `[2023-03-08 11:16:48Z] Job failed: InsufficientQuota: the request for 96 cores exceeds the remaining quota of 24 for family StandardD.\n`,
    },
    status: 'failed',
    cause: ['unknown'],
    says: /exceeds the remaining quota/,
    next: /quota/,
  },
  {
    name: 'a platform that points at the console',
    files: {
      [drv]: `[2021-02-09 14:05:13.1] Azure Machine Learning Batch Inference Start\n${traceback([main, ['press.py', 12, 'run', 'squeeze()']], 'press.Dry: nothing left')}\n`,
      'logs/azureml/executionlogs.txt':
        '[2021-02-09 14:06:00Z] Job failed: Submitted script failed with a non-zero exit code; see the driver log file for details.\n',
    },
    status: 'failed',
    cause: ['run_exception', 'unknown'],
    says: /Dry: nothing left/,
    code: 'squeeze()',
  },
];
