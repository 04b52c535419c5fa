export { putActivities, replaceActivities } from './activity-rows.queries';
export { followUpNoteId } from './sources/follow-up-note-id';
export { insertFollowUp, leaseOpen } from './sources/follow-up.queries';
