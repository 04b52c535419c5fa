export type DemoFaultCode = 'MOVING' | 'SANDBOX_AWAY' | 'NOT_SETTLED';

/** The clock was not moved, or not all the way. */
export class DemoFault extends Error {
  readonly retryable = true;
  constructor(
    readonly code: DemoFaultCode,
    message: string,
  ) {
    super(message);
  }
}
