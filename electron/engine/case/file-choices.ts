/**
 * Stores a user's choices for how files of a case are read. They are in a separate file in the
 * application's data folder, because the index is a cache and may be rebuilt.
 */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PostrunError } from '../../contract/errors.ts';
import { parseReadingChoices, type ReadingChoice } from '../../contract/reading.ts';
import { writePrivateFile } from '../base/private-file.ts';
import { parseZone } from '../formats/prefix/zones.ts';
import type { FileChoices } from '../ingest/file-choices.ts';
import type { CaseFolder } from './case-folder.ts';

/** Returns the file of a case in the data folder. */
export function choicesPath(dataDir: string, folder: CaseFolder): string {
  return join(dataDir, 'readings', `${basename(folder.dir)}.json`);
}

/** Reads the choices by path. Renames an unreadable file instead of overwriting it. */
export function readChoices(path: string): FileChoices {
  if (!existsSync(path)) return new Map();
  try {
    return parseReadingChoices(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    renameSync(path, `${path}.unreadable`);
    return new Map();
  }
}

/**
 * Stores the choice for one file; an empty choice removes it. Throws {@link PostrunError}
 * `bad_reading`, `unwritable`.
 */
export function writeChoice(path: string, file: string, choice: ReadingChoice): void {
  checkChoice(choice);
  const choices = new Map(readChoices(path));
  if (Object.values(choice).every((value) => value === undefined)) choices.delete(file);
  else choices.set(file, choice);
  try {
    writePrivateFile(path, JSON.stringify(Object.fromEntries(choices)), { flush: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostrunError('environment', 'unwritable', `How the file is read could not be saved (${reason}).`, {
      where: path,
      cause,
    });
  }
}

function checkChoice({ zone, encoding }: ReadingChoice): void {
  if (zone !== undefined && parseZone(zone) === null) {
    const message = `The time zone “${zone}” is not known; write UTC, KST, +09:00 or Asia/Seoul.`;
    throw new PostrunError('user', 'bad_reading', message);
  }
  if (encoding === undefined) return;
  try {
    new TextDecoder(encoding);
  } catch {
    throw new PostrunError(
      'user',
      'bad_reading',
      `The encoding “${encoding}” is not known; write euc-kr or shift_jis.`,
    );
  }
}
