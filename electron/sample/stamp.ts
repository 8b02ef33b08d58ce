/**
 * Formats the times of one clock as the service and user code print them; caches the last second.
 */

const THREE: string[] = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));

/** Formats three digits with leading zeros. */
export function threeDigits(n: number): string {
  return THREE[n] ?? '000';
}

const TWO: string[] = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

export class Stamp {
  #day = -1;
  #date10 = '';
  #second = -1;
  #text = '';
  #spaced = '';
  readonly #epochMs: number;

  /** `epochMs` is what this clock shows when the driver starts, skew included. */
  constructor(epochMs: number) {
    this.#epochMs = epochMs;
  }

  #seek(ms: number): number {
    const at = this.#epochMs + Math.floor(ms);
    const second = Math.floor(at / 1000);
    if (second !== this.#second) {
      this.#second = second;
      const day = Math.floor(second / 86_400);
      if (day !== this.#day) {
        this.#day = day;
        this.#date10 = new Date(second * 1000).toISOString().slice(0, 10);
      }
      const rest = second - day * 86_400;
      const clock = `${TWO[Math.floor(rest / 3600)]}:${TWO[Math.floor(rest / 60) % 60]}:${TWO[rest % 60]}`;
      this.#text = `${this.#date10}T${clock}`;
      this.#spaced = `${this.#date10} ${clock},`;
    }
    return at - second * 1000;
  }

  /** Formats like Python logging: `2020-05-06 05:50:48,682`. */
  asctime(ms: number): string {
    const rest = this.#seek(ms);
    return this.#spaced + threeDigits(rest);
  }

  /**
   * Formats like Python isoformat: `2020-05-06T05:50:48.682392`, without a fraction if it is zero.
   */
  iso(ms: number, micro: number): string {
    const rest = this.#seek(ms);
    return rest === 0 && micro === 0 ? this.#text : `${this.#text}.${threeDigits(rest)}${threeDigits(micro)}`;
  }

  /** Formats for the truth: `2020-05-06T05:50:48.682Z`. */
  truth(ms: number): string {
    const rest = this.#seek(ms);
    return `${this.#text}.${threeDigits(rest)}Z`;
  }

  /** Formats seconds since 1970 with six decimals. */
  epoch(ms: number, micro: number): string {
    const rest = this.#seek(ms);
    return `${this.#second}.${threeDigits(rest)}${threeDigits(micro)}`;
  }

  /** Formats for bracketed logs and user code: `2020-05-06 05:50:48`. */
  plain(ms: number): string {
    this.#seek(ms);
    return this.#spaced.slice(0, 19);
  }

  /** Returns the date itself, for forms that only one line uses. */
  date(ms: number): Date {
    return new Date(this.#epochMs + Math.floor(ms));
  }
}

/** Formats whole seconds like Python's `str(timedelta)`: `0:02:05`, `1 day, 2:03:04`. */
export function timedelta(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const rest = whole % 86_400;
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  if (days === 0) return clock;
  return `${days} day${days === 1 ? '' : 's'}, ${clock}`;
}
