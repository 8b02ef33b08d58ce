/**
 * The parser of the compute's own logs: image build, job preparation and release, life-cycler,
 * `executionlogs.txt` (README.md#compute-logs). Their form beyond `[time] message` is unknown, so a
 * phase is a dated line that begins with a word for beginning or ending.
 */
import { runEvent } from '../events.ts';
import type { FileContext, LogParser, RecordSink, RunEvent } from '../types.ts';
import { parseNumber } from '../values.ts';

const status = /\bjob (?:run ?)?status is (?<status>\w+)/i;
const runId = /^Run ?I[dD]:\s*(?<id>[\w.-]+)/;
const experiment = /^Experiment:\s*(?<name>\S.*)$/;
/** A step of the preparation or the clean-up begins or ends. */
const phase =
  /^(?:Entering|Executing|Initializing|Preparing|Beginning|Setting up|Starting|Start|Started|Finished|Finishing|Completed|Complet(?:e|ing)|Leaving|Done|Running|Creating|Building|Pulling|Pulled|Successfully built|Extracting|Fetching|fetching|Mounting|Mounted|Downloading|Downloaded|Job (?:preparation|release|environment)|Finalizing)\b.{0,300}$/;
/** `phase preparation starts`, `image build finished`: the last word shows it. */
const phaseEnd =
  /^.{3,120}? (?:starts|started|begins|finished|finishes|completed|succeeded|failed|ended)(?: (?:successfully|with|in|on|at|for|after) .{0,120})?[.!]?$/;
/** `Mount failed: …`, `Job preparation failed with exit code 1.` */
const failing = /^[A-Z][\w ]{2,60} failed\b|^(?:Failed|Unable) to\b|^(?:Cannot|Could not)\b/;
const failed = /\b(?:failed|failure|cannot|could not|unable to|timed out)\b/i;
const exit =
  /\b(?:exit(?:ed)? (?:with )?(?:exit )?(?:code|status):?|exitcode[:=]?|returned non-zero exit status) ?(?<code>-?\d+)/i;

interface State {
  /** The last status reported. */
  last: string | null;
  phases: number;
  /** A statement about the job's end, which further lines may continue. */
  open: { event: RunEvent; lines: string[] } | null;
}

export function createComputeParser(context: FileContext): LogParser {
  const state: State = { last: null, phases: 0, open: null };
  const close = (sink: RecordSink): void => {
    const { open } = state;
    state.open = null;
    if (open !== null)
      sink.run({ ...open.event, message: withoutDocument(open.lines.join('\n')).slice(0, 4_000).trimEnd() });
  };
  return {
    needles: /[^\n]+/g,
    state,
    end: close,
    record(record, sink) {
      // Lines without a time continue the statement before them.
      if (!record.prefixed && state.open !== null && state.open.lines.length < longestStatement) {
        state.open.lines.push(...record.lines.map((line) => line.slice(0, 8_000)));
        return;
      }
      close(sink);
      const head = record.head.length > 4_000 ? record.head.slice(0, 4_000) : record.head;
      const emit = (type: RunEvent['type'], more: Partial<RunEvent>) =>
        sink.run(runEvent({ line: record.line, atUs: record.timeUs, node: context.node, type, ...more }));
      const queued = status.exec(head)?.groups?.status;
      if (queued !== undefined) {
        // The status is repeated every few seconds; only its changes are phases.
        if (queued !== state.last) emit('phase', { name: queued, message: head });
        state.last = queued;
        const ended = finalStatus(queued);
        if (ended !== null) emit('result', { name: ended, message: head.trim() });
        return;
      }
      const id = runId.exec(head)?.groups?.id;
      if (id !== undefined) emit('setting', { name: 'runId', message: id });
      const named = experiment.exec(head)?.groups?.name;
      if (named !== undefined) emit('setting', { name: 'experiment', message: named.trim() });
      if ((record.level === 0 || record.level >= 4) && !context.path.includes('job_post')) {
        const ended = jobEnded.test(head) ? 'failed' : cancelledJob.test(head) ? 'cancelled' : null;
        const common = { line: record.line, atUs: record.timeUs, node: context.node, name: ended };
        if (ended !== null)
          state.open = {
            event: runEvent({ ...common, type: 'result' }),
            lines: [record.head.slice(0, 8_000), ...record.lines.slice(1)],
          };
      }
      const code = /exit/i.test(head) ? parseNumber(exit.exec(head)?.groups?.code) : null;
      const isPhase =
        record.prefixed && state.phases < mostPhases && (phase.test(head) || phaseEnd.test(head) || failing.test(head));
      if (isPhase) state.phases++;
      if (!isPhase && code === null) return;
      // A level below error outweighs the word: "INFO … failed, trying again" ended nothing.
      const bad = (failed.test(head) || (code !== null && code !== 0)) && (record.level === 0 || record.level >= 4);
      const name = isPhase ? (bad ? 'failed' : head.replace(/[.\s]{1,20}$/, '').slice(0, 120)) : 'exit';
      emit('phase', { name, value: code, message: withoutDocument(head).trim() });
    },
  };
}

/** The platform's final statement about the job, as in `executionlogs.txt`. */
const jobEnded =
  /\b(?:User program failed with|AzureMLCompute job failed|(?:the )?(?:job|run|execution) (?:has )?failed\b(?!.{0,40}\b(?:retry|retrying|again)\b)|pre-?empt(?:ed|ion)\b|PreemptionError|evicted\b|OOMKilled|Insufficient ?Quota|QuotaExceeded|quota (?:was |is |has been )?exceeded|exceeds? (?:the |your )?(?:\w+ ){0,3}quota|AllocationFailed|ImagePullBackOff|ErrImagePull|ImagePullError)/i;
const cancelledJob = /\b(?:the )?(?:job|run) (?:was|has been|is) cancell?ed\b|cancell?ed by (?:the )?user/i;

/** Returns what a status word says about the end, or null while the job continues. */
function finalStatus(word: string): 'succeeded' | 'failed' | 'cancelled' | null {
  if (/^(?:completed|finished|succeeded)$/i.test(word)) return 'succeeded';
  if (/^(?:failed|notresponding)$/i.test(word)) return 'failed';
  return /^cancell?ed$/i.test(word) ? 'cancelled' : null;
}

/** Maximum number of lines of a platform's statement. */
const longestStatement = 60;

/**
 * Reduces a JSON document, which may be cut, to its messages, one per line: `Error:
 * {"Error":{"Code":"UserError","Message":"…"}}`.
 */
function withoutDocument(text: string): string {
  const start = text.search(/\{\s*"/);
  if (start === -1) return text;
  const messages = [...text.slice(start).matchAll(/"message(?:Format)?"\s*:\s*("(?:[^"\\]|\\[^\n])+")/gi)].flatMap(
    (match) => {
      try {
        return [JSON.parse((match[1] ?? '').replaceAll('\n', '\\n')) as string];
      } catch {
        return [];
      }
    },
  );
  if (messages.length === 0) return text;
  // A document within a message is handled the same way.
  return [text.slice(0, start).trimEnd(), ...new Set(messages.map(withoutDocument))].join('\n');
}

/** With more phases than this, the log is just chatty. */
const mostPhases = 2_000;
