/**
 * The reading of a file: which form of time counts, and its zone, date order and encoding. The
 * panel shows what the engine found for the selected file and saves another choice, which the case
 * keeps.
 */
import type { FormEvent } from 'react';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import { type DateOrder, type TimeForm, timeForms } from '../../../electron/contract/time-forms.ts';
import { Button } from '../../widgets/Button.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { encodings } from './encodings.ts';
import { SelectField } from './SelectField.tsx';
import { useReading } from './use-reading.ts';

const forms: Record<TimeForm | 'none', string> = { ...timeForms, none: 'no line has a time' };

const orders: Record<DateOrder, string> = {
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
};

export function ReadingPanel({ file }: { file: FileRow }) {
  const { found, choice, change, save, message } = useReading(file.fileId);
  if (found === null) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(choice);
  };
  return (
    <form className="files__reading" aria-label="How the file is read" onSubmit={submit}>
      <strong>
        <SafeText text={file.path} />
      </strong>
      <SelectField
        label="Times"
        asFound={found.example === null ? 'none found' : `as found: ${found.example}`}
        options={forms}
        value={choice.form}
        onChange={(form) => change({ form })}
      />
      <label>
        Zone{' '}
        <input
          size={14}
          placeholder={`${found.zone.name}${found.zone.by === 'assumed' ? ' (assumed)' : ''}`}
          value={choice.zone ?? ''}
          onChange={({ target }) => change({ zone: target.value === '' ? undefined : target.value })}
        />
      </label>
      <SelectField
        label="Order"
        asFound={found.order === null ? 'as written' : `${orders[found.order.name]} (${found.order.by})`}
        options={orders}
        value={choice.order}
        onChange={(order) => change({ order })}
      />
      {found.isYearless && (
        <label>
          Year of its end{' '}
          <input
            size={5}
            inputMode="numeric"
            value={choice.year ?? ''}
            onChange={({ target }) => change({ year: /^\d{4}$/.test(target.value) ? Number(target.value) : undefined })}
          />
        </label>
      )}
      <SelectField
        label="Encoding"
        asFound={`as found: ${found.encoding}`}
        options={encodings}
        value={choice.encoding}
        onChange={(encoding) => change({ encoding })}
      />
      <Button type="submit">Read it so</Button>
      {Object.keys(found.choice).length > 0 && <Button onClick={() => void save({})}>As found</Button>}
      {message !== null && <span role="alert">{message}</span>}
    </form>
  );
}
