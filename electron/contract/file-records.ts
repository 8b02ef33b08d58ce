/** Files of the run: the purposes of files, a file with its counts, and what is wrong with one. */

/**
 * The purpose of a file. Several formats of several generations share a kind, so that one filter
 * finds them all.
 */
export const fileKinds = [
  'progress', // overview, job progress overview: what the run reports about itself
  'result', // job result, job error
  'driver', // 70_driver_log, std_log: the controller's console
  'master', // orchestrator
  'worker', // system log of a worker process or of a node's supervisor
  'user', // what the entry script logged, printed and raised
  'issues', // warnings and errors that the system collected
  'tasks', // tables of mini-batches and tasks
  'resources', // CPU, memory, disk, network
  'compute', // image build, job preparation, life cycle: everything around the run
  'profile', // profiler output
  'other', // matched by no format, yet still listed, searched and shown
] as const;
export type FileKind = (typeof fileKinds)[number];

export interface FileRow {
  fileId: number;
  path: string;
  kind: FileKind;
  /** Id of the row in the formats registry; `other` if none matched. */
  format: string;
  generation: string | null;
  node: string | null;
  process: string | null;
  /** The only pid that wrote the file. Null if several did, or none is known. */
  pid: number | null;
  bytes: number;
  /** Null until the file is indexed. */
  lines: number | null;
  firstUs: number | null;
  lastUs: number | null;
  /** Lines with level error or critical, tracebacks included. */
  errors: number;
  warnings: number;
  problems: number;
  state: 'pending' | 'indexed' | 'failed';
  /**
   * How its times are read: the first time as written, the zone of times that name none, the order
   * of day and month. See `files.reading`.
   */
  timeExample?: string | null;
  zone?: string | null;
  dateOrder?: string | null;
  encoding?: string;
  /** 1: a person has set some of these. */
  isReadingSet?: 0 | 1;
}

export interface Problem {
  file: string | null;
  line: number | null;
  kind: string;
  message: string;
  count: number;
}
