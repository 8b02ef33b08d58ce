/**
 * Position of the last window, so that the next start looks the same. It is kept in a small file; a
 * damaged file is ignored.
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
 * At least this much of a window's title bar must be on a display; otherwise nobody can move the
 * window.
 */
const leastVisible = { width: 120, height: 40 };
/** Each further window is offset a little, so that it is visible as another. */
const stepPx = 28;

/** Reads the state. Returns null if there is no valid one. */
export function readWindowState(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Writes the state whole or not at all. A failure only prints a warning. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.tmp`, JSON.stringify(state));
    renameSync(`${file}.tmp`, file);
  } catch (error) {
    console.warn(`window state not kept: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Returns the bounds of a window: as before, if its title bar is still on one of the displays
 * (`workAreas`); otherwise the usual size where the system puts it, made to fit the first work
 * area. `index` is the number of windows already open.
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
