/**
 * Rows of the first generation's tables with what they must yield (README.md#task-tables,
 * #resource-tables).
 */
import type { FormatSample } from './format-row.ts';

const at = (iso: string): number => Date.parse(iso) * 1000;
const node = '10.0.0.4';

export const taskTableSamples: FormatSample[] = [
  {
    path: 'logs/sys/worker/10.0.0.4/Process-3.task.csv',
    node,
    process: 'Process-3',
    lines: [
      'Task Id,Dequeue Count,Start Time,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds,Status,Error',
      'N/A,N/A,2020-05-06T05:50:48.682392,N/A,N/A,N/A,N/A,N/A,N/A,ENTRY_SCRIPT_INIT_START,',
      'N/A,N/A,2020-05-06T05:50:49.682392,N/A,N/A,N/A,N/A,N/A,N/A,ENTRY_SCRIPT_INIT_DONE,',
      '17,1,2020-05-06T05:50:50.682392,0,0,0,0,0,0,TASK_PICKED,',
      '17,1,2020-05-06T05:50:50.682392,10,9,1,2.5,2.25,2.0,TASK_PROCESSED,',
      '18,2,2020-05-06T05:50:53.682392,0,0,0,0,0,0,TASK_PICKED,',
      'N/A,N/A,2020-05-06T05:50:54.682392,N/A,N/A,N/A,N/A,N/A,N/A,ENTRY_SCRIPT_RUN_EXCEPTION,"bad, very bad"',
      '19,1,2020-05',
    ],
    yields: [
      {
        event: 'process',
        type: 'init_started',
        node,
        process: 'Process-3',
        atUs: at('2020-05-06T05:50:48.682Z') + 392,
      },
      { event: 'process', type: 'init_done' },
      { event: 'task', source: 'task_table', type: 'picked', line: 4, miniBatchId: '17', dequeueCount: 1, total: null },
      {
        event: 'task',
        type: 'processed',
        line: 5,
        miniBatchId: '17',
        total: 10,
        succeeded: 9,
        failed: 1,
        durationSeconds: 2.5,
        processSeconds: 2.25,
        runMethodSeconds: 2,
        node,
      },
      { event: 'process', type: 'run_failed', detail: 'bad, very bad' },
      { event: 'task', type: 'failed', line: 7, miniBatchId: '18', status: 'RUN_EXCEPTION', error: 'bad, very bad' },
      { event: 'problem', kind: 'damaged' },
    ],
  },
];

export const processedSamples: FormatSample[] = [
  {
    path: 'logs/sys/report/processed_tasks.csv',
    lines: [
      'Task Id,Ip Address,Process Id,Start Time,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds',
      '17,10.0.0.4,231,2020-05-06T05:50:50.682392,10,9,1,2.5,2.25,2.0',
    ],
    yields: [
      {
        event: 'task',
        source: 'report',
        type: 'processed',
        miniBatchId: '17',
        node,
        pid: 231,
        durationSeconds: 2.5,
        failed: 1,
      },
    ],
  },
];

export const pendingSamples: FormatSample[] = [
  {
    path: 'logs/report/pending_tasks.csv',
    lines: ['Task Id,Ip Address,Process Id,Start Time', '17,10.0.0.4,231,2020-05-06T05:50:50.682392', '18,N/A,N/A,N/A'],
    yields: [
      { event: 'task', type: 'picked', miniBatchId: '17', node, pid: 231 },
      { event: 'task', type: 'sent', miniBatchId: '18', node: null },
    ],
  },
];

export const overrideSamples: FormatSample[] = [
  {
    path: 'logs/sys/report/override_tasks.csv',
    lines: [
      'Prior Task Id,Prior Ip Address,Prior Process Id,Prior Start Time,Prior Total,Task Id,Ip Address,Process Id,Start Time,Total',
      '17,10.0.0.4,231,2020-05-06T05:50:50,10,17,10.0.0.5,77,2020-05-06T05:52:50,10',
    ],
    yields: [
      { event: 'task', type: 'processed', miniBatchId: '17', node, pid: 231 },
      { event: 'task', type: 'processed', miniBatchId: '17', node: '10.0.0.5', pid: 77 },
    ],
  },
];

export const nodeResourceSamples: FormatSample[] = [
  {
    path: 'logs/sys/perf/10.0.0.4/sys.csv',
    node,
    lines: [
      'TIME_STAMP,CPU_PERCENT,MEMORY_TOTAL,MEMORY_AVAILABLE,MEMORY_USED,MEMORY_USED_PERCENT,DISK_IO_READ_COUNT,DISK_IO_WRITE_COUNT,DISK_IO_READ_BYTES,DISK_IO_WRITE_BYTES,NETWORK_BYTES_SENT,NETWORK_BYTES_RECV',
      '2020-05-06T05:50:48.682392,10.5,1000,600,400,40.0,1,2,3,4,5,6',
      'TIME_STAMP,CPU_PERCENT,MEMORY_TOTAL,MEMORY_AVAILABLE,MEMORY_USED,MEMORY_USED_PERCENT,DISK_IO_READ_COUNT,DISK_IO_WRITE_COUNT,DISK_IO_READ_BYTES,DISK_IO_WRITE_BYTES,NETWORK_BYTES_SENT,NETWORK_BYTES_RECV',
      '2020-05-06T05:51:48.682392,11.5,1000,N/A,500,50.0,1,2,3,4,5,7',
      '2020-05-06T05:52',
    ],
    yields: [
      { event: 'samples', node, process: null, metric: 'cpu_percent', unit: '%', values: [10.5, 11.5] },
      { event: 'samples', node, metric: 'memory_available', unit: 'bytes', values: [600] },
      { event: 'samples', node, metric: 'network_received_bytes', unit: 'bytes', values: [6, 7] },
      { event: 'problem', kind: 'damaged' },
    ],
  },
  { path: 'logs/sys/perf/sys.csv' },
];

export const processResourceSamples: FormatSample[] = [
  {
    path: 'logs/sys/perf/10.0.0.4/Process-3.csv',
    node,
    process: 'Process-3',
    lines: [
      'TIME_STAMP,CPU_PERCENT,CPU_TIMES_USER,CPU_TIMES_SYSTEM,MEMORY_PERCENT,DISK_IO_READ_COUNT,DISK_IO_WRITE_COUNT,DISK_IO_READ_BYTES,DISK_IO_WRITE_BYTES,THREAD_NUM',
      '2020-05-06T05:50:48.682392,110.5,1.5,0.5,2.5,1,2,3,4,12',
    ],
    yields: [
      { event: 'samples', node, process: 'Process-3', metric: 'cpu_user_seconds', unit: 's', values: [1.5] },
      { event: 'samples', node, process: 'Process-3', metric: 'threads', unit: 'count', values: [12] },
      { event: 'samples', node, process: 'Process-3', metric: 'memory_percent', unit: '%', values: [2.5] },
    ],
  },
  { path: 'logs/sys/perf/10.0.0.4/MainProcess.csv', node, process: 'MainProcess' },
  { path: 'logs/sys/perf/Process-3.csv', process: 'Process-3' },
];
