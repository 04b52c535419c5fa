/** Another instance has been reading the source all the while; ask again. */
export class ActivitiesBusyError extends Error {
  readonly code = 'ACTIVITIES_BUSY';
  readonly retryable = true;
  constructor(source: string) {
    super(`Another instance is still reading ${source}`);
  }
}
