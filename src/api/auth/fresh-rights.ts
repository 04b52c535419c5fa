/** What a member does with customers of their own or for themselves; anything else that changes something is for managers. */
const ownWork: ReadonlySet<string> = new Set(['askForMoreTime', 'claim', 'logFollowUp', 'release', 'stageSelection']);
const managersQuestions: ReadonlySet<string> = new Set([
  'duplicates',
  'figures',
  'previewOffboard',
  'previewReassign',
  'simulatePolicy',
]);

/** How old Twenty's word on the caller may be, in milliseconds, where a manager's rights are needed. */
export const freshForMs = 5_000;

/** Does the field need rights that somebody may have lost a moment ago? */
export function needsFreshRights(operation: string, field: string): boolean {
  return operation === 'Mutation' ? !ownWork.has(field) : operation === 'Query' && managersQuestions.has(field);
}
