/** An entry is one file of a source, together with where its bytes are read from. */
import type { Inside } from './inside.ts';
import type { ZipPlace } from './zip-place.ts';

export interface SourceEntry {
  /** Relative to the source, with `/`, without `.` or `..`. */
  path: string;
  bytes: number;
  modifiedUs: number | null;
  /** Set if the source is a zip: the place of the entry itself, or of the file that holds it. */
  zip: ZipPlace | null;
  /** Set if it is read through an archive or a compressed file. */
  inside: Inside | null;
}

/** Something wrong with a source; the rest of the source is kept. */
export interface SourceProblem {
  path: string | null;
  kind: string;
  message: string;
}

export interface SourceListing {
  /**
   * `zip` also stands for a source that is a single file of another kind: the case stores all its
   * text.
   */
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or file. */
  path: string;
  entries: SourceEntry[];
  problems: SourceProblem[];
}

/** The contribution of an archive to the listing of its source. */
export interface ArchiveListing {
  entries: SourceEntry[];
  problems: SourceProblem[];
}
