/** An entry: one file of a source, with the place its bytes are read from. */
import type { Inside } from './inside.ts';
import type { ZipPlace } from './zip-place.ts';

/** One file of a source: a byte stream with a confined relative path. */
export interface SourceEntry {
  /** Relative to the source, with `/`, without `.` or `..`. */
  path: string;
  bytes: number;
  modifiedUs: number | null;
  /** Where the source is a zip: the file itself, or the one that holds it. */
  zip: ZipPlace | null;
  /** Set where it is read through an archive or a compressed file. */
  inside: Inside | null;
}

/** Something about a source that is not as it should be; the rest of the source is kept. */
export interface SourceProblem {
  path: string | null;
  kind: string;
  message: string;
}

export interface SourceListing {
  /**
   * `zip` also for a source that is one file of another kind: all text of it is kept in the case.
   */
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or file. */
  path: string;
  entries: SourceEntry[];
  problems: SourceProblem[];
}

/** What an archive gives to the listing of its source. */
export interface ArchiveListing {
  entries: SourceEntry[];
  problems: SourceProblem[];
}
