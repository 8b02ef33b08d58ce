/**
 * Sentences about the run as a whole, which several logs repeat (README.md#overview, #master-log).
 */
import { runEvent } from '../events.ts';
import type { LogRecord, RunEvent } from '../types.ts';
import { parseCount, parseDuration, parseNumber } from '../values.ts';
import type { Sentence } from './sentences.ts';

function event(record: LogRecord, type: RunEvent['type'], more: Partial<RunEvent> = {}): RunEvent {
  return runEvent({ line: record.line, atUs: record.timeUs, type, ...more });
}

const duration = String.raw`(?:\d+ days?, )?\d+:\d\d:\d\d(?:\.\d+)?`;

export const progressSentences: readonly Sentence[] = [
  {
    needle: 'Processed ',
    pattern: new RegExp(
      String.raw`^\W*Processed (?<processed>\d+) of (?<total>\d+) mini batches(?: in (?<spent>${duration}))?\.(?: Estimated? remaining(?: time)? (?<left>${duration}))?`,
    ),
    tell: ({ processed, total, left }, record, _context, sink) =>
      sink.run(
        event(record, 'progress', {
          processed: parseCount(processed),
          total: parseCount(total),
          value: parseDuration(left),
        }),
      ),
  },
  {
    needle: 'Processed ',
    pattern: /^\W*Processed (?<processed>\d+) mini batches\./,
    tell: ({ processed }, record, _context, sink) =>
      sink.run(event(record, 'progress', { processed: parseCount(processed) })),
  },
  {
    needle: 'No task has been processed yet',
    pattern: /No task has been processed yet/,
    tell: (_groups, record, _context, sink) => sink.run(event(record, 'progress', { processed: 0 })),
  },
  {
    needle: 'First task creation is taking longer',
    pattern: /First task creation is taking longer than [\d.]+ seconds/,
    tell: (_groups, record, _context, sink) =>
      sink.run(event(record, 'advice', { message: record.head.slice(0, 2_000) })),
  },
  {
    needle: 'Start scheduling',
    pattern: /^\W*Start scheduling\b/,
    tell: (_groups, record, _context, sink) => sink.run(event(record, 'scheduling_started')),
  },
  {
    needle: 'Scheduling finished',
    pattern:
      /Scheduling finished\. Scheduled (?<scheduled>\d+) mini batches(?: with (?<items>\d+) items)?(?: in (?<seconds>[\d.]+) seconds)?\.?(?: There are (?<total>\d+) tasks with (?<allItems>\d+) items)?/,
    tell: ({ scheduled, items, seconds, total, allItems }, record, _context, sink) =>
      sink.run(
        event(record, 'scheduling_finished', {
          scheduled: parseCount(scheduled),
          total: parseCount(total ?? scheduled),
          items: parseCount(items ?? allItems),
          value: parseNumber(seconds),
        }),
      ),
  },
  {
    needle: 'Scheduled ',
    pattern: /^\W*Scheduled (?<scheduled>\d+) mini batches(?: with (?<items>\d+) items)? in (?<seconds>[\d.]+) seconds/,
    tell: ({ scheduled, items, seconds }, record, _context, sink) =>
      sink.run(
        event(record, 'scheduling_progress', {
          scheduled: parseCount(scheduled),
          items: parseCount(items),
          value: parseNumber(seconds),
        }),
      ),
  },
  {
    needle: 'mini batches have been processed',
    pattern: /All (?<total>\d+) mini batches have been processed/,
    tell: ({ total }, record, _context, sink) =>
      sink.run(event(record, 'all_processed', { total: parseCount(total), processed: parseCount(total) })),
  },
  {
    needle: 'Progress update stopped for reasons',
    pattern: /Progress update stopped for reasons: \[?(?<reasons>.*?)\]?\.?$/s,
    tell: ({ reasons = '' }, record, _context, sink) => {
      const each = [...reasons.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(
        (match) => match[1] ?? match[2] ?? '',
      );
      for (const reason of each.length > 0 ? each : [reasons])
        sink.run(event(record, 'stop_reason', { message: reason }));
    },
  },
  {
    needle: 'The error threshold is',
    pattern:
      /There are (?<total>\d+) mini batches with (?<items>\d+) items\. Processed (?<processed>\d+) mini batches containing (?<seen>\d+) items, (?<succeeded>\d+) succeeded, (?<failed>\d+) failed\. The error threshold is (?<threshold>-?\d+)/,
    tell: ({ total, items, processed, seen, succeeded, failed, threshold }, record, _context, sink) =>
      sink.run(
        event(record, 'summary', {
          message: record.head.slice(0, 2_000),
          total: parseCount(total),
          items: parseCount(items),
          processed: parseCount(processed),
          value: parseCount(seen),
          itemsSucceeded: parseCount(succeeded),
          itemsFailed: parseCount(failed),
          errorThreshold: parseNumber(threshold),
        }),
      ),
  },
  {
    needle: 'processed all mini batches',
    pattern: /The ParallelRunStep processed all mini batches/,
    tell: (_groups, record, _context, sink) =>
      sink.run(event(record, 'result', { name: 'succeeded', message: record.head.slice(0, 2_000) })),
  },
  {
    needle: 'User cancelled the run',
    pattern: /User cancell?ed the run/,
    tell: (_groups, record, _context, sink) =>
      sink.run(event(record, 'cancelled', { message: record.head.slice(0, 2_000) })),
  },
  {
    needle: 'oncatenat',
    pattern:
      /(?:Concatenated (?<done>\d+)\/(?<total>\d+) files|Finished concatenating (?<all>\d+) files|Start concatenating)/,
    tell: ({ done, total, all }, record, _context, sink) =>
      sink.run(
        event(record, 'concatenating', {
          processed: parseCount(done ?? all),
          total: parseCount(total ?? all),
          message: record.head.slice(0, 500),
        }),
      ),
  },
  {
    needle: 'to concatenate',
    pattern: /There are (?<total>\d+) temp files to concatenate/,
    tell: ({ total }, record, _context, sink) =>
      sink.run(
        event(record, 'concatenating', { processed: 0, total: parseCount(total), message: record.head.slice(0, 500) }),
      ),
  },
  {
    needle: 'The overviewer on',
    pattern: /The overviewer on (?<node>\S+) (?<what>started|stopped)/,
    tell: ({ node, what }, record, _context, sink) =>
      sink.run(
        event(record, 'phase', {
          name: `overviewer ${what ?? ''}`,
          node: node ?? null,
          message: record.head.slice(0, 500),
        }),
      ),
  },
];

/**
 * Reads settings as `Master - Start processing batch:` and the telemetry write them: `name:value,
 * …`.
 */
function settings(text: string, record: LogRecord, emit: (event: RunEvent) => void): void {
  for (const match of text.slice(0, 10_000).matchAll(/(?<name>[A-Za-z_]\w{0,60}):\s*(?<value>[^,]{0,500})/g)) {
    const { name = '', value = '' } = match.groups ?? {};
    emit(event(record, 'setting', { name, value: parseNumber(value), message: value.trim() }));
  }
}

export const masterSentences: readonly Sentence[] = [
  {
    needle: 'Start processing batch',
    pattern: /Start processing batch: (?<settings>.+)/s,
    tell: ({ settings: text = '' }, record, _context, sink) => settings(text, record, (each) => sink.run(each)),
  },
  {
    needle: 'Starting',
    pattern: /^(?:Master|Job) - Starting(?:, master node: (?<node>[^\s,]+))?/,
    tell: ({ node }, record, _context, sink) =>
      sink.run(
        event(record, 'run_started', { node: node?.replace(/\.$/, '') ?? null, message: record.head.slice(0, 500) }),
      ),
  },
  {
    needle: 'Job - Ending',
    pattern: /Job - Ending/,
    tell: (_groups, record, _context, sink) => sink.run(event(record, 'run_ended', { message: record.head.trim() })),
  },
  { needle: 'Master - Waiting for all workers', pattern: /Waiting for all workers/ },
  { needle: 'All workers finished', pattern: /All workers finished/ },
  {
    needle: 'tatus',
    pattern: /(?:Run status: |run's status is )(?<status>[A-Z]\w+)/,
    tell: ({ status = '' }, record, _context, sink) => {
      const name = /^(?:Completed|Finished)$/.test(status)
        ? 'succeeded'
        : status === 'Failed'
          ? 'failed'
          : /^Cancell?ed$/.test(status)
            ? 'cancelled'
            : null;
      if (name) sink.run(event(record, 'result', { name, message: record.head.slice(0, 500) }));
    },
  },
  {
    needle: 'job stage to',
    pattern: /(?:(?<node>\S+): )?[Ss]etting job stage to (?<stage>\w+)(?:, reason: (?<reason>.*))?/s,
    tell: ({ node, stage, reason }, record, _context, sink) => {
      const more = { name: stage ?? null, node: node ?? null, message: reason?.slice(0, 2_000) ?? null };
      sink.run(event(record, 'phase', more));
      if (stage === 'FIRST_TASK_SCHEDULED') sink.run(event(record, 'first_task', more));
    },
  },
  {
    needle: 'The task provider type is',
    pattern: /The task provider type is (?<type>\w+)/,
    tell: ({ type }, record, _context, sink) =>
      sink.run(event(record, 'setting', { name: 'taskProvider', message: type ?? null })),
  },
  {
    needle: 'Input folders',
    pattern: /^Input folders (?<folders>\[.*?\])/s,
    tell: ({ folders }, record, _context, sink) =>
      sink.run(event(record, 'setting', { name: 'inputFolders', message: folders?.slice(0, 2_000) ?? null })),
  },
  {
    needle: 'Master - Telemetry',
    pattern: /Master - Telemetry: (?<fields>.+)/s,
    tell: ({ fields: text = '' }, record, _context, sink) => {
      const fields = new Map<string, string>();
      settings(text, record, (each) => fields.set(each.name ?? '', each.message ?? ''));
      for (const name of [
        'outputAction',
        'miniBatchSize',
        'processCountPerNode',
        'errorThreshold',
        'numberOfNodes',
        'inputFormat',
      ]) {
        const value = fields.get(name);
        if (value) sink.run(event(record, 'setting', { name, value: parseNumber(value), message: value }));
      }
      sink.run(
        event(record, 'summary', {
          total: parseCount(fields.get('totalTasks')),
          processed: parseCount(fields.get('processedTasks')),
          items: parseCount(fields.get('totalItems')),
          itemsFailed: parseCount(fields.get('failedItems')),
          errorThreshold: parseNumber(fields.get('errorThreshold')),
          message: record.head.slice(0, 2_000),
        }),
      );
      const result = fields.get('jobResult') ?? '';
      const name = /succe|complet/i.test(result)
        ? 'succeeded'
        : /cancel/i.test(result)
          ? 'cancelled'
          : /fail/i.test(result)
            ? 'failed'
            : null;
      if (name) {
        const reason = fields.get('exceptionType');
        sink.run(event(record, 'result', { name, message: reason && reason !== 'None' ? reason : result }));
      }
    },
  },
];
