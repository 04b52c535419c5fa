/** What other rooms may build on besides this one's services: the parts of a decided change. */
export { type ActingMember } from '../domain/customer/acting-member';
export { loadCandidates, loadClaimFacts } from './claim-facts';
export { clockOnly, type CustomerChange, eventOfSameOwner, stateOf } from './customer-change';
export { lockCustomers, readCustomers } from './customer-locks';
export { subjectOf } from './decided-step';
export { holdsByCustomer, keepHolds, leavesOf, restoreHolds } from './hold.queries';
export { memberNames } from './member.queries';
export { RequestIdReusedError } from './ownership.errors';
