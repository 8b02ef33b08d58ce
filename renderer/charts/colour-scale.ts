/**
 * A colour scale for heat maps, interpolated between colours of the theme that the caller passes
 * in.
 */

type Rgb = readonly [number, number, number];

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.replace('#', ''), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function mix(from: Rgb, to: Rgb, share: number): string {
  const [r = 0, g = 0, b = 0] = from.map((channel, i) => Math.round(channel + ((to[i] ?? 0) - channel) * share));
  return `rgb(${r} ${g} ${b})`;
}

export const SHADES = 64;

/**
 * Returns `SHADES` colours over stops given as hex. {@link shadeAt} picks one by its share of the
 * scale.
 */
export function shadesOf(stops: readonly string[]): string[] {
  const colours = stops.map(parse);
  return Array.from({ length: SHADES }, (_, i) => {
    const place = (i / (SHADES - 1)) * (colours.length - 1);
    const at = Math.min(colours.length - 2, Math.floor(place));
    return mix(colours[at] ?? [0, 0, 0], colours[at + 1] ?? [0, 0, 0], place - at);
  });
}

export function shadeAt(share: number): number {
  return Math.min(SHADES - 1, Math.max(0, Math.round(share * (SHADES - 1))));
}
