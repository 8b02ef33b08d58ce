/**
 * Gives the property tests the same inputs in each run, so that a change is to blame for what it
 * breaks. `POSTRUN_SEED=random npm run test:unit` looks for new faults, with other inputs each
 * time; a failure prints its seed, and `POSTRUN_SEED=N` repeats it.
 */
import fc from 'fast-check';

const { POSTRUN_SEED: seed = '1' } = process.env;

fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });
