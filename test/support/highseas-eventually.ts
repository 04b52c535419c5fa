/** Repeats `check` until it passes. @throws its last error when it does not within the time */
export async function eventually<T>(check: () => T | Promise<T>, { withinMs = 20_000, everyMs = 50 } = {}): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
