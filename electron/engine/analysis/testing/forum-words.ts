/**
 * Text shared by the forum runs: messages of the service's logs, with parameters for the parts that
 * vary.
 */

export const start = `Azure Machine Learning Batch Inference Start\n[2024-01-10 07:00:00.100000] No started flag set. Skip creating started flag.\n`;
export const end = `Azure Machine Learning Batch Inference End\nCleaning up all outstanding Run operations, waiting 300.0 seconds\n2 items cleaning up...\nCleanup took 0.2 seconds\n`;
export const exit42 = `Traceback (most recent call last):\n  File "driver/amlbi_main.py", line 275, in <module>\n    main()\n  File "driver/amlbi_main.py", line 226, in main\n    sys.exit(exitcode_candidate)\nSystemExit: 42\n`;
export const console42 = start + end + exit42;
export const std = 'user_logs/std_log_0.txt';
export const platform = 'logs/azureml/executionlogs.txt';
export const overview = 'logs/job_progress_overview.20240110070001.txt';
export const scheduled = `2024-01-10T07:00:02.214203 Start scheduling.\n2024-01-10T07:00:06.006155 Scheduling finished. Scheduled 8 mini batches in 2 seconds. There are 8 tasks with 80 items.\n`;
export const mid =
  scheduled +
  `2024-01-10T07:01:20.000100 Processed 4 of 8 mini batches in 0:01:14. Estimated remaining time 0:01:14.\n`;
export const done =
  mid +
  `2024-01-10T07:02:00.903377 All 8 mini batches have been processed.\n2024-01-10T07:02:01.004412 Progress update stopped for reasons: ['All 8 mini batches have been processed.'].\n`;
export const good =
  done +
  `2024-01-10T07:02:02.220781 The ParallelRunStep processed all mini batches. There are 8 mini batches with 80 items. Processed 8 mini batches containing 80 items, 80 succeeded, 0 failed. The error threshold is -1.\n`;
export const traceback = (frames: [string, number, string, string][], last: string) =>
  `Traceback (most recent call last):\n${frames.map(([f, l, n, c]) => `  File "${f}", line ${l}, in ${n}\n    ${c}\n`).join('')}${last}`;
export const main: [string, number, string, string] = ['driver/amlbi_main.py', 48, '<module>', 'main()'];
export const lib = '/azureml-envs/azureml_1/lib/python3.10/site-packages';
export const userError = (
  node: string,
  p: string,
  m: string,
  text: string,
  msg: string,
  t = '07:00:40,205',
  pid = 40,
) => ({
  [`logs/user/error/${node}/${p}.txt`]: `2024-01-10 ${t}|ERROR|${pid}|140211003004672|Entry script ${m}() failed for ${msg}. Details ${text}\n`,
});
export const worker = (pid = 40, n = 0, t = '07:00:05') =>
  `2024-01-10 ${t},104|INFO|${pid}|1402|Process ${n}: start processing thread.\n2024-01-10 ${t},115|INFO|${pid}|1402|Process tasks on process ${n}.\n`;
export const exits = (pid: number, t: string) => `2024-01-10 ${t}|INFO|${pid}|1402|The worker process ${pid} exits.\n`;
export const fail = (pid: number, id: number, deq: number, t: string, msg: string, text: string) =>
  `2024-01-10 ${t}|ERROR|${pid}|1402|Failed to process task {"id": ${id}, "dequeue_count": ${deq}, "minibatch": ["c_${id}.csv"], "location": "x", "task_type": 1} with error ${msg}. Detail: ${text}\n`;
export const runEx = (n = 4) =>
  `2024-01-10T07:03:00.1 The run() function in the entry script had raised exception for ${n} times. Please check logs at logs/user/error/* for details.\n`;
export const exceeded = `2024-01-10T07:03:01.1 ErrorThresholdException: The number of failed items is 30, which exceeds error threshold 5.\n`;
export const nodeHeader =
  'Utc Time,Cpu Percent,Memory Total (MB),Memory Available (MB),Memory Used (MB),Memory Used Percent\n';
export const nodeTable = (values: number[], step = 10) =>
  nodeHeader +
  values
    .map(
      (v, i) =>
        `2024-01-10T07:0${Math.floor((i * step) / 60)}:${String((i * step) % 60).padStart(2, '0')}.100000,50.0,16000.0,${(16000 * (1 - v / 100)).toFixed(1)},${(160 * v).toFixed(1)},${v.toFixed(1)}\n`,
    )
    .join('');
export const batchHeader =
  'Mini-batch Id,Picked Count,Process,Start Time,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds,Status,Error Category,Error Message,Mini-batch Detail\n';
