/**
 * A file label says in two words what a file is, such as “User log” or “stdout”. This module also
 * takes file names from paths and compares them.
 */
import type { FileKind, FileRow } from '../../../../electron/contract/file-records.ts';
import { kindWords } from '../../../base/looks.ts';

const labels: Partial<Record<FileKind, string>> = {
  worker: 'System log',
  user: 'User log',
  driver: 'Driver log',
  master: 'Master log',
  progress: 'Overview',
  result: 'Result',
  tasks: 'Tasks',
  resources: 'Resources',
  profile: 'Profile',
  compute: 'Compute',
};

/**
 * Returns the label from the file's kind and the parts of its path that distinguish similar files.
 */
export function fileLabel(file: Pick<FileRow, 'kind' | 'path'>): string {
  const path = file.path.toLowerCase();
  if (file.kind === 'user' || file.kind === 'worker') {
    if (path.includes('stdout')) return 'stdout';
    if (path.includes('stderr')) return 'stderr';
  }
  if (file.kind === 'user' && /\/error(?:\/|\.)/.test(path)) return 'User errors';
  if (file.kind === 'user' && /\/warning(?:\/|\.)/.test(path)) return 'User warnings';
  if (file.kind === 'issues') {
    if (/(?:^|\/)error/.test(path)) return 'Errors';
    if (/(?:^|\/)warning/.test(path)) return 'Warnings';
    return 'Issues';
  }
  return labels[file.kind] ?? kindWords[file.kind];
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const collator = new Intl.Collator('en', { numeric: true });

/** Sorts `Process-2` before `Process-10`, `10.0.0.4` before `10.0.0.12`. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Names the log of a line in a column: the label, or the file name for a file of no known kind. */
export function logName(file: Pick<FileRow, 'kind' | 'path'>): string {
  return file.kind === 'other' ? baseName(file.path) : fileLabel(file).replace(/ log$/, '');
}
