/** Sources and cases: what a source holds, how far indexing is, and how a folder is watched. */

export interface IndexProgress {
  caseId: string;
  phase: 'listing' | 'indexing' | 'deriving' | 'complete' | 'cancelled' | 'failed';
  bytesDone: number;
  bytesTotal: number;
  filesDone: number;
  filesTotal: number;
  bytesPerSecond: number;
  secondsLeft: number | null;
  /** The case already existed and needed no indexing. */
  reused: boolean;
  /**
   * Only growth of the folder is being read, and it is small: the case can be viewed as if nothing
   * were under way.
   */
  isRefresh: boolean;
  message: string | null;
}

export interface RunRoot {
  /** Path of the run's root inside the source; '' for the source itself. */
  root: string;
  name: string;
  files: number;
  bytes: number;
  generation: string | null;
}

export interface SourceInspection {
  path: string;
  kind: 'folder' | 'zip' | 'case';
  roots: RunRoot[];
}

/** `notify` reports the folder's growth; `follow` reads it immediately. */
export type WatchMode = 'off' | 'notify' | 'follow';

/** How a case's folder is watched, and what it holds that the case has not read yet. */
export interface WatchState {
  caseId: string;
  mode: WatchMode;
  /** A folder can be watched; a zip or a portable case cannot. */
  canWatch: boolean;
  /** Changed files. `bytes` counts only their growth. */
  files: number;
  newFiles: number;
  goneFiles: number;
  bytes: number;
}

export interface CaseSummary {
  caseId: string;
  source: string;
  root: string;
  /** Folder of the case in the application's data folder. */
  caseDir: string;
  progress: IndexProgress;
}
