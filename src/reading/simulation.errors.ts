/** The change cannot be saved as it is; the message names the fields. */
export class PolicyPatchError extends Error {
  readonly code = 'BAD_USER_INPUT';
  readonly retryable = false;
}

export class NotPoolManagerError extends Error {
  readonly code = 'FORBIDDEN';
  readonly retryable = false;
  constructor() {
    super('Only managers of the pool may try out its policy. 只有该公海池的管理员可以试算规则。');
  }
}
