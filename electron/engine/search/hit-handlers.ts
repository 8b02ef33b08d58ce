/** Handlers that aggregate the lines of a search: numbers, templates, and values of templates. */
import type { CommandParams } from '../../contract/contract.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { Filter } from '../../contract/filter.ts';
import type { HitNumbers, HitTemplates, TemplateValues } from '../../contract/hits.ts';
import { dropOldest } from '../base/drop-oldest.ts';
import { NumberSink } from './hit-numbers.ts';
import { HitScan } from './hit-scan.ts';
import { TemplateSink, ValueSink, variableWords } from './hit-templates.ts';
import type { SearchFile } from './plan/block-table.ts';
import type { Expr } from './query/query.ts';
import { parseRegex } from './query/regex-syntax.ts';
import type { SearchSession } from './session.ts';
import { numberPattern } from './worker/number-of.ts';

export interface HitContext {
  /** Throws `no_search`. */
  sessionOf: (searchId: string) => SearchSession;
  /**
   * Starts a search for lines that the filter lets through and that match an expression. Throws
   * `no_case`, `bad_query`.
   */
  search: (caseId: string, filter: Filter, also: Expr) => SearchSession;
  filesOf: (caseId: string) => ReadonlyMap<number, SearchFile>;
}

export interface HitHandlers {
  'search.numbers': (params: CommandParams<'search.numbers'>) => HitNumbers;
  'search.templates': (params: CommandParams<'search.templates'>) => HitTemplates;
  'search.templateValues': (params: CommandParams<'search.templateValues'>) => TemplateValues;
}

interface Numbers {
  scan: HitScan<'numbers'>;
  sink: NumberSink;
  /** The last answer, and the question it answers. */
  answer: { key: string; figures: ReturnType<NumberSink['figures']> } | null;
}

/** Numbers take 32 bytes each, so few sets of them are kept. */
const MOST_NUMBERS = 3;
const MOST_VALUES = 8;

/**
 * Creates the handlers. Results are kept with their search, and numbers for the last few patterns.
 */
export function hitHandlers(context: HitContext): HitHandlers {
  const numbers = new Map<string, Numbers>();
  const templates = new WeakMap<SearchSession, { scan: HitScan<'templates'>; sink: TemplateSink }>();
  const values = new WeakMap<SearchSession, Map<number, { scan: HitScan<'values'>; sink: ValueSink }>>();

  const numbersOf = (caseId: string, filter: Filter, pattern: string): Numbers => {
    const key = JSON.stringify([caseId, filter, pattern]);
    const known = numbers.get(key);
    if (known !== undefined) {
      numbers.delete(key);
      numbers.set(key, known);
      return known;
    }
    // As in a search, case matters if the pattern has a capital letter.
    const caseSensitive = parseRegex(pattern).hasUpperCase;
    numberPattern(pattern, caseSensitive);
    const session = context.search(caseId, filter, { type: 'regex', source: pattern, caseSensitive });
    const sink = new NumberSink();
    const made = { scan: new HitScan(session, { of: 'numbers', pattern, caseSensitive }, sink), sink, answer: null };
    numbers.set(key, made);
    dropOldest(numbers, MOST_NUMBERS, ({ scan }) => {
      scan.stop();
      scan.session.stop();
    });
    return made;
  };
  const templatesOf = (session: SearchSession) => {
    let made = templates.get(session);
    if (made === undefined) {
      const sink = new TemplateSink(session);
      made = { scan: new HitScan(session, { of: 'templates' }, sink), sink };
      templates.set(session, made);
    }
    return made;
  };

  return {
    'search.numbers': ({ caseId, filter, pattern, ...question }) => {
      const found = numbersOf(caseId, filter, pattern);
      const count = found.scan.count();
      const key = JSON.stringify([found.sink.parts, question]);
      if (found.answer?.key !== key)
        found.answer = { key, figures: found.sink.figures(question, context.filesOf(caseId)) };
      return { ...count, ...found.answer.figures };
    },
    'search.templates': ({ searchId, count }) => {
      const { scan, sink } = templatesOf(context.sessionOf(searchId));
      return { ...scan.count(), ...sink.list(count) };
    },
    'search.templateValues': ({ searchId, id }) => {
      const session = context.sessionOf(searchId);
      let ofSession = values.get(session);
      if (ofSession === undefined) {
        ofSession = new Map();
        values.set(session, ofSession);
      }
      let made = ofSession.get(id);
      if (made === undefined) {
        const template = templatesOf(session).sink.find(id);
        if (template === null)
          throw new PostrunError(
            'user',
            'no_template',
            'This template is not among those of the search; list them again.',
          );
        const words = variableWords(template.words);
        const wish = { of: 'values', templates: template.templates, words: words.map(({ word }) => word) } as const;
        const sink = new ValueSink(words);
        made = { scan: new HitScan(session, wish, sink), sink };
        ofSession.set(id, made);
        dropOldest(ofSession, MOST_VALUES, ({ scan }) => scan.stop());
      }
      return { ...made.scan.count(), parts: made.sink.list() };
    },
  };
}
