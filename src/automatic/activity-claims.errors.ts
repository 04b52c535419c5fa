/** Twenty has yet to confirm the last decision about the customer; nothing is answered, so that it is asked again. */
export class ClaimMustWaitError extends Error {
  readonly code = 'CLAIM_MUST_WAIT';
  readonly retryable = true;
  constructor() {
    super('Twenty has not confirmed the last decision about the customer yet');
  }
}
