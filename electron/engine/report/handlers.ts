/** Handlers of the report commands: model → redaction → writer → final check → file. */
import { readFileSync } from 'node:fs';
import type { RulePack } from '../../contract/analysis.ts';
import type { CancelSignal } from '../../contract/contract.ts';
import type { ReportOptions, ReportPreview, SavedReport } from '../../contract/report.ts';
import type { ReportFormat } from '../../contract/report-choices.ts';
import type { Report } from '../../contract/report-model.ts';
import { memoized } from '../analysis/columns.ts';
import type { LineText } from '../analysis/refs.ts';
import { builtInPack } from '../analysis/rules.ts';
import type { ReadableDb } from '../store/open.ts';
import { evidenceZip, type LinePage, readExcerpts } from './evidence.ts';
import { reportHtml } from './html.ts';
import { reportMarkdown } from './markdown.ts';
import { buildReport } from './model.ts';
import { blankReport, proveRedacted, type Redacted, redactReport } from './redact-report.ts';
import { checkPath, writeReport } from './write-file.ts';

const MAX_HIDDEN = 500;

/** What reports need from the engine. All functions throw `no_case` if the case is not open. */
export interface ReportContext {
  db: (caseId: string) => ReadableDb;
  lineText: (caseId: string) => LineText;
  page: (caseId: string) => LinePage;
  userPacks?: () => readonly RulePack[];
  /** The current time; tests fix it. */
  now?: () => Date;
}

interface Params {
  caseId: string;
  options: ReportOptions;
}

export interface ReportHandlers {
  'report.preview': (params: Params) => ReportPreview;
  'report.render': (params: Params & { format: Exclude<ReportFormat, 'zip'> }) => { text: string; bytes: number };
  'report.save': (
    params: Params & { format: ReportFormat; path: string; force: boolean },
    signal: CancelSignal,
  ) => Promise<SavedReport>;
}

const writers: Record<Exclude<ReportFormat, 'zip'>, (report: Report) => string> = {
  html: reportHtml,
  md: reportMarkdown,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

/**
 * Reads the app's version from package.json, which is one folder further up from the sources than
 * from the bundle.
 */
function readVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<
        string,
        unknown
      >;
      if (name === 'postrun' && typeof version === 'string') return version;
    } catch {
      // Try the other place.
    }
  }
  return 'unknown';
}

/** Creates the handlers of `reportCommands`. */
export function reportHandlers(context: ReportContext): ReportHandlers {
  const version = readVersion();
  const madeAt = () => context.now?.() ?? new Date();
  const build = ({ caseId, options }: Params): Report =>
    buildReport(
      {
        db: context.db(caseId),
        lineText: context.lineText(caseId),
        packs: [builtInPack, ...(context.userPacks?.() ?? [])],
      },
      options,
      { version, madeAt: madeAt() },
    );
  /**
   * Caches the redacted report per derivation, because a view requests preview and text together,
   * and again on each visit. Only the creation time is new.
   */
  const redactedReport = (params: Params): Redacted => {
    const db = context.db(params.caseId);
    const key = JSON.stringify([params.options, context.userPacks?.() ?? []]);
    const last = memoized(db, 'last report', (): { key: string; made: Redacted | null } => ({ key, made: null }));
    if (last.made === null || last.key !== key) {
      last.made = redactReport(db, build(params), params.options);
      last.key = key;
    }
    return { ...last.made, report: { ...last.made.report, madeAt: madeAt().toISOString() } };
  };
  const write = (
    { report, redactor }: Redacted,
    format: Exclude<ReportFormat, 'zip'>,
  ): { text: string; own: () => string } => {
    const text = writers[format](report);
    const own = () => writers[format](blankReport(report));
    proveRedacted(redactor, text, `the report as ${format}`, own);
    return { text, own };
  };

  return {
    'report.preview': (params) => {
      const { report, hidden, shown } = redactedReport(params);
      return { report, hidden: hidden.slice(0, MAX_HIDDEN), hiddenTotal: hidden.length, shown };
    },
    'report.render': (params) => {
      const { text } = write(redactedReport(params), params.format);
      return { text, bytes: Buffer.byteLength(text) };
    },
    'report.save': async (params, signal) => {
      const { caseId, options, format, path, force } = params;
      checkPath(path, format, force);
      const db = context.db(caseId);
      const original = build(params);
      if (format !== 'zip') {
        const redacted = redactReport(db, original, options);
        const { text, own } = write(redacted, format);
        const bytes = Buffer.from(text);
        await writeReport(path, bytes, force, (written) =>
          proveRedacted(redacted.redactor, written.toString('utf8'), path, own),
        );
        return { path, bytes: bytes.length, entries: [] };
      }
      const input = { db, page: context.page(caseId), options, original };
      const excerpts = await readExcerpts(input);
      signal.throwIfAborted();
      const redacted = redactReport(
        db,
        original,
        options,
        excerpts.map(({ lines }) => lines.join('\n')),
      );
      const forms = (['html', 'md', 'json'] as const).map((form) => ({
        name: `report.${form}`,
        ...write(redacted, form),
      }));
      const zip = await evidenceZip(
        { ...input, redacted: redacted.report, redactor: redacted.redactor, forms },
        excerpts,
      );
      signal.throwIfAborted();
      // The names in a zip are readable as they are. Its packed entries were checked one by one.
      await writeReport(path, zip.bytes, force, () => {});
      return { path, bytes: zip.bytes.length, entries: zip.entries };
    },
  };
}
