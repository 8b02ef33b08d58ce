/** The list of what redaction hides, with the name that replaces each value in the report. */
import type { ReportPreview } from '../../../electron/contract/report.ts';
import { formatCount } from '../../base/format.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export interface HiddenValuesProps {
  /** The first values, and how many there are in all. */
  values: ReportPreview['hidden'];
  total: number;
}

export function HiddenValues({ values, total }: HiddenValuesProps) {
  return (
    <details>
      <summary>
        What is hidden: {formatCount(total, 'value')}
        <span className="soft"> – only you see this list</span>
      </summary>
      <PlainTable noun="value" nouns="values" fileName="redacted-values" className="report-form__hidden">
        <thead>
          <tr>
            <th scope="col">In the report</th>
            <th scope="col">In the logs</th>
            <th scope="col" className="number">
              Places
            </th>
          </tr>
        </thead>
        <tbody>
          {values.map((value) => (
            <tr key={value.pseudonym}>
              <th scope="row" className="mono">
                {value.pseudonym}
              </th>
              <td title={value.what}>
                <span className="mono">
                  <SafeText text={value.sample} />
                </span>
                <span className="soft"> {value.what}</span>
              </td>
              <td className="number">{value.places}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {total > values.length && <p className="soft">and {formatCount(total - values.length, 'more value')}</p>}
    </details>
  );
}
