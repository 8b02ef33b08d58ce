/** Pure functions that turn the form and the window's selection into options for the engine. */
import type { ReportOptionsInput, ReportScope } from '../../../electron/contract/report.ts';
import { type ReportFormat, reportSections } from '../../../electron/contract/report-choices.ts';
import type { ReportForm, ScopeChoice } from './report-state.ts';

/** A line with a person's note about it. */
interface ChosenLine {
  file: string;
  line: number;
  note: string;
}

/** The possible subjects of a report, besides the whole run. */
export interface Candidates {
  miniBatchId: string | null;
  node: string | null;
  signature: string | null;
  lines: readonly ChosenLine[];
}

export interface ScopeOption {
  choice: ScopeChoice;
  label: string;
  /** The subject, or how to get one. */
  detail: string;
  isOn: boolean;
}

/** Returns the scopes in the order of the form. Those without a subject say how to get one. */
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

/** Returns the chosen scope if it has a subject, otherwise the whole run. */
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
    // Every report quotes the marked lines, whatever its scope.
    lines: candidates.lines.slice(0, MOST_LINES).map((line) => ({ ...line })),
    redact: [...form.redact],
    redaction: form.redaction,
    wholeFiles: form.wholeFiles,
  };
}

const endings: Record<ReportFormat, string> = { html: 'html', md: 'md', json: 'json', zip: 'zip' };

/** Makes a file name from the run's name, with only characters that every file system accepts. */
export function fileName(runName: string, format: ReportFormat): string {
  const stem = runName
    .replace(/\.zip$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  return `${stem === '' ? 'run' : stem}-report.${endings[format]}`;
}

/** Proposes a path beside the logs, where whoever downloaded them can write. */
export function proposedPath(source: string, runName: string, format: ReportFormat): string {
  const separator = source.includes('\\') && !source.includes('/') ? '\\' : '/';
  const folder = source.replace(/[\\/]+$/, '').replace(/[\\/][^\\/]*$/, '');
  return `${folder}${separator}${fileName(runName, format)}`;
}

/** Returns the path with the extension of another format. */
export function withEnding(path: string, format: ReportFormat): string {
  return /\.(?:html?|md|json|zip)$/i.test(path) ? path.replace(/\.[^.]*$/, `.${endings[format]}`) : path;
}
