/** The fuzz targets by name, each with the function that prepares it. */
import { createContractTarget } from './targets/contract.ts';
import { createParsersTarget } from './targets/parsers.ts';
import { createQueryTarget } from './targets/query.ts';
import { createServerTarget } from './targets/server.ts';
import { createSourceTarget } from './targets/source.ts';
import { createSqlTarget } from './targets/sql.ts';

export const fuzzTargets = {
  parsers: createParsersTarget,
  query: createQueryTarget,
  sql: createSqlTarget,
  contract: createContractTarget,
  source: createSourceTarget,
  server: createServerTarget,
} as const;
export type FuzzTargetName = keyof typeof fuzzTargets;
