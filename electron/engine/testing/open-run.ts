/**
 * An engine with its own data folder for tests. Commands are called by name, and their parameters
 * are checked as at the pipe.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandInput, CommandName, CommandResult, EmitEvent } from '../../contract/contract.ts';
import { commands } from '../../contract/contract.ts';
import type { FilterInput } from '../../contract/filter.ts';
import type { LineRow } from '../../contract/line-records.ts';
import { createEngine, type Engine } from '../engine.ts';

export class TestEngine {
  readonly dataDir: string;
  readonly #workers: number | undefined;
  readonly #emit: EmitEvent;
  #engine: Engine;

  /**
   * `place` is the folder for its data folder, and `workers` the number of ingest workers (default:
   * the engine decides).
   */
  constructor(emit: EmitEvent = () => undefined, place = tmpdir(), workers?: number) {
    this.dataDir = mkdtempSync(join(place, 'postrun-engine-'));
    this.#workers = workers;
    this.#emit = emit;
    this.#engine = this.#create();
  }

  call<Name extends CommandName>(name: Name, params: CommandInput<Name>): Promise<CommandResult<Name>> {
    return this.callWith(name, params, new AbortController().signal);
  }

  /** Calls a command that can be cancelled. */
  async callWith<Name extends CommandName>(
    name: Name,
    params: CommandInput<Name>,
    signal: AbortSignal,
  ): Promise<CommandResult<Name>> {
    const handler = this.#engine.handlers[name] as (
      params: unknown,
      signal: AbortSignal,
    ) => Promise<CommandResult<Name>>;
    return handler(commands[name].params.parse(params), signal);
  }

  /** Opens a source and waits until it is indexed. */
  async open(path: string, root: string | null = null): Promise<string> {
    const { caseId } = await this.call('case.open', { path, root });
    await this.settle(caseId);
    return caseId;
  }

  async settle(caseId: string): Promise<void> {
    for (;;) {
      const { phase, message } = await this.call('case.progress', { caseId });
      if (phase === 'failed') throw new Error(message ?? 'failed');
      if (phase === 'complete' || phase === 'cancelled') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Returns all rows of a search. `raw`: with their text as written. */
  async search(caseId: string, filter: FilterInput, order: 'time' | 'file' = 'file', raw = false): Promise<LineRow[]> {
    const { searchId } = await this.call('search.start', { caseId, filter, order });
    const rows: LineRow[] = [];
    for (;;) {
      const page = await this.call('search.rows', {
        searchId,
        start: rows.length,
        count: 1_000,
        maxChars: 100_000_000,
        raw,
      });
      rows.push(...page.rows);
      if (page.rows.length < 1_000 && page.state.complete) break;
      if (page.state.error !== null) throw new Error(page.state.error);
    }
    await this.call('search.stop', { searchId });
    return rows;
  }

  /** Closes the engine and creates a new one over the same data folder. */
  async restart(): Promise<void> {
    await this.#engine.close();
    this.#engine = this.#create();
  }

  #create(): Engine {
    const workers = this.#workers === undefined ? {} : { workers: this.#workers };
    return createEngine({ dataDir: this.dataDir, emit: this.#emit, ...workers });
  }

  async close(): Promise<void> {
    await this.#engine.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
