/** The legend of the lanes: which mark stands for which outcome or event. */
import { outcomes } from '../../../electron/contract/batch-records.ts';
import { outcomeLooks } from '../../base/looks.ts';
import { useLanesState } from './lanes-state.ts';

export function LanesLegend() {
  const { hasProcessCurves } = useLanesState();
  return (
    <span className="lanes__legend">
      {outcomes.map((outcome) => (
        <span key={outcome} className="lanes__key">
          <span className={`lanes__bar lanes__bar--${outcome}`} />
          {outcomeLooks[outcome].word}
        </span>
      ))}
      <span className="lanes__key">
        <span className="lanes__idle" /> idle
      </span>
      <span className="lanes__key">
        <span className="lanes__seam" /> replaced
      </span>
      <span className="lanes__key" title="The exit code was not 0">
        <span className="lanes__exit">✕</span> process failed
      </span>
      <span className="lanes__key" title="Of the selected process">
        <span className="lanes__init" /> init()
      </span>
      {hasProcessCurves && (
        <>
          <span className="lanes__key">
            <span className="lanes__line lanes__line--memory" /> memory
          </span>
          <span className="lanes__key">
            <span className="lanes__line lanes__line--cpu" /> CPU
          </span>
        </>
      )}
    </span>
  );
}
