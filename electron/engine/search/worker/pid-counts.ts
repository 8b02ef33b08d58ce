/** Counts lines by pid. Usually many lines with one pid follow each other. */
export class PidCounts {
  readonly #counts = new Map<number, number>();
  #pid = -1;
  #count = 0;

  /** -1 means unknown and is not counted. */
  add(pid: number): void {
    if (pid !== this.#pid) {
      this.#flush();
      this.#pid = pid;
    }
    this.#count++;
  }

  #flush(): void {
    if (this.#pid !== -1) this.#counts.set(this.#pid, (this.#counts.get(this.#pid) ?? 0) + this.#count);
    this.#count = 0;
  }

  list(): [number, number][] {
    this.#flush();
    this.#pid = -1;
    return [...this.#counts];
  }
}
