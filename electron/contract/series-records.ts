/** Series of resources: which there are, their points for drawing, and their figures. */

export interface SeriesInfo {
  seriesId: number;
  node: string;
  /** Null for a series of the whole node. */
  process: string | null;
  pid: number | null;
  /**
   * `cpu_percent`, `memory_used`, `memory_used_percent`, `disk_read_bytes`,
   * `network_received_bytes`, …
   */
  metric: string;
  unit: string;
  /** A counter is drawn as its rate per second. */
  counter: boolean;
  points: number;
  fromUs: number;
  toUs: number;
  min: number;
  max: number;
  fileId: number;
}

/**
 * A series decimated for drawing: at most the requested number of points, with minima and maxima
 * kept.
 */
export interface SeriesPoints {
  seriesId: number;
  timesUs: number[];
  values: (number | null)[];
}

/** Summary of all samples of some series within a range. */
export interface SeriesSummary {
  /** Number of samples. */
  count: number;
  min: number;
  p25: number;
  median: number;
  p75: number;
  p95: number;
  max: number;
}
