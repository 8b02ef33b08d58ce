/**
 * The report form asks for the title, notes, scope and sections of a report, and for what it hides.
 * `report-state.ts` keeps the answers.
 */
import type { ReportPreview } from '../../../electron/contract/report.ts';
import { type ReportSection, reportSections } from '../../../electron/contract/report-choices.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { HiddenPart } from './HiddenPart.tsx';
import { type Candidates, scopeOf, scopeOptions } from './report-options.ts';
import { useReportState } from './report-state.ts';

const sectionWords: Record<ReportSection, string> = {
  verdict: 'What happened, with evidence',
  environment: 'Environment and settings',
  counts: 'Figures',
  timeline: 'Picture over time',
  batches: 'Failed and retried mini-batches',
  signatures: 'Errors, grouped, with examples',
  stragglers: 'Slow attempts and nodes',
  resources: 'Resource graphs around the failure',
  quotes: 'Quoted and marked lines',
  missing: 'What was missing',
};

export function ReportForm({ candidates, preview }: { candidates: Candidates; preview: ReportPreview | undefined }) {
  const { title, notes, scope, sections, set } = useReportState();
  const inForce = scopeOf(scope, candidates).kind;
  const toggle = (section: ReportSection) =>
    set({ sections: sections.includes(section) ? sections.filter((one) => one !== section) : [...sections, section] });
  return (
    <>
      <label className="report-form__field">
        <span>Title</span>
        <input
          className="text-box"
          value={title}
          maxLength={300}
          placeholder={preview?.report.title ?? ''}
          onChange={(event) => set({ title: event.target.value })}
        />
      </label>
      <label className="report-form__field">
        <span>Notes</span>
        <textarea
          className="text-box report-form__notes"
          value={notes}
          rows={3}
          placeholder="What you expected, what you tried, whom to ask"
          onChange={(event) => set({ notes: event.target.value })}
        />
      </label>
      <fieldset className="report-form__group">
        <legend>Scope</legend>
        {scopeOptions(candidates).map((option) => (
          <label key={option.choice} className="report-form__tick">
            <input
              type="radio"
              name="report-scope"
              checked={option.choice === inForce}
              disabled={!option.isOn}
              onChange={() => set({ scope: option.choice })}
            />
            <span className={option.isOn ? '' : 'soft'}>{option.label}</span>
            <span className={`report-form__count ${option.isOn ? 'mono' : 'soft'}`}>
              <SafeText text={option.detail} />
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="report-form__group">
        <legend>Sections</legend>
        {reportSections.map((section) => (
          <label key={section} className="report-form__tick">
            <input type="checkbox" checked={sections.includes(section)} onChange={() => toggle(section)} />
            <span>{sectionWords[section]}</span>
          </label>
        ))}
      </fieldset>
      <HiddenPart preview={preview} />
    </>
  );
}
