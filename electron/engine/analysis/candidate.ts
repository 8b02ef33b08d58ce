/** A candidate for the first cause of a failure. */
import type { CauseKind, Confidence } from '../../contract/records.ts';
import type { Ref } from './refs.ts';

export interface Candidate {
  kind: CauseKind;
  confidence: Confidence;
  message: string;
  /** When it was first seen, microseconds; null sorts last. */
  atUs: number | null;
  node: string | null;
  pid: number | null;
  miniBatchId: string | null;
  evidence: Ref[];
}
