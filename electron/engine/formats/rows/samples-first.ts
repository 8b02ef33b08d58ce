/** Lines of the first generation with what they must yield (README.md#generations). */
import type { FormatSample } from './format-row.ts';

const at = (iso: string): number => Date.parse(iso) * 1000;
const node = '10.0.0.4';

export const overviewSamples: FormatSample[] = [
  {
    path: 'logs/overview.txt',
    lines: [
      '2020-03-19 15:37:07,101|INFO|Start scheduling.',
      '2020-03-19 15:37:09,101|INFO|Scheduled 40 mini batches in 2 seconds.',
      '2020-03-19 15:37:10,101|INFO|Scheduling finished. Scheduled 100 mini batches with 1000 items in 3 seconds.',
      '2020-03-19 15:37:11,101|INFO|No task has been processed yet.',
      '2020-03-19 15:37:21,101|INFO|Processed 7 mini batches.',
      '2020-03-19 15:38:21,101|INFO|Processed 31 of 100 mini batches in 0:01:14. Estimate remaining 1 day, 0:03:00.',
      '2020-03-19 15:40:21,101|INFO|All 100 mini batches have been processed.',
      '2020-03-19 15:40:21,102|INFO|The ParallelRunStep processed all mini batches. There are 100 mini batches with 1000 items. Processed 100 mini batches containing 1000 items, 990 succeeded, 10 failed. The error threshold is -1.',
      '2020-03-19 15:40:22,101|INFO|Concatenated 3/4 files in 0:00:01. Estimated remaining 0:00:01.',
    ],
    yields: [
      { event: 'run', type: 'scheduling_started', line: 1, atUs: at('2020-03-19T15:37:07.101Z') },
      { event: 'run', type: 'scheduling_progress', scheduled: 40 },
      { event: 'run', type: 'scheduling_finished', scheduled: 100, total: 100, items: 1000, value: 3 },
      { event: 'run', type: 'progress', processed: 0 },
      { event: 'run', type: 'progress', processed: 7, total: null },
      { event: 'run', type: 'progress', processed: 31, total: 100, value: 86_580 },
      { event: 'run', type: 'all_processed', total: 100 },
      { event: 'run', type: 'result', name: 'succeeded' },
      {
        event: 'run',
        type: 'summary',
        total: 100,
        items: 1000,
        processed: 100,
        itemsSucceeded: 990,
        itemsFailed: 10,
        errorThreshold: -1,
      },
      { event: 'run', type: 'concatenating', processed: 3, total: 4 },
    ],
  },
  {
    path: 'logs/overview.txt',
    lines: [
      "2020-03-19T15:40:21.102000 Progress update stopped for reasons: ['Exceeded error threshold.'].",
      '2020-03-19T15:40:22 EntryScriptException: No progress update in 11190 seconds. Updated: False. Detail: Processed 31 of 11973 mini batches.',
      'The run() function in the entry script had raised exception for 237 times. Please check logs at logs/user/error/* for details.',
      "  * Error ''AutoML_5131f894'' occurred 52 times.",
      'The init() in the entry scipt had timeout for 3 times. Please increase --run_invocation_timeout and try again.',
    ],
    yields: [
      { event: 'run', type: 'stop_reason', message: 'Exceeded error threshold.' },
      { event: 'run', type: 'failure', line: 2 },
      { event: 'run', type: 'cause', line: 3, name: 'run_exception', value: 237 },
      { event: 'run', type: 'cause', line: 4, name: 'error', value: 52, message: "'AutoML_5131f894'" },
      { event: 'run', type: 'cause', line: 5, name: 'init_timeout', value: 3 },
      { event: 'run', type: 'advice', line: 3, name: 'logs/user/error/*' },
    ],
  },
];

