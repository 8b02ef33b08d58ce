/**
 * The drawing of the lanes: bars of attempts, idle time, init(), bad exits, curves, and the heads
 * of nodes. It draws only what it is given.
 */
import type { Lane } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { type OutcomeFills, outcomeFills } from '../../charts/hatch.ts';
import type { Pen } from '../../charts/pen.ts';
import type { Curve } from '../../charts/series-data.ts';
import { type TimeScale, xOf } from '../../charts/time-scale.ts';
import type { Colour } from '../../charts/use-theme-colours.ts';
import type { LaneBar } from './lane-bars.ts';
import type { LaneItem } from './lane-layout.ts';
import type { ChosenAttempt, ProcessCurves } from './use-lanes.ts';

export interface LanesDrawing {
  axis: TimeScale;
  items: readonly LaneItem[];
  scrollTop: number;
  lanes: readonly Lane[];
  bars: ReadonlyMap<number, readonly LaneBar[]>;
  /** The curve in the head of each node, and the top of its scale. */
  curves: ReadonlyMap<string, Curve>;
  curveMax: number;
  /** Memory and CPU below the lanes, by index of the process, and the largest value of each. */
  processCurves: ReadonlyMap<number, ProcessCurves>;
  memoryMax: number;
  cpuMax: number;
  /** The height of the bars. The rest of a lane is for its curves. */
  barHeight: number;
  /** The index of the lane that has the keyboard focus. */
  active: number;
  activeBar: LaneBar | null;
  chosen: readonly ChosenAttempt[];
  /** Seconds that init() took before the first attempt, by process, where known. */
  initSeconds: ReadonlyMap<number, number>;
  colour: Colour;
}

const LABEL_LANE_PX = 12;
const FONT = '11px system-ui, sans-serif';

export function drawLanes(context: Pen, drawing: LanesDrawing, height: number): void {
  const { items, scrollTop, lanes, axis } = drawing;
  const fills = outcomeFills(context, drawing.colour);
  context.textBaseline = 'middle';
  context.font = FONT;
  for (const item of items) {
    const y = item.y - scrollTop;
    if (item.isHead) continue;
    const lane = lanes[item.lane];
    if (lane !== undefined) drawLane(context, drawing, fills, item, lane, y);
  }
  drawChosen(context, drawing);
  // Bars end at the plot. The margin beside it shows no time.
  context.clearRect(axis.left + axis.width + 10, 0, 64, height);
  for (const item of items) if (item.isHead) drawHead(context, drawing, item, item.y - scrollTop);
}

function drawLane(
  context: Pen,
  drawing: LanesDrawing,
  fills: OutcomeFills,
  item: LaneItem,
  lane: Lane,
  y: number,
): void {
  const { axis, bars, colour, active } = drawing;
  const right = axis.left + axis.width;
  const gap = drawing.barHeight >= 10 ? 2 : 1;
  const tall = drawing.barHeight - gap;
  const lastUs = lane.endUs ?? lane.lastUs ?? axis.toUs;
  const isActive = item.lane === active;
  if (isActive && item.isFirst) {
    context.fillStyle = colour('surface-selected');
    context.fillRect(0, y - 1, right, item.height + 1);
  }
  const clamp = (us: number) => Math.min(right, Math.max(axis.left, xOf(axis, us)));
  if (lane.startUs !== null && lane.startUs < axis.toUs && lastUs >= axis.fromUs) {
    // The process existed from start to end: what no bar covers is idle time.
    const [from, to] = [clamp(lane.startUs), clamp(lastUs)];
    context.fillStyle = colour('line');
    context.fillRect(from, y + Math.floor(tall / 2), Math.max(0, to - from), 1);
    if (lane.startUs >= axis.fromUs) context.fillRect(from, y, 1, tall);
    if (!item.isFirst && lane.startUs >= axis.fromUs) drawSeam(context, from, y, item.height, colour);
    const init = drawing.initSeconds.get(lane.processId);
    if (init !== undefined) {
      const end = clamp(lane.startUs + init * 1e6);
      context.strokeStyle = colour('level-info');
      context.lineWidth = 1;
      context.strokeRect(from + 0.5, y + 1.5, Math.max(2, end - from - 1), tall - 3);
    }
  }
  for (const bar of bars.get(item.lane) ?? []) {
    const from = Math.round(clamp(bar.fromUs));
    const to = Math.round(clamp(bar.toUs));
    if (to < axis.left || from > right || (to === from && (to === axis.left || from === right))) continue;
    const wide = Math.max(1, to - from);
    fills.rect(bar.outcome, from, y, wide > 4 ? wide - 1 : wide, tall);
    if (isActive && bar === drawing.activeBar) {
      context.strokeStyle = colour('text');
      context.lineWidth = 2;
      context.strokeRect(from - 1, y - 1, wide + 1, tall + 2);
    }
  }
  if (
    lane.endUs !== null &&
    lane.exitCode !== null &&
    lane.exitCode !== 0 &&
    lane.endUs >= axis.fromUs &&
    lane.endUs <= axis.toUs
  ) {
    drawExit(context, clamp(lane.endUs), y, tall, colour);
  }
  const own = drawing.processCurves.get(item.lane);
  if (own !== undefined) {
    const room = { top: y + tall + 2, tall: item.height - tall - 4 };
    if (own.memory !== null) drawCurveIn(context, axis, own.memory, drawing.memoryMax, room, colour('series-1'));
    if (own.cpu !== null) drawCurveIn(context, axis, own.cpu, drawing.cpuMax, room, colour('series-2'));
  }
  if (item.isFirst && item.height >= LABEL_LANE_PX) {
    context.fillStyle = isActive ? colour('text') : colour('text-soft');
    context.textAlign = 'right';
    context.fillText(shortName(lane), axis.left - 6, y + tall / 2 + 0.5);
  }
}

