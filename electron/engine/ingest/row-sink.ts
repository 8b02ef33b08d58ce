/** A row sink adds what is found in a file to the rows of the unit, and counts equal problems. */
import type { RecordSink } from '../formats/types.ts';
import type { ProblemRow } from '../store/rows.ts';
import type { UnitRows } from './unit-rows.ts';

/** Creates the sink of a file. `isTail` tells whether what comes now is after the resume point. */
export function rowSink(unit: UnitRows, fileId: number, isTail: () => boolean): RecordSink {
  const counted = new Map<string, ProblemRow>();
  let owner = unit.segment;
  return {
    task: (event) => unit.segment.tasks.push([fileId, event, isTail()]),
    process: (event) => unit.segment.processes.push([fileId, event, isTail()]),
    run: (event) => unit.segment.runs.push([fileId, event, isTail()]),
    error: (event) => unit.segment.errors.push([fileId, event, isTail()]),
    samples: (series) => unit.segment.series.push([fileId, series]),
    problem(kind, message, line) {
      if (owner !== unit.segment) {
        // The counted rows have been sent; count in the new ones.
        counted.clear();
        owner = unit.segment;
      }
      const key = `${kind}\0${message}\0${isTail()}`;
      const known = counted.get(key);
      if (known !== undefined) known.count++;
      else {
        const problem = { fileId, line, kind, message, count: 1, isTail: isTail() };
        counted.set(key, problem);
        owner.problems.push(problem);
      }
    },
  };
}
