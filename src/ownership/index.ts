/** What other capabilities may build on besides this module's services: the parts of a decided change. */
export { type ActingMember } from './acting-member';
export { isUntouched, wasAssigned } from './attention.queries';
export { needsCleanUp } from './clean-up-condition';
export { returnFacts } from './clean-up-facts.queries';
export { ChangeWriter } from './change-writer';
export { subjectOf } from './clocked-change';
export { recordsInFlight } from './command.queries';
export { beforeOf, type CustomerChange, fieldsOf, stateOf } from './customer-change';
export { lockCustomers, lockMembers, readCustomers } from './customer-locks';
export { lockMatchKeys } from './match-key-locks';
export { restoreHolds } from './hold.queries';
export { memberNames } from './member.queries';
export { RequestIdReusedError } from './ownership.errors';
