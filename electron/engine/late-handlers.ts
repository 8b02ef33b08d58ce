/**
 * Late handlers are those of commands that few sessions call: their code is loaded with the first
 * call, so that the engine starts without it.
 */
import type { CommandName, Handlers } from '../contract/contract.ts';

type AnyHandlers = Readonly<Record<string, (params: never, signal: never) => unknown>>;

/** Handlers of a group of the contract's commands; `load` is called once, by the first of them. */
export function lateHandlers<Name extends CommandName>(
  group: Readonly<Record<Name, unknown>>,
  load: () => Promise<Pick<Handlers, Name>>,
): Pick<Handlers, Name> {
  let loaded: Promise<AnyHandlers> | null = null;
  const late = Object.keys(group).map((name) => {
    const handler: AnyHandlers[string] = async (params, signal) => {
      loaded ??= load();
      return (await loaded)[name]?.(params, signal);
    };
    return [name, handler];
  });
  return Object.fromEntries(late);
}
