/**
 * File waits: the requests for lines that wait until their file is indexed. A file that is read
 * again makes them wait too, because its lines are about to be replaced.
 */
export class FileWaits {
  readonly #waiters = new Map<number, (() => void)[]>();
  /** Files that are being read again, entirely or in part. */
  #rereading = new Set<number>();

  /** Notes which files are read again. */
  reread(fileIds: ReadonlySet<number>): void {
    this.#rereading = new Set(fileIds);
  }

  isRereading(fileId: number): boolean {
    return this.#rereading.has(fileId);
  }

  /** Resolves when the file is read, or when reading ends without it. */
  wait(fileId: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.set(fileId, [...(this.#waiters.get(fileId) ?? []), resolve]);
    });
  }

  /**
   * Notes that files are read, and wakes whoever waits for them; they go on after the caller's
   * turn. Returns true if somebody waited.
   */
  arrived(fileIds: readonly number[]): boolean {
    let isAwaited = false;
    for (const fileId of fileIds) {
      this.#rereading.delete(fileId);
      const waiters = this.#waiters.get(fileId) ?? [];
      this.#waiters.delete(fileId);
      for (const wake of waiters) wake();
      isAwaited ||= waiters.length > 0;
    }
    return isAwaited;
  }

  /** Notes that reading has ended, and wakes everybody. */
  end(): void {
    this.#rereading.clear();
    const waiters = [...this.#waiters.values()].flat();
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}
