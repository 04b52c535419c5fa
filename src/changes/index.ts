/** What other capabilities may build on besides this module's services: the parts of a decided change. */
export { type ActingMember } from '../domain/customer/acting-member';
export { ChangeWriter } from './change-writer';
export { subjectOf } from './clocked-change';
export { recordsInFlight } from './command.queries';
export {
  type CustomerChange,
  type NewEvent,
  type Protection,
  beforeOf,
  eventOfSameOwner,
  fieldsOf,
  stateOf,
} from './customer-change';
export { lockCustomers, lockMembers, readCustomers } from './customer-locks';
export { lockMatchKeys } from './match-key-locks';
export { holdsByCustomer, keepHolds, leavesOf, restoreHolds } from './hold.queries';
export { memberNames } from './member.queries';
export { RequestIdReusedError } from './ownership.errors';
export { loadCandidates, loadClaimFacts } from './claim-facts';