/** Draws a double stroke over the height of the lane where a successor takes over. */
function drawSeam(context: Pen, x: number, y: number, tall: number, colour: Colour): void {
  context.fillStyle = colour('text');
  context.fillRect(Math.round(x) - 2, y - 1, 1, tall);
  context.fillRect(Math.round(x), y - 1, 1, tall);
}

function drawExit(context: Pen, x: number, y: number, tall: number, colour: Colour): void {
  const size = Math.min(4, tall / 2);
  const middle = y + tall / 2;
  context.strokeStyle = colour('outcome-failed');
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - size + 3, middle - size);
  context.lineTo(x + size + 3, middle + size);
  context.moveTo(x + size + 3, middle - size);
  context.lineTo(x - size + 3, middle + size);
  context.stroke();
}

/** Draws rings around the attempts of the selected mini-batch and a line from each to the next. */
function drawChosen(context: Pen, drawing: LanesDrawing): void {
  const { axis, chosen, items, scrollTop, colour } = drawing;
  const first = items[0];
  if (chosen.length === 0 || first === undefined) return;
  const yOf = (lane: number) => {
    const item = items.find((each) => !each.isHead && each.lane === lane);
    if (item !== undefined) return { y: item.y - scrollTop, height: item.height };
    // Out of view, above or below.
    return lane < first.lane ? { y: -40, height: 10 } : { y: 10_000, height: 10 };
  };
  context.save();
  context.beginPath();
  context.rect(axis.left, 0, axis.width, 20_000);
  context.clip();
  context.strokeStyle = colour('text');
  for (const [index, attempt] of chosen.entries()) {
    const place = yOf(attempt.lane);
    const [from, to] = [xOf(axis, attempt.fromUs), xOf(axis, attempt.toUs)];
    context.lineWidth = 2;
    context.setLineDash([]);
    context.strokeRect(from - 1.5, place.y - 1.5, Math.max(4, to - from + 2), place.height);
    const before = chosen[index - 1];
    if (before === undefined) continue;
    const above = yOf(before.lane);
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(xOf(axis, before.toUs), above.y + above.height / 2);
    context.lineTo(from, place.y + place.height / 2);
    context.stroke();
  }
  context.restore();
}

function drawHead(context: Pen, drawing: LanesDrawing, item: LaneItem, y: number): void {
  const { axis, colour, lanes, curves, curveMax } = drawing;
  const right = axis.left + axis.width;
  context.fillStyle = colour('surface-sunken');
  context.fillRect(0, y, right + 16, item.height);
  context.fillStyle = colour('line');
  context.fillRect(0, y, right + 16, 1);
  const curve = curves.get(item.node);
  if (curve !== undefined && curveMax > 0) drawCurve(context, drawing, curve, y + 4, item.height - 6);
  context.textAlign = 'left';
  context.font = `600 ${FONT}`;
  context.fillStyle = colour('text');
  const middle = y + Math.min(item.height, 22) / 2 + 0.5;
  context.fillText(item.node, 8, middle);
  const taken = 8 + context.measureText(item.node).width + 10;
  context.font = FONT;
  context.fillStyle = colour('text-faint');
  let attempts = 0;
  for (let i = item.lane; i < item.lane + item.processes; i++) attempts += lanes[i]?.attempts ?? 0;
  const slots = item.processes === item.lanes ? '' : ` in ${formatCount(item.lanes, 'lane')}`;
  const counted = `${formatCount(item.processes, 'process', 'processes')}${slots}, ${formatCount(attempts, 'attempt')}`;
  context.fillText(counted, Math.max(taken, axis.left), middle);
}

function drawCurve(
  context: Pen,
  { axis, colour, curveMax }: LanesDrawing,
  curve: Curve,
  top: number,
  tall: number,
): void {
  drawCurveIn(context, axis, curve, curveMax, { top, tall }, colour('series-1'));
}

function drawCurveIn(
  context: Pen,
  axis: TimeScale,
  curve: Curve,
  max: number,
  { top, tall }: { top: number; tall: number },
  stroke: string,
): void {
  if (!(max > 0)) return;
  context.save();
  context.beginPath();
  context.rect(axis.left, top - 2, axis.width, tall + 4);
  context.clip();
  context.strokeStyle = stroke;
  context.lineWidth = 1.25;
  context.beginPath();
  let isOn = false;
  for (const [i, us] of curve.timesUs.entries()) {
    const value = curve.values[i];
    if (value === null || value === undefined) {
      isOn = false;
      continue;
    }
    const x = xOf(axis, us);
    const y = top + tall * (1 - value / max);
    if (isOn) context.lineTo(x, y);
    else context.moveTo(x, y);
    isOn = true;
  }
  context.stroke();
  context.restore();
}

/** Shortens a name to fit beside a lane: `Process-12` becomes `P-12`. */
export function shortName(lane: Pick<Lane, 'process' | 'pid'>): string {
  const name = lane.process ?? (lane.pid === null ? '?' : String(lane.pid));
  const short = name.replace(/^process-?/i, 'P-');
  return short.length > 9 ? `…${short.slice(-8)}` : short;
}
