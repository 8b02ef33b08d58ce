/**
 * A clocked client asks the engine for all times on the clock that the person chose, so that every
 * view of the window has the same axis.
 */
import type { EngineClient } from '../../electron/contract/client.ts';
import type { CommandName } from '../../electron/contract/contract.ts';
import type { ClockChoice } from '../../electron/contract/filter.ts';
import { isObject } from '../../electron/contract/known-keys.ts';

/** Commands that answer with times and have no filter that names the clock. */
const withTimes = new Set<CommandName>([
  'lines.page',
  'lines.atTime',
  'batches.get',
  'attempts.align',
  'resources.list',
  'resources.points',
  'analysis.lifeCycle',
  // Its answer is the same on any clock, but on this one the error groups already exist.
  'analysis.rules',
]);

function isFiltered(listing: unknown): listing is { filter: object } {
  return isObject(listing) && typeof listing.filter === 'object';
}

export function clockedClient(client: EngineClient, clock: () => ClockChoice): EngineClient {
  return {
    ...client,
    call(name, params, options) {
      let asked: object = params;
      if ('filter' in asked && typeof asked.filter === 'object')
        asked = { ...asked, filter: { ...asked.filter, clock: clock() } };
      // Copied, saved and found rows have the same times as those shown.
      if ('listing' in asked && isFiltered(asked.listing)) {
        const { listing } = asked;
        asked = { ...asked, listing: { ...listing, filter: { ...listing.filter, clock: clock() } } };
      }
      if (name.startsWith('report.') && 'options' in asked && typeof asked.options === 'object')
        asked = { ...asked, options: { ...asked.options, clock: clock() } };
      if (withTimes.has(name)) asked = { ...asked, clock: clock() };
      return client.call(name, asked as typeof params, options);
    },
  };
}
