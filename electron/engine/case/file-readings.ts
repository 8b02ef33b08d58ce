/** File readings: how each file of a case is read, for the Files view. */
import type { ReadingChoice, ReadingRow } from '../../contract/reading.ts';
import type { TimeForm } from '../../contract/time-forms.ts';
import type { FileReading } from '../formats/prefix/file-reading.ts';
import type { ReadableDb } from '../store/open.ts';
import { type JsonText, parseJson, selectRows, wordOrNull } from '../store/select.ts';

/**
 * Returns how the lines of a file are read, in the contract's terms; null if that is undecided or a
 * custom format decides it.
 */
export function fileReading(db: ReadableDb, fileId: number): ReadingRow | null {
  const row = selectRows(db, 'SELECT reading, choice, encoding FROM file WHERE id = ?', {
    reading: wordOrNull<JsonText<FileReading>>(),
    choice: wordOrNull<JsonText<ReadingChoice>>(),
    encoding: 'text',
  }).get(fileId);
  if (row === undefined || row.reading === null) return null;
  const reading = parseJson(row.reading);
  const forms: TimeForm[] = [...new Set(reading.forms.map(({ form }) => form))];
  const isShort = forms.includes('two_digit_year');
  return {
    forms,
    example: reading.example,
    zone: { name: reading.unknownZone ?? reading.zone, by: reading.zoneBy },
    order:
      reading.orderBy === null ? null : { name: isShort ? reading.shortOrder : reading.longOrder, by: reading.orderBy },
    isYearless: reading.isYearless,
    encoding: row.encoding,
    choice: row.choice === null ? {} : parseJson(row.choice),
  };
}
