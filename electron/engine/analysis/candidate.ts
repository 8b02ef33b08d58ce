/** A candidate for the first cause of a failure. */
import type { CauseKind, Confidence, GraphPlace } from '../../contract/run-info.ts';
import type { RunEventRow } from './evidence.ts';
import { firstLine } from './meaning.ts';
import type { Ref } from './refs.ts';

export interface Candidate {
  kind: CauseKind;
  confidence: Confidence;
  message: string;
  /** Time of the first sign, in microseconds; null sorts last. */
  atUs: number | null;
  node: string | null;
  pid: number | null;
  miniBatchId: string | null;
  evidence: Ref[];
  /** Where the graphs of resources show it; absent if they do not. */
  graph?: GraphPlace | null;
}

/**
 * Makes a candidate from what the run says about itself, with the confidence that the caller can
 * justify. `fallback` is the message if no event has one.
 */
export function fromEvents(
  kind: CauseKind,
  events: readonly RunEventRow[],
  { confidence, fallback }: { confidence: Confidence; fallback: string },
): Candidate {
  return {
    kind,
    confidence,
    message: firstLine(events[0]?.message ?? fallback),
    atUs: events[0]?.atUs ?? null,
    node: null,
    pid: null,
    miniBatchId: null,
    evidence: events.map(refOfEvent),
  };
}

export function refOfEvent({ fileId, line }: Ref): Ref {
  return { fileId, line };
}
