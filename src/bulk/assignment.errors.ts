/** A bulk command that cannot be taken on at all; nothing was done. The message is safe to show, in both languages. */
export class AssignmentError extends Error {
  readonly retryable = false;
  constructor(
    readonly code: 'BAD_USER_INPUT' | 'FORBIDDEN' | 'UNAUTHENTICATED',
    message: string,
  ) {
    super(message);
  }
}

export const notAManager = (): AssignmentError =>
  new AssignmentError('FORBIDDEN', 'Only a manager of a pool may do this. 只有公海管理员可以执行此操作。');
