/** What other capabilities may build on besides this module's services: the parts of a decided change. */
export { type ActingMember } from './acting-member';
export { ChangeWriter } from './change-writer';
export { subjectOf } from './clocked-change';
export { type CustomerChange, fieldsOf, type NewEvent, stateOf } from './customer-change';
export { lockCustomers, lockMembers, readCustomers } from './customer-locks';
export { restoreHolds } from './hold.queries';
export { memberNames } from './member.queries';
