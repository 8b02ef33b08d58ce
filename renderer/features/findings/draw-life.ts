/** Draws the life-cycle of the run as a picture, with what the view shows as buttons and lines. */
import type { LifePhase } from '../../../electron/contract/analysis.ts';
import { csvTable } from '../../../electron/contract/csv.ts';
import { isoTime } from '../../../electron/contract/json-rows.ts';
import type { Pen } from '../../charts/pen.ts';
import { type TimeScale, xOf } from '../../charts/time-scale.ts';
import type { Colour } from '../../charts/use-theme-colours.ts';
import { markWords, phaseWords } from './findings-model.ts';
import { type LifeMark, placeMarks } from './life-marks.ts';

export interface LifeDrawing {
  axis: TimeScale;
  phases: readonly LifePhase[];
  marks: readonly LifeMark[];
  colour: Colour;
}

const WORDS_PX = 16;
const LEAST_LABEL_PX = 56;

export function drawLife(pen: Pen, height: number, { axis, phases, marks, colour }: LifeDrawing): void {
  const right = axis.left + axis.width;
  pen.font = `11px ${colour('font')}`;
  pen.textBaseline = 'middle';
  for (const [index, { phase, fromUs, toUs }] of phases.entries()) {
    const from = Math.max(axis.left, xOf(axis, fromUs));
    const to = Math.min(right, xOf(axis, toUs));
    if (to < axis.left || from > right) continue;
    pen.fillStyle = colour(index % 2 === 0 ? 'level-info-tint' : 'surface-selected');
    pen.fillRect(from, WORDS_PX, Math.max(2, to - from), height - WORDS_PX);
    if (to - from < LEAST_LABEL_PX) continue;
    pen.fillStyle = colour('text');
    pen.fillText(phaseWords[phase], from + 6, (height + WORDS_PX) / 2);
  }
  for (const mark of placeMarks(marks, (us) => xOf(axis, us), axis.left, right)) {
    pen.fillStyle = colour(mark.kind === 'first_failure' ? 'outcome-failed' : 'text-soft');
    pen.fillRect(mark.x, mark.isTick ? height - 6 : 0, 1, mark.isTick ? 6 : height);
    if (mark.label === null) continue;
    pen.textAlign = mark.isLeft ? 'right' : 'left';
    pen.fillText(mark.label, mark.x + (mark.isLeft ? -4 : 4), WORDS_PX / 2);
  }
  pen.textAlign = 'left';
}

export function lifeCsv(phases: readonly LifePhase[], marks: readonly LifeMark[]): string {
  return csvTable(
    ['kind', 'name', 'from', 'to', 'message'],
    [
      ...phases.map(({ phase, fromUs, toUs }) => ['phase', phaseWords[phase], isoTime(fromUs), isoTime(toUs), '']),
      ...marks.map(({ kind, timeUs, message }) => ['event', markWords[kind], isoTime(timeUs), '', message]),
    ],
  );
}
