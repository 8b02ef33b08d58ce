import { describe, expect, it } from 'vitest';
import { OUTCOME } from './run-model.ts';
import { resolveOptions, sampleFailureKinds } from './sample-options.ts';
import { scenarioOf } from './scenario.ts';
import { simulate } from './simulate.ts';

describe('simulate', () => {
  it.each([
    {},
    { nodes: 1, processes: 2, miniBatches: 40 },
    { nodes: 12, processes: 8, miniBatches: 1500 },
    { itemsPerMiniBatch: 1 },
  ])('lets every kind end as it should, with attempts that do not overlap in a process: %j', (size) => {
    for (const layout of ['1', '2'] as const) {
      for (const failure of sampleFailureKinds) {
        for (const seed of [1, 2, 3]) {
          const want = scenarioOf(failure);
          const run = simulate(resolveOptions({ failure, layout, seed, ...size }));
          const said = `${failure} ${layout} ${seed}`;
          expect([said, run.scenario.status]).toEqual([said, want.status]);
          if (want.status === 'failed') expect([said, run.firstCause?.kind]).toEqual([said, want.firstCause]);
          const { attempts, offsets, byProcess } = run;
          for (const process of run.processes) {
            let free = process.startMs;
            for (let i = offsets[process.index] ?? 0; i < (offsets[process.index + 1] ?? 0); i++) {
              const attempt = byProcess[i] ?? 0;
              const start = attempts.start[attempt] ?? 0;
              if (start < free) throw new Error(`${said}: attempt ${attempt} starts before its process is free`);
              if (attempts.outcome[attempt] !== OUTCOME.unfinished) free = attempts.end[attempt] ?? 0;
            }
          }
        }
      }
    }
  });

  it('picks a mini-batch at most three times and settles each once', () => {
    for (const failure of ['poisoned', 'slow_node', 'node_lost_recovered', 'retried_then_succeeded'] as const) {
      const run = simulate(resolveOptions({ failure, seed: 9 }));
      expect(Math.max(...run.picks)).toBeLessThanOrEqual(3);
      expect(run.counters.processed + run.poisons.length).toBe(run.options.miniBatches);
    }
  });
});
