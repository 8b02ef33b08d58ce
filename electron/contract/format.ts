/**
 * Formats numbers, sizes and durations for the window, reports and the command line. Every shell
 * uses this module, so that no two places write the same value differently. All functions are pure;
 * `null` means that the logs do not say, and is written as `–`.
 */

const SEPARATOR = ',';
/** Stands for a value that the logs do not give. */
export const UNKNOWN = '–';

/** `12000` → `12,000`; `digits` is the number of decimals. */
export function formatNumber(value: number | null, digits = 0): string {
  if (value === null || Number.isNaN(value)) return UNKNOWN;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const [whole = '0', fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, SEPARATOR);
  const isZero = Number(whole) === 0 && (fraction === undefined || Number(fraction) === 0);
  return `${value < 0 && !isZero ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** `(1, 'line')` → `1 line`; `(12000, 'mini-batch', 'mini-batches')` → `12,000 mini-batches`. */
export function formatCount(value: number | null, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1400000000` → `1.4 GB`: at most three figures, in decimal units as for disks and downloads. */
export function formatBytes(bytes: number | null): string {
  return scaled(bytes, byteUnits);
}

export function formatRate(bytesPerSecond: number | null): string {
  return bytesPerSecond === null ? UNKNOWN : `${formatBytes(bytesPerSecond)}/s`;
}

const countUnits = ['', 'k', 'M', 'G'] as const;

/** For narrow places such as facets and axis labels: `12345` → `12.3 k`. */
export function formatCompact(value: number | null): string {
  return scaled(value, countUnits).trim();
}

function scaled(value: number | null, units: readonly string[]): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  let size = Math.abs(value);
  let unit = 0;
  // 999.5 would round up to 1,000 of this unit, so it belongs to the next.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = unit === 0 ? (Number.isInteger(size) ? 0 : 1) : size < 99.95 ? 1 : 0;
  return `${value < 0 ? '−' : ''}${formatNumber(size, digits)} ${units[unit] ?? ''}`;
}

/** `3862` → `1 h 04 m`, `245` → `4 m 05 s`, `3.2` → `3.2 s`, `0.012` → `12 ms`. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return UNKNOWN;
  const sign = seconds < 0 ? '−' : '';
  const s = Math.abs(seconds);
  if (s === 0) return '0 s';
  if (s < 0.00095) return `${sign}${Math.max(1, Math.round(s * 1e6))} µs`;
  if (s < 0.9995) return `${sign}${Math.round(s * 1e3)} ms`;
  if (s < 59.95) return `${sign}${s.toFixed(1)} s`;
  if (s < 3599.5) return `${sign}${two(Math.round(s), 60, 'm', 's')}`;
  if (s < 86_370) return `${sign}${two(Math.round(s / 60), 60, 'h', 'm')}`;
  return `${sign}${two(Math.round(s / 3600), 24, 'd', 'h')}`;
}

function two(units: number, per: number, large: string, small: string): string {
  return `${formatNumber(Math.floor(units / per))} ${large} ${String(units % per).padStart(2, '0')} ${small}`;
}

/**
 * Formats a share 0…1: `0.123` → `12.3 %`. Only nothing is `0 %` and only everything is `100 %`, so
 * that rounding never lies.
 */
export function formatPercent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return UNKNOWN;
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 1 && share > 0.999) return '99.9 %';
  const percent = share * 100;
  return `${formatNumber(percent, Number.isInteger(percent) ? 0 : 1)} %`;
}

/** Formats a ratio to a figure that the sentence names: `2.44` → `2.4×`. */
export function formatTimes(ratio: number | null): string {
  return ratio === null || !Number.isFinite(ratio) ? UNKNOWN : `${formatNumber(ratio, ratio < 100 ? 1 : 0)}×`;
}

/**
 * Formats a value of a series in its unit: `bytes`, `bytes/s`, `s`, `h`, `share` (of 1), `%`,
 * `count` or none.
 */
export function formatMeasured(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  if (unit === 'bytes') return formatBytes(value);
  if (unit === 'bytes/s') return formatRate(value);
  if (unit === 's') return formatDuration(value);
  if (unit === 'share') return formatPercent(value);
  if (unit === 'h') return `${formatNumber(value, 2)} h`;
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0;
  return unit === 'count' || unit === '' ? formatNumber(value, digits) : `${formatNumber(value, digits)} ${unit}`;
}
