/**
 * The facts of the root cause: the engine's first cause combined with its error group, the
 * exception and the frame of its traceback, and the line that the card leads to.
 */
import { useMemo } from 'react';
import type { LineRef } from '../../../electron/contract/line-records.ts';
import type { FirstCause, RunInfo } from '../../../electron/contract/run-info.ts';
import type { Signature } from '../../../electron/contract/signatures.ts';
import { type TracePart, traceParts } from '../../base/trace-parts.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useSignatures } from '../../state/use-signatures.ts';
import { exceptionParts, primaryGroup, userFrame } from './root-cause.ts';

const MOST_LINES = 200;
const noSignatures: readonly Signature[] = [];

/** The frame as the card shows it, whichever source it came from. */
interface ShownFrame {
  file: string;
  line: number;
  name: string;
  code: string | null;
}

export interface RootCauseFacts {
  group: Signature | null;
  exception: { name: string | null; message: string };
  frame: ShownFrame | null;
  /** The line that the card leads to. */
  ref: LineRef | null;
  timeUs: number | null;
}

/** Returns the error groups of the whole run, in the engine's order. */
export function useErrorGroups(): readonly Signature[] {
  return useSignatures().data ?? noSignatures;
}

export function useRootCause(info: RunInfo): RootCauseFacts {
  const caseId = useCase((state) => state.caseId);
  const { firstCause } = info;
  const groups = useErrorGroups();
  const group = firstCause === null ? null : primaryGroup(groups);
  const parts = useExample(group);
  const ref = firstCause?.evidence[0] ?? info.startHere[0] ?? null;
  const place = useResolved(ref);
  const { data: line } = useCommand(
    'lines.page',
    caseId === null || place === null ? null : { caseId, fileId: place.fileId, start: place.line - 1, count: 1 },
  );
  const timeUs = line?.rows[0]?.timeUs ?? group?.firstUs ?? info.endUs;
  return useMemo(
    () => ({ group, exception: exceptionOf(firstCause, parts), frame: frameOf(firstCause, parts), ref, timeUs }),
    [group, firstCause, parts, ref, timeUs],
  );
}

function useResolved(ref: LineRef | null) {
  const caseId = useCase((state) => state.caseId);
  const { data } = useCommand(
    'lines.resolve',
    caseId === null || ref === null ? null : { caseId, file: ref.file, line: ref.line },
  );
  return data ?? null;
}

function useExample(group: Signature | null): readonly TracePart[] {
  const caseId = useCase((state) => state.caseId);
  const isTrace = group !== null && group.groupedBy === 'traceback';
  const place = useResolved(isTrace ? group.example : null);
  const { data } = useCommand(
    'lines.page',
    caseId === null || place === null || group === null
      ? null
      : { caseId, fileId: place.fileId, start: place.line - 1, count: Math.min(MOST_LINES, group.exampleLines) },
  );
  return useMemo(
    () => (isTrace && data !== undefined ? traceParts(data.rows, group.frames) : []),
    [isTrace, data, group],
  );
}

function exceptionOf(cause: FirstCause | null, parts: readonly TracePart[]): RootCauseFacts['exception'] {
  if (cause?.exception != null) return { name: cause.exception.class, message: cause.exception.message };
  const raised = parts.find(({ error }) => error !== null)?.error;
  if (raised != null) {
    const told = exceptionParts(raised.text);
    if (told.name !== null) return told;
  }
  return exceptionParts(cause?.message ?? '');
}

function frameOf(cause: FirstCause | null, parts: readonly TracePart[]): ShownFrame | null {
  if (cause?.frame != null) {
    const { file, line, function: name, code } = cause.frame;
    // The engine's frame may come from a log without the code, which the group's example may have.
    const same = parts.flatMap(({ frames }) => frames).find((each) => each.line === line && each.name === name);
    return { file, line, name, code: code ?? same?.code ?? null };
  }
  return userFrame(parts);
}
