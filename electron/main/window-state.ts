/**
 * Where the last window stood, so that the next start looks the same. Kept in a small file; a
 * damaged one is none.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { type ShellTheme, shellThemes } from '../contract/shell.ts';

interface Size {
  width: number;
  height: number;
}

export interface Bounds extends Size {
  x: number;
  y: number;
}

export interface WindowState {
  bounds: Bounds;
  isMaximized: boolean;
  /** As the person chose it in the window. */
  theme: ShellTheme;
}

const side = z.number().int().min(-100_000).max(100_000);
const stateSchema = z.object({
  bounds: z.object({ x: side, y: side, width: side.min(200), height: side.min(150) }),
  isMaximized: z.boolean(),
  theme: z.enum(shellThemes).default('system'),
});

const usualSize = { width: 1280, height: 800 };
/**
 * At least this much of a window's title bar has to be on a display, or it cannot be moved by hand.
 */
const leastVisible = { width: 120, height: 40 };
/** A further window stands a little aside, so that it is seen as another. */
const stepPx = 28;

/** Read the state; null where there is none that makes sense. */
export function readWindowState(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Write the state whole or not at all. That it cannot be written is no reason to bother anybody.
 */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.tmp`, JSON.stringify(state));
    renameSync(`${file}.tmp`, file);
  } catch (error) {
    console.warn(`window state not kept: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Bounds for a window: as it was, if its title bar is still on one of the displays (`workAreas`),
 * else the usual size where the system puts it, made to fit the first work area. `index` counts the
 * windows that are open already.
 */
export function placeWindow(state: WindowState | null, workAreas: Bounds[], index = 0): Partial<Bounds> {
  if (state === null) return fitted(usualSize, workAreas[0]);
  const { bounds } = state;
  const moved = { ...bounds, x: bounds.x + index * stepPx, y: bounds.y + index * stepPx };
  const isVisible = workAreas.some((area) => {
    const right = Math.min(moved.x + moved.width, area.x + area.width);
    const isBarInside = moved.y >= area.y && moved.y + leastVisible.height <= area.y + area.height;
    return isBarInside && right - Math.max(moved.x, area.x) >= leastVisible.width;
  });
  if (isVisible) return moved;
  const largest = workAreas.reduce(
    (most, area) => ({ width: Math.max(most.width, area.width), height: Math.max(most.height, area.height) }),
    { width: 0, height: 0 },
  );
  return largest.width === 0 ? usualSize : fitted(bounds, largest);
}

function fitted(size: Size, area: Size = size): Size {
  return { width: Math.min(size.width, area.width), height: Math.min(size.height, area.height) };
}
