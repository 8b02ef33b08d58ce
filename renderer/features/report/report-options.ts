/** From the form and what is selected in the window to the engine's options. Pure. */
import type { ReportOptionsInput, ReportScope } from '../../../electron/contract/report.ts';
import { type ReportFormat, reportSections } from '../../../electron/contract/report-choices.ts';
import type { ReportForm, ScopeChoice } from './report-state.ts';

/** A line with what was noted of it. */
interface ChosenLine {
  file: string;
  line: number;
  note: string;
}

/** What there is to report on, besides the whole run. */
export interface Candidates {
  miniBatchId: string | null;
  node: string | null;
  signature: string | null;
  lines: readonly ChosenLine[];
}

export interface ScopeOption {
  choice: ScopeChoice;
  label: string;
  /** What it would be of, or what to do so that there is something. */
  detail: string;
  isOn: boolean;
}

/** The scopes in the order of the form; those without anything say how to get it. */
export function scopeOptions({ miniBatchId, node, signature, lines }: Candidates): ScopeOption[] {
  const one = (choice: ScopeChoice, label: string, value: string | null, todo: string): ScopeOption => ({
    choice,
    label,
    detail: value ?? todo,
    isOn: value !== null,
  });
  return [
    { choice: 'run', label: 'The whole run', detail: '', isOn: true },
    one('batch', 'One mini-batch', miniBatchId, 'select one, or filter by one'),
    one('signature', 'One error group', signature, 'select one in Errors'),
    one('node', 'One node', node, 'select one, or filter by one'),
    one('lines', 'Marked lines', lines.length === 0 ? null : String(lines.length), 'mark lines in Logs'),
  ];
}

/** The scope that can be had: the one chosen, else the whole run. */
export function scopeOf(choice: ScopeChoice, candidates: Candidates): ReportScope {
  const { miniBatchId, node, signature, lines } = candidates;
  if (choice === 'batch' && miniBatchId !== null) return { kind: 'batch', id: miniBatchId };
  if (choice === 'node' && node !== null) return { kind: 'node', id: node };
  if (choice === 'signature' && signature !== null) return { kind: 'signature', id: signature };
  if (choice === 'lines' && lines.length > 0) return { kind: 'lines' };
  return { kind: 'run' };
}

const MOST_LINES = 1_000;

export function optionsOf(form: ReportForm, candidates: Candidates): ReportOptionsInput {
  const scope = scopeOf(form.scope, candidates);
  return {
    scope,
    sections: reportSections.filter((section) => form.sections.includes(section)),
    title: form.title,
    notes: form.notes,
    // Marks belong to whatever is reported, and are its quoted lines.
    lines: candidates.lines.slice(0, MOST_LINES).map((line) => ({ ...line })),
    redact: [...form.redact],
    redaction: form.redaction,
    wholeFiles: form.wholeFiles,
  };
}

const endings: Record<ReportFormat, string> = { html: 'html', md: 'md', json: 'json', zip: 'zip' };

/** A name for the file from the run's name: only what every file system takes. */
export function fileName(runName: string, format: ReportFormat): string {
  const stem = runName
    .replace(/\.zip$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  return `${stem === '' ? 'run' : stem}-report.${endings[format]}`;
}

/** Beside the logs, where whoever downloaded them can write. */
export function proposedPath(source: string, runName: string, format: ReportFormat): string {
  const separator = source.includes('\\') && !source.includes('/') ? '\\' : '/';
  const folder = source.replace(/[\\/]+$/, '').replace(/[\\/][^\\/]*$/, '');
  return `${folder}${separator}${fileName(runName, format)}`;
}

/** The same place with the ending of another format. */
export function withEnding(path: string, format: ReportFormat): string {
  return /\.(?:html?|md|json|zip)$/i.test(path) ? path.replace(/\.[^.]*$/, `.${endings[format]}`) : path;
}
