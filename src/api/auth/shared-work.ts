/** Work that several callers wait for. It is given up when the last of them has gone, and not before. */
export class SharedWork<T> {
  private readonly controller = new AbortController();
  private readonly result: Promise<T>;
  private waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.result = work(this.controller.signal);
    // Whoever waits is told; when nobody does any more, nobody has to be.
    this.result.catch(() => undefined);
  }

  get isGivenUp(): boolean {
    return this.controller.signal.aborted;
  }

  /** @throws what the work throws, or the signal's reason when that comes first */
  async wait(signal?: AbortSignal): Promise<T> {
    this.waiting += 1;
    let onAbort = (): void => undefined;
    try {
      if (!signal) return await this.result;
      signal.throwIfAborted();
      const gone = new Promise<never>((_, reject) => {
        onAbort = () => reject(signal.reason as Error);
        signal.addEventListener('abort', onAbort, { once: true });
      });
      return await Promise.race([this.result, gone]);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.waiting -= 1;
      if (this.waiting === 0) this.controller.abort();
    }
  }
}