export const masterSamples: FormatSample[] = [
  {
    path: 'logs/sys/master.txt',
    lines: [
      '2020-03-19 15:37:06,101|ParallelRunStep.Master|INFO|93|Master - Starting',
      '2020-03-19 15:37:06,102|ParallelRunStep.Master|INFO|93|Master - Start processing batch: outputAction:append_row, miniBatchSize:10, processCountPerNode:2, errorThreshold:-1, numberOfNodes:3',
      '2020-03-19 15:37:07,101|ParallelRunStep.Scheduler|INFO|93|Sent "{"id": 17, "dequeue_count": 0, "minibatch": ["a.png"]}" to queue.',
      '2020-03-19 15:37:09,101|ParallelRunStep.Progress|DEBUG|93|139767160076032|run()|Got a message from worker: {"id": 17, "dequeue_count": 1, "total": 10, "succeeded": 9, "failed": 1, "ip": "10.0.0.5", "pid": 231, "start_time": 1584632227.5, "duration": 1.5, "process_time": 1.25, "run_method_time": 1.0, "status": 99}.',
      '2020-03-19 15:37:10,101|ParallelRunStep.Job|WARNING|93|The process 231 exits with exitcode -9.',
      '2020-03-19 15:37:11,101|ParallelRunStep.Job|WARNING|93|User cancelled the run.',
    ],
    yields: [
      { event: 'run', type: 'run_started', line: 1 },
      { event: 'run', type: 'setting', name: 'outputAction', message: 'append_row' },
      { event: 'run', type: 'setting', name: 'errorThreshold', value: -1 },
      { event: 'run', type: 'setting', name: 'numberOfNodes', value: 3 },
      { event: 'task', type: 'sent', source: 'master_log', miniBatchId: '17', inputs: '["a.png"]' },
      {
        event: 'task',
        type: 'processed',
        line: 4,
        miniBatchId: '17',
        dequeueCount: 1,
        node: '10.0.0.5',
        pid: 231,
        startUs: at('2020-03-19T15:37:07.500Z'),
        durationSeconds: 1.5,
        processSeconds: 1.25,
        runMethodSeconds: 1,
        total: 10,
        succeeded: 9,
        failed: 1,
        status: 'TASK_PROCESSED',
      },
      { event: 'process', type: 'exited', pid: 231, exitCode: -9 },
      { event: 'run', type: 'cancelled' },
    ],
  },
  {
    path: 'logs/sys/master.txt',
    lines: [
      '2020-03-19 15:37:11,101|ParallelRunStep.Job|ERROR|93|UserException occurred executing job: The number of failed items is 11, which exceeds error threshold 10.',
      'Please check logs/user/error.txt.',
    ],
    yields: [
      { event: 'error', level: 4, chain: [] },
      { event: 'run', type: 'failure' },
      { event: 'run', type: 'advice', line: 2, name: 'logs/user/error.txt' },
    ],
  },
];

export const workerSamples: FormatSample[] = [
  {
    path: 'logs/sys/worker/10.0.0.4/Process-3.txt',
    node,
    process: 'Process-3',
    lines: [
      '2020-03-19 15:37:06,001|ParallelRunStep.Worker|DEBUG|231|139767160076032|run()|Process 3: start processing thread.',
      '2020-03-19 15:37:06,101|ParallelRunStep.Worker|DEBUG|231|139767160076032|init()|Calling init method in scoring module.',
      '2020-03-19 15:37:07,101|ParallelRunStep.Worker|DEBUG|231|139767160076032|get()|Got task 17.',
      '2020-03-19 15:37:07,102|ParallelRunStep.Worker|DEBUG|231|139767160076032|run()|Calling run method in scoring module.',
      '2020-03-19 15:37:08,601|ParallelRunStep.Worker|DEBUG|231|139767160076032|run()|Batch processing completed. Total count: 10, success count: 9, processing time: 1.25, run method time: 1.0',
      '2020-03-19 15:37:09,101|ParallelRunStep.Worker|INFO|231|The worker process 231 exits.',
    ],
    yields: [
      { event: 'process', type: 'started', node, process: 'Process-3', pid: 231 },
      { event: 'process', type: 'init_started', pid: 231 },
      { event: 'process', type: 'init_done', pid: 231, line: 4 },
      {
        event: 'task',
        type: 'picked',
        source: 'worker_log',
        line: 3,
        miniBatchId: '17',
        node,
        pid: 231,
        process: 'Process-3',
        startUs: at('2020-03-19T15:37:07.101Z'),
      },
      {
        event: 'task',
        type: 'processed',
        line: 5,
        miniBatchId: '17',
        pid: 231,
        total: 10,
        succeeded: 9,
        failed: 1,
        durationSeconds: 1.5,
        processSeconds: 1.25,
        runMethodSeconds: 1,
        startUs: at('2020-03-19T15:37:07.101Z'),
      },
      { event: 'process', type: 'exited', pid: 231 },
    ],
  },
  {
    path: 'logs/sys/worker/10.0.0.4/Process-3.txt',
    node,
    process: 'Process-3',
    lines: [
      '2020-09-17 09:43:38,000|DEBUG|230|Got task 0.',
      '2020-09-17 09:43:39,318|ERROR|230|Failed to process {"id": 0, "dequeue_count": 3, "minibatch": [0], "location": "diabetes_scoring_ds", "partition_size": 1048576, "task_type": 10} with error The run() method in the entry script should return a list or a pandas DataFrame. The actual type of output is NoneType.',
      'Please check logs for error. You can check logs/readme.txt for the layout of logs.. Detail: Traceback (most recent call last):',
      '  File "/azureml-envs/lib/python3.6/site-packages/azureml_sys/task_processor.py", line 12, in process',
      '    run()',
      '  File "score.py", line 3, in run',
      '    return None',
      'azureml_common.parallel_run.exception.EntryScriptRunReturnWrongType: The run() method in the entry script should return a list.',
    ],
    yields: [
      {
        event: 'task',
        type: 'failed',
        line: 2,
        miniBatchId: '0',
        dequeueCount: 3,
        inputs: '[0]',
        error:
          'The run() method in the entry script should return a list or a pandas DataFrame. The actual type of output is NoneType.',
        startUs: at('2020-09-17T09:43:38.000Z'),
      },
      {
        event: 'error',
        level: 4,
        chain: ['EntryScriptRunReturnWrongType'],
        miniBatchId: '0',
        message: 'The run() method in the entry script should return a list.',
      },
    ],
  },
  {
    path: 'logs/sys/worker/10.0.0.4/Process-3.txt',
    node,
    process: 'Process-3',
    lines: [
      '2020-03-19 15:37:07,101|ParallelRunStep.Worker|ERROR|231|mini batch -1 did not finish in 60 seconds. Stopping this process.',
      '2020-03-19 15:37:08,101|ParallelRunStep.Worker|ERROR|232|mini batch 17 did not finish in 60 seconds. Stopping this process.',
      '2020-03-19 15:37:08,102|ParallelRunStep.Worker|ERROR|232|Process abort with unfinished mini batch 17.',
      '2020-03-19 15:37:09,101|ParallelRunStep.Worker|WARNING|233|11 mini batches failed. 3 succeeded.This process is exiting and a new process will start.',
      '2020-03-19 15:37:10,101|ParallelRunStep.Worker|ERROR|233|Failed to process task {"id": 18, "dequeue_count": 1, "minibatch": ["a.p',
      '2020-03-19 15:37:11,101|ParallelRunStep.Worker|ERROR|233|Failed to process everything.',
    ],
    yields: [
      { event: 'process', type: 'init_timed_out', pid: 231 },
      { event: 'task', type: 'timed_out', miniBatchId: '17', pid: 232 },
      { event: 'error', miniBatchId: '17' },
      { event: 'task', type: 'aborted', miniBatchId: '17', pid: 232 },
      { event: 'process', type: 'stopping', pid: 233 },
      { event: 'task', type: 'failed', miniBatchId: '18', dequeueCount: 1 },
      { event: 'problem', kind: 'unrecognised' },
    ],
  },
  {
    path: 'logs/sys/worker/10.0.0.4/MainProcess.txt',
    node,
    process: 'MainProcess',
    lines: [
      '2020-03-19 15:37:07,101|ParallelRunStep.WorkerManager|WARNING|93|The process 231 exits with exitcode 71.',
      '2020-03-19 15:37:07,102|ParallelRunStep.WorkerManager|INFO|93|A new process will be started to replace the process 231.',
      '2020-03-19 15:37:08,101|ParallelRunStep.WorkerManager|WARNING|93|The process 232 is not alive. Try to kill it.',
      '2020-03-19 15:37:09,101|ParallelRunStep.WorkerManager|INFO|93|Assign GPU 1 to worker 233',
      '2020-03-19 15:37:09,102|Telemetry|INFO|93|Worker - Telemetry: hostIp:10.0.0.4, processId:93, computeType:AmlCompute',
    ],
    yields: [
      { event: 'process', type: 'exited', pid: 231, exitCode: 71, process: null, node },
      { event: 'process', type: 'replaced', pid: 231 },
      { event: 'process', type: 'killed', pid: 232 },
      { event: 'process', type: 'started', pid: 233, detail: 'GPU 1' },
    ],
  },
];

