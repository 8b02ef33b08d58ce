/**
 * The hidden part of a report is what redaction replaces. The form chooses the kinds, says how many
 * values each has, and lists the values with the names that replace them.
 */
import type { ReportPreview } from '../../../electron/contract/report.ts';
import { type RedactionKind, redactionKinds } from '../../../electron/contract/report-choices.ts';
import { formatCount } from '../../base/format.ts';
import { HiddenValues } from './HiddenValues.tsx';
import { useReportState } from './report-state.ts';

const words: Record<RedactionKind, { title: string; detail: string }> = {
  secrets: { title: 'Secrets', detail: 'keys, tokens, passwords, signatures in URLs' },
  emails: { title: 'E-mail addresses', detail: '' },
  ids: { title: 'Ids', detail: 'of subscription, tenant, workspace, identity' },
  users: { title: 'User names', detail: 'in paths' },
  ips: { title: 'IP addresses', detail: 'of nodes and others' },
};

export function HiddenPart({ preview }: { preview: ReportPreview | undefined }) {
  const redaction = useReportState((state) => state.redaction);
  const set = useReportState((state) => state.set);
  return (
    <fieldset className="report-form__group">
      <legend>Redact</legend>
      {redactionKinds.map((kind) => (
        <KindTick key={kind} kind={kind} count={countWords(preview, kind)} />
      ))}
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
        <HiddenValues values={preview.hidden} total={preview.hiddenTotal} />
      )}
    </fieldset>
  );
}

/** Chooses a kind. Secrets are always redacted, unless nothing is. */
function KindTick({ kind, count }: { kind: RedactionKind; count: string }) {
  const redact = useReportState((state) => state.redact);
  const redaction = useReportState((state) => state.redaction);
  const set = useReportState((state) => state.set);
  const { title, detail } = words[kind];
  const isOn = redaction && (kind === 'secrets' || redact.includes(kind));
  const toggle = () =>
    set({ redact: redact.includes(kind) ? redact.filter((one) => one !== kind) : [...redact, kind] });
  return (
    <label className="report-form__tick">
      <input type="checkbox" checked={isOn} disabled={!redaction || kind === 'secrets'} onChange={toggle} />
      <span>
        {title}
        {detail !== '' && <small>{detail}</small>}
      </span>
      <span className={`report-form__count report-form__count--kind ${isOn ? 'soft' : 'report-form__count--open'}`}>
        {count}
      </span>
    </label>
  );
}

/** Says how many values of a kind are hidden, or are shown if it is off. */
function countWords(preview: ReportPreview | undefined, kind: RedactionKind): string {
  const hidden = preview?.report.redaction.kinds.find((one) => one.kind === kind);
  const shown = preview?.shown.find((one) => one.kind === kind);
  const counts = hidden?.on ? hidden : shown;
  if (counts === undefined) return '';
  if (counts.values === 0) return 'none';
  return `${formatCount(counts.values, 'value')} in ${formatCount(counts.places, 'place')}`;
}
