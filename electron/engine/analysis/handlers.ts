/** Handlers of the analysis commands. */
import type { AnalysisName, AnalysisParams, AnalysisResult, RulePack } from '../../contract/analysis.ts';
import { emptyFilter } from '../../contract/empty-filter.ts';
import type { ReadableDb } from '../store/open.ts';
import { advice } from './advice.ts';
import { attemptDots, endMarks } from './attempt-pixels.ts';
import { durations, overTime, retries, spread } from './charts.ts';
import { compareRuns } from './compare.ts';
import { completeness } from './completeness.ts';
import { counted } from './counted.ts';
import { errorBudget } from './error-budget.ts';
import { inits } from './inits.ts';
import { lanes, processDetail } from './lanes.ts';
import { ledger } from './ledger.ts';
import { lifeCycle } from './life-cycle.ts';
import { quartiles } from './quartiles.ts';
import type { LineText } from './refs.ts';
import { rerunList } from './rerun.ts';
import { builtInPack, ruleHits } from './rules.ts';
import { runInfo } from './run-info.ts';
import { signatureLines, signatureMoments, signatures } from './signatures.ts';
import { stragglers, whatIf } from './stragglers.ts';

/** What analysis needs from the engine. Both functions throw `no_case` if the case is not open. */
export interface AnalysisContext {
  db: (caseId: string) => ReadableDb;
  lineText: (caseId: string) => LineText;
  /** The user's own rule packs, checked by `parsePack`. Default: none. */
  userPacks?: () => readonly RulePack[];
}

export type AnalysisHandlers = {
  [Name in AnalysisName]: (params: AnalysisParams<Name>) => AnalysisResult<Name>;
};

/** Creates the handlers of `analysisCommands`. */
export function analysisHandlers(context: AnalysisContext): AnalysisHandlers {
  const packs = (): RulePack[] => [builtInPack, ...(context.userPacks?.() ?? [])];
  const text = context.lineText;
  return {
    'analysis.findings': ({ caseId }) => runInfo(context.db(caseId), text(caseId)).findings,
    'analysis.completeness': ({ caseId }) => completeness(context.db(caseId), text(caseId)),
    'analysis.signatures': (params) => signatures(context.db(params.caseId), params, text(params.caseId), packs()),
    'analysis.signatureLines': (params) => signatureLines(context.db(params.caseId), params, text(params.caseId)),
    'analysis.signatureMoments': (params) => signatureMoments(context.db(params.caseId), params),
    'analysis.lanes': (params) => lanes(context.db(params.caseId), params),
    'analysis.process': (params) => processDetail(context.db(params.caseId), params, text(params.caseId)),
    'analysis.overTime': (params) => overTime(context.db(params.caseId), params),
    'analysis.spread': (params) => spread(context.db(params.caseId), params),
    'analysis.durations': (params) => durations(context.db(params.caseId), params),
    'analysis.endMarks': (params) => endMarks(context.db(params.caseId), params),
    'analysis.attemptDots': (params) => attemptDots(context.db(params.caseId), params),
    'analysis.quartiles': (params) => quartiles(context.db(params.caseId), params),
    'analysis.retries': (params) => retries(context.db(params.caseId), params),
    'analysis.stragglers': (params) => stragglers(context.db(params.caseId), params),
    'analysis.whatIf': (params) => whatIf(context.db(params.caseId), params),
    'analysis.inits': ({ caseId }) => inits(context.db(caseId)),
    'analysis.errorBudget': ({ caseId }) => errorBudget(context.db(caseId)),
    'analysis.advice': ({ caseId }) => advice(context.db(caseId), text(caseId)),
    'analysis.rerun': (params) => rerunList(context.db(params.caseId), params),
    'analysis.compare': ({ a, b }) =>
      compareRuns({ db: context.db(a), lineText: text(a) }, { db: context.db(b), lineText: text(b) }, packs()),
    'analysis.rules': ({ caseId, clock }) => {
      const all = packs();
      const found = signatures(context.db(caseId), { filter: { ...emptyFilter, clock } }, text(caseId), all);
      return ruleHits(context.db(caseId), found, all, text(caseId));
    },
    'analysis.ledger': ({ caseId }) => ledger(context.db(caseId)),
    'analysis.lifeCycle': ({ caseId, clock }) => lifeCycle(context.db(caseId), text(caseId), clock),
    'analysis.counted': ({ caseId }) => counted(context.db(caseId), text(caseId)),
  };
}
