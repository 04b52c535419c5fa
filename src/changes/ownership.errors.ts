/** The request id was used for another command before. */
export class RequestIdReusedError extends Error {
  readonly code = 'REQUEST_ID_REUSED';
  readonly retryable = false;
  constructor() {
    super('This requestId was used for another command before.');
  }
}
