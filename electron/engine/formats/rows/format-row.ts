/** A format row describes one kind of file as data: paths, kind, generation, samples. */
import type { FileKind } from '../../../contract/file-records.ts';
import type { FileClass, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../types.ts';

/** The generations of the layout, oldest first (README.md#generations). */
export const generations = ['1', '1-late', '2', '3'] as const;
export type Generation = (typeof generations)[number];

/** An event that the lines of a sample must yield; omitted fields may have any value. */
export type Yield =
  | ({ event: 'task' } & Partial<TaskEvent>)
  | ({ event: 'process' } & Partial<ProcessEvent>)
  | ({ event: 'run' } & Partial<RunEvent>)
  | { event: 'error'; level?: number; chain?: string[]; message?: string; miniBatchId?: string | null }
  | ({ event: 'samples' } & Partial<SampleSeries>)
  | { event: 'problem'; kind: string };

/**
 * A path of the format with what it says and, if the format is known, lines (or CSV rows) with what
 * they must yield.
 */
export interface FormatSample {
  path: string;
  node?: string;
  process?: string;
  lines?: string[];
  yields?: Yield[];
}

export interface FormatRow {
  id: string;
  kind: FileKind;
  /** Generations that write such a file, oldest first; empty if it does not indicate any. */
  generations: readonly Generation[];
  /** A literal in every such path, which rejects most paths before the pattern is tried. */
  contains: string;
  /**
   * Tested against the path relative to the run's root, with any leading folders; has groups `node`
   * and `process`.
   */
  pattern: RegExp;
  /** `by-extension` if the path can hold any kind of file. */
  shape: FileClass['shape'] | 'by-extension';
  priority: FileClass['priority'];
  /** Sections of README.md that this row rests on: `#worker-log, #worker-exits`. */
  source: string;
  samples: readonly FormatSample[];
}

/**
 * Names of worker processes of the first generation (`MainProcess`, `Process-3`, also
 * `ForkProcess-3`).
 */
export const firstProcess = String.raw`(?<process>MainProcess|(?:Fork|Spawn|ForkServer)?Process-\d+(?::\d+)*)`;
/** Names of worker processes of the later generations (`process007`). */
export const laterProcess = String.raw`(?<process>process\d+)`;
/** Names of any generation. */
export const anyProcess = String.raw`(?<process>MainProcess|(?:Fork|Spawn|ForkServer)?Process-\d+(?::\d+)*|process\d+)`;
/** The folder of a node; absent if the run had only one. */
export const nodeFolder = '(?:(?<node>[^/]+)/)?';
