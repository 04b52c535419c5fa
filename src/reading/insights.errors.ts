/** The caller may not see these figures, or asks for a pool that is not there. The message is safe to show. */
export class FiguresError extends Error {
  readonly retryable = false;
  constructor(
    readonly code: 'FORBIDDEN' | 'BAD_USER_INPUT',
    message: string,
  ) {
    super(message);
  }
}