export const userLogSamples: FormatSample[] = [
  {
    path: 'logs/user/10.0.0.4/Process-3.txt',
    node,
    process: 'Process-3',
    lines: [
      "2020-03-19 15:37:07,101|10.0.0.4_Process-3|DEBUG|25219|139767160076032|run()|batch_score.py: ['a.png'].",
      'a second line of the message',
      '2020-03-19 15:37:08,101|10.0.0.4_Process-3|ERROR|25219|139767160076032|run()|batch_score.py: bad picture',
      'Traceback (most recent call last):',
      '  File "batch_score.py", line 7, in run',
      '    open(path)',
      "FileNotFoundError: [Errno 2] No such file or directory: 'a.png'",
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      'Traceback (most recent call last):',
      '  File "batch_score.py", line 9, in run',
      '    raise ValueError(path)',
      'ValueError: a.png',
    ],
    yields: [{ event: 'error', level: 4, chain: ['FileNotFoundError', 'ValueError'], message: 'a.png' }],
  },
  { path: 'logs/user/log/10.0.0.4/Process-3.txt', node, process: 'Process-3' },
];

export const poisonSamples: FormatSample[] = [
  {
    path: 'logs/sys/poison_tasks_10.0.0.4_231.txt',
    node,
    lines: ['{"id": 17, "dequeue_count": 4, "minibatch": ["a.png"]}', 'eyJpZCI6IDE4LCAiZGVxdWV1ZV9jb3VudCI6IDR9'],
    yields: [
      { event: 'task', type: 'poisoned', miniBatchId: '17', dequeueCount: 4 },
      { event: 'task', type: 'poisoned', miniBatchId: '18', dequeueCount: 4 },
    ],
  },
];
