/**
 * The hidden part of a report is what redaction replaces. The form chooses the kinds, says how many
 * values each has, and lists the values with the names that replace them.
 */
import type { ReportPreview } from '../../../electron/contract/report.ts';
import { type RedactionKind, redactionKinds } from '../../../electron/contract/report-choices.ts';
import { formatCount } from '../../base/format.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { useReportState } from './report-state.ts';

const words: Record<RedactionKind, { title: string; detail: string }> = {
  secrets: { title: 'Secrets', detail: 'keys, tokens, passwords, signatures in URLs' },
  emails: { title: 'E-mail addresses', detail: '' },
  ids: { title: 'Ids', detail: 'of subscription, tenant, workspace, identity' },
  users: { title: 'User names', detail: 'in paths' },
  ips: { title: 'IP addresses', detail: 'of nodes and others' },
};

export function HiddenPart({ preview }: { preview: ReportPreview | undefined }) {
  const redact = useReportState((state) => state.redact);
  const redaction = useReportState((state) => state.redaction);
  const set = useReportState((state) => state.set);
  const countOf = (kind: RedactionKind) => {
    const hidden = preview?.report.redaction.kinds.find((one) => one.kind === kind);
    const shown = preview?.shown.find((one) => one.kind === kind);
    const counts = hidden?.on ? hidden : shown;
    if (counts === undefined) return '';
    if (counts.values === 0) return 'none';
    return `${formatCount(counts.values, 'value')} in ${formatCount(counts.places, 'place')}`;
  };
  const toggle = (kind: RedactionKind) =>
    set({ redact: redact.includes(kind) ? redact.filter((one) => one !== kind) : [...redact, kind] });
  return (
    <fieldset className="report-form__group">
      <legend>Redact</legend>
      {redactionKinds.map((kind) => {
        const isOn = redaction && (kind === 'secrets' || redact.includes(kind));
        return (
          <label key={kind} className="report-form__tick">
            <input
              type="checkbox"
              checked={isOn}
              disabled={!redaction || kind === 'secrets'}
              onChange={() => toggle(kind)}
            />
            <span>
              {words[kind].title}
              {words[kind].detail !== '' && <small>{words[kind].detail}</small>}
            </span>
            <span
              className={`report-form__count report-form__count--kind ${isOn ? 'soft' : 'report-form__count--open'}`}
            >
              {countOf(kind)}
            </span>
          </label>
        );
      })}
      <label className="report-form__tick">
        <input type="checkbox" checked={!redaction} onChange={() => set({ redaction: !redaction })} />
        <span>Don’t redact anything (including secrets)</span>
      </label>
      {!redaction && (
        <p className="report-form__warning" role="alert">
          Keys, tokens and passwords in the logs will be readable by everybody who gets this report.
        </p>
      )}
      {preview !== undefined && preview.hiddenTotal > 0 && (
        <details>
          <summary>
            What is hidden: {formatCount(preview.hiddenTotal, 'value')}
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
              {preview.hidden.map((value) => (
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
          {preview.hiddenTotal > preview.hidden.length && (
            <p className="soft">and {formatCount(preview.hiddenTotal - preview.hidden.length, 'more value')}</p>
          )}
        </details>
      )}
    </fieldset>
  );
}
