/** Rare words planted on known lines, so that a search can be checked against the truth. */
import { attemptsOf, type SimulatedRun } from './run-model.ts';

export interface PlantedWord {
  word: string;
  where: 'user' | 'stdout' | 'worker' | 'long';
  process: number;
  /** Index of the attempt within its process. */
  nth: number;
}

/** The words of every sample run. Several rows with one word plant it in several files. */
const PLANTS: readonly PlantedWord[] = [
  { word: 'zanthoxylum', where: 'user', process: 0, nth: 1 },
  { word: 'quizzaciously', where: 'stdout', process: 1, nth: 1 },
  { word: 'syzygyfjord', where: 'long', process: 2, nth: 1 },
  { word: 'Straßenübergang', where: 'user', process: 3, nth: 0 },
  { word: 'kumquat_0417', where: 'worker', process: 1, nth: 0 },
  { word: 'flummoxedly', where: 'user', process: 0, nth: 0 },
  { word: 'flummoxedly', where: 'stdout', process: 2, nth: 0 },
  { word: 'flummoxedly', where: 'worker', process: 3, nth: 1 },
  { word: 'flummoxedly', where: 'user', process: 5, nth: 0 },
  { word: 'xylotomous', where: 'stdout', process: 3, nth: 2 },
  { word: '雪割草', where: 'user', process: 1, nth: 2 },
];

/**
 * Returns the word that this attempt plants, or null. A process's last attempt never plants one,
 * because its lines may be cut.
 */
export function wordFor(run: SimulatedRun, process: number, nth: number): PlantedWord | null {
  const count = attemptsOf(run, process).length;
  if (process > 5 || nth > 2 || nth >= count - 1) return null;
  return PLANTS.find((plant) => plant.process === process && plant.nth === nth) ?? null;
}
