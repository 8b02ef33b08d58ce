/**
 * A binary heap of (time, kind, reference) for the simulation. Insertion order breaks ties, so that
 * the same seed always gives the same run.
 */
export class EventQueue {
  #times = new Float64Array(1024);
  #orders = new Float64Array(1024);
  #kinds = new Uint8Array(1024);
  #refs = new Int32Array(1024);
  #inserted = 0;
  size = 0;
  /** The last event that `pop` took. */
  time = 0;
  kind = 0;
  ref = 0;

  push(time: number, kind: number, ref: number): void {
    if (this.size === this.#times.length) this.#grow();
    let at = this.size++;
    const order = this.#inserted++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(time, order, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, time, order, kind, ref);
  }

  /** Takes the earliest event into `time`, `kind` and `ref`; false if there is none. */
  pop(): boolean {
    if (this.size === 0) return false;
    this.time = this.#times[0] ?? 0;
    this.kind = this.#kinds[0] ?? 0;
    this.ref = this.#refs[0] ?? 0;
    const last = --this.size;
    if (last > 0) this.#sift(last);
    return true;
  }

  #sift(last: number): void {
    const time = this.#times[last] ?? 0;
    const order = this.#orders[last] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      const right = child + 1;
      if (right < last && this.#isBefore(this.#times[right] ?? 0, this.#orders[right] ?? 0, child)) child = right;
      if (this.#isBefore(time, order, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, time, order, this.#kinds[last] ?? 0, this.#refs[last] ?? 0);
  }

  #isBefore(time: number, order: number, other: number): boolean {
    const otherTime = this.#times[other] ?? 0;
    return time < otherTime || (time === otherTime && order < (this.#orders[other] ?? 0));
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from] ?? 0, this.#orders[from] ?? 0, this.#kinds[from] ?? 0, this.#refs[from] ?? 0);
  }

  #put(at: number, time: number, order: number, kind: number, ref: number): void {
    this.#times[at] = time;
    this.#orders[at] = order;
    this.#kinds[at] = kind;
    this.#refs[at] = ref;
  }

  #grow(): void {
    const length = this.#times.length * 2;
    const times = new Float64Array(length);
    times.set(this.#times);
    this.#times = times;
    const orders = new Float64Array(length);
    orders.set(this.#orders);
    this.#orders = orders;
    const kinds = new Uint8Array(length);
    kinds.set(this.#kinds);
    this.#kinds = kinds;
    const refs = new Int32Array(length);
    refs.set(this.#refs);
    this.#refs = refs;
  }
}
