/** Groups of errors with one example each, the first cause first. */
import type { Signature } from '../../contract/analysis.ts';
import type { Report } from '../../contract/report-model.ts';
import { fileIdOf } from '../store/file-id.ts';
import { type CaseView, clip, isoTime, quoteLines, quoteRef, take } from './case-view.ts';

const MAX_SIGNATURES = 25;
const MAX_NODES = 20;
const MAX_IDS = 20;
const MAX_VARIABLES = 6;
const MAX_VALUES = 5;

export function signaturesOf(view: CaseView, all: readonly Signature[]): NonNullable<Report['signatures']> {
  const listed = take(all, MAX_SIGNATURES);
  return {
    total: all.length,
    rows: listed.rows.map((signature) => {
      const fileId = fileIdOf(view.db, signature.example.file);
      const from = signature.example.line;
      const quote =
        fileId === null
          ? null
          : quoteLines(
              view,
              fileId,
              { from, to: from + Math.max(1, signature.exampleLines) - 1 },
              { label: 'The earliest of them', most: 30 },
            );
      return {
        id: signature.id,
        role: signature.role,
        roleReason: signature.roleReason,
        level: signature.level,
        chain: signature.chain.map((name) => name.toWellFormed()),
        frames: signature.frames.slice(-12).map((frame) => frame.toWellFormed()),
        template: clip(signature.template, 1_000),
        count: signature.count,
        occurrences: signature.occurrences,
        firstAt: isoTime(signature.firstUs),
        lastAt: isoTime(signature.lastUs),
        nodes: signature.nodes.slice(0, MAX_NODES),
        nodeCount: signature.nodes.length,
        processCount: signature.pids.length,
        miniBatchIds: signature.miniBatches.slice(0, MAX_IDS).map(({ miniBatchId }) => miniBatchId),
        miniBatchCount: signature.miniBatchCount,
        variables: signature.variables.slice(0, MAX_VARIABLES).map(({ name, distinct, values }) => ({
          name,
          distinct,
          values: values.slice(0, MAX_VALUES).map(({ value, count }) => ({ value: clip(value, 200), count })),
        })),
        example: quote ?? {
          label: 'The earliest of them',
          note: null,
          lines: [quoteRef(signature.example)],
          omittedLines: 0,
        },
      };
    }),
    omitted: listed.omitted,
    omittedCount: all.slice(MAX_SIGNATURES).reduce((sum, signature) => sum + signature.count, 0),
  };
}
