/** The state of a search as the engine reports it, for tests: nothing is found yet. */
import type { SearchState } from '../../../electron/contract/commands.ts';

export const stateOf = (searchId: string, change: Partial<SearchState> = {}): SearchState => ({
  searchId,
  matches: 0,
  files: 0,
  complete: false,
  progress: 0,
  indexed: 1,
  milliseconds: 1,
  error: null,
  suggestion: null,
  ...change,
});
