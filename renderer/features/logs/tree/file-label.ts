/**
 * A file label says in two words what a file is, such as “User log” or “stdout”. The names of files
 * are also taken from their paths and compared here.
 */
import type { FileKind, FileRow } from '../../../../electron/contract/records.ts';
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

/** What a file is in two words, from its kind and the parts of its path that tell twins apart. */
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

/** `Process-2` before `Process-10`, `10.0.0.4` before `10.0.0.12`. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

/**
 * The log that a line is of, in a column: what the file is, or its name where it is of no known
 * kind.
 */
export function logName(file: Pick<FileRow, 'kind' | 'path'>): string {
  return file.kind === 'other' ? baseName(file.path) : fileLabel(file).replace(/ log$/, '');
}
