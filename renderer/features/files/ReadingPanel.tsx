/**
 * The reading of a file: which form of time counts, and its zone, date order and encoding. The
 * panel shows what the engine found for the selected file and saves another choice, which the case
 * keeps.
 */
import { type FormEvent, useState } from 'react';
import type { ReadingChoice } from '../../../electron/contract/reading.ts';
import type { FileRow } from '../../../electron/contract/records.ts';
import { type DateOrder, dateOrders, type TimeForm, timeForms } from '../../../electron/contract/time-forms.ts';
import { useCase, useClient } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

const orderWords: Record<DateOrder, string> = {
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
};

/** The encodings to choose from, named as `TextDecoder` names them. */
const encodings: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'euc-kr': 'Korean: EUC-KR, CP949',
  shift_jis: 'Japanese: Shift-JIS, CP932',
  'euc-jp': 'Japanese: EUC-JP',
  gbk: 'Chinese: GBK',
  gb18030: 'Chinese: GB 18030',
  big5: 'Chinese: Big5',
  'windows-1252': 'Western: Latin-1, windows-1252',
  'iso-8859-2': 'Central European: ISO 8859-2',
  'windows-1250': 'Central European: windows-1250',
  'windows-1251': 'Cyrillic: windows-1251',
  'koi8-r': 'Cyrillic: KOI8-R',
  'windows-1253': 'Greek: windows-1253',
  'windows-1254': 'Turkish: windows-1254',
  'windows-874': 'Thai: windows-874, TIS-620',
};

export function ReadingPanel({ file }: { file: FileRow }) {
  const caseId = useCase((state) => state.caseId);
  const client = useClient();
  const { fileId } = file;
  const reading = useCommand('files.reading', caseId === null ? null : { caseId, fileId });
  const [changed, setChanged] = useState<ReadingChoice>({});
  const [message, setMessage] = useState<string | null>(null);
  const found = reading.data;
  if (found === undefined || found === null || caseId === null) return null;
  const choice = { ...found.choice, ...changed };
  const set = (next: ReadingChoice) => setChanged({ ...changed, ...next });
  const save = async (next: ReadingChoice) => {
    setMessage(null);
    try {
      await client.call('files.setReading', { caseId, fileId, choice: next });
      setChanged({});
      reading.refresh();
    } catch (cause) {
      setMessage(cause instanceof Error ? cause.message : String(cause));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(choice);
  };
  return (
    <form className="files__reading" aria-label="How the file is read" onSubmit={submit}>
      <strong>
        <SafeText text={file.path} />
      </strong>
      <label>
        Times{' '}
        <select
          value={choice.form ?? ''}
          onChange={({ target }) =>
            set({ form: target.value === '' ? undefined : (target.value as TimeForm | 'none') })
          }
        >
          <option value="">{found.example === null ? 'none found' : `as found: ${found.example}`}</option>
          {Object.entries(timeForms).map(([form, example]) => (
            <option key={form} value={form}>
              {example}
            </option>
          ))}
          <option value="none">no line has a time</option>
        </select>
      </label>
      <label>
        Zone{' '}
        <input
          size={14}
          placeholder={`${found.zone.name}${found.zone.by === 'assumed' ? ' (assumed)' : ''}`}
          value={choice.zone ?? ''}
          onChange={({ target }) => set({ zone: target.value === '' ? undefined : target.value })}
        />
      </label>
      <label>
        Order{' '}
        <select
          value={choice.order ?? ''}
          onChange={({ target }) => set({ order: target.value === '' ? undefined : (target.value as DateOrder) })}
        >
          <option value="">
            {found.order === null ? 'as written' : `${orderWords[found.order.name]} (${found.order.by})`}
          </option>
          {dateOrders.map((order) => (
            <option key={order} value={order}>
              {orderWords[order]}
            </option>
          ))}
        </select>
      </label>
      {found.isYearless && (
        <label>
          Year of its end{' '}
          <input
            size={5}
            inputMode="numeric"
            value={choice.year ?? ''}
            onChange={({ target }) => set({ year: /^\d{4}$/.test(target.value) ? Number(target.value) : undefined })}
          />
        </label>
      )}
      <label>
        Encoding{' '}
        <select
          value={choice.encoding ?? ''}
          onChange={({ target }) => set({ encoding: target.value === '' ? undefined : target.value })}
        >
          <option value="">as found: {found.encoding}</option>
          {Object.entries(encodings).map(([label, name]) => (
            <option key={label} value={label}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit">Read it so</Button>
      {Object.keys(found.choice).length > 0 && <Button onClick={() => void save({})}>As found</Button>}
      {message !== null && <span role="alert">{message}</span>}
    </form>
  );
}
