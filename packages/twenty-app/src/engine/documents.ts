const RESULT = 'outcomes { object recordId status refusal { code message } customer { name pool { id name } } }';

export const CLAIM = `mutation Claim($customers: [CustomerRef!]!, $requestId: ID) { claim(customers: $customers, requestId: $requestId) { ${RESULT} } }`;

export const RELEASE = `mutation Release($customers: [CustomerRef!]!, $poolId: ID, $reason: String, $note: String, $requestId: ID) {
  release(customers: $customers, poolId: $poolId, reason: $reason, note: $note, requestId: $requestId) { ${RESULT} }
}`;

export const ALLOWANCE = 'query Allowance { viewer { capacities { pool { id name } used limit } claimsLeft { pool { id name } used limit } } }';

export const POOLS = 'query Pools { pools { id name active isDefault } }';

export const STAGE_SELECTION = 'mutation StageSelection($customers: [CustomerRef!]!) { stageSelection(customers: $customers) }';

export const STAGED_SELECTION = 'query StagedSelection($id: ID!) { stagedSelection(id: $id) { object recordId } }';

const CUSTOMERS = '$customers: [CustomerRef!]!';

export const ASSIGN = `mutation Assign(${CUSTOMERS}, $toMemberId: ID!, $reason: String, $overrideCapacity: Boolean, $requestId: ID) {
  assign(customers: $customers, toMemberId: $toMemberId, reason: $reason, overrideCapacity: $overrideCapacity, requestId: $requestId) { ${RESULT} }
}`;

export const PROTECT = `mutation Protect(${CUSTOMERS}, $until: DateTime, $lock: Boolean, $reason: String) {
  protect(customers: $customers, until: $until, lock: $lock, reason: $reason) { ${RESULT} }
}`;

export const HOLD = `mutation Hold(${CUSTOMERS}, $from: Date!, $until: Date!, $reason: String!) {
  hold(customers: $customers, from: $from, until: $until, reason: $reason) { ${RESULT} }
}`;

export const ASK_FOR_MORE_TIME = `mutation AskForMoreTime(${CUSTOMERS}, $days: Int!, $reason: String!) {
  askForMoreTime(customers: $customers, days: $days, reason: $reason) { ${RESULT} }
}`;

export const DECIDE_MORE_TIME = `mutation DecideMoreTime(${CUSTOMERS}, $approve: Boolean!, $note: String) {
  decideMoreTime(customers: $customers, approve: $approve, note: $note) { ${RESULT} }
}`;

export const QUIET = `mutation Quiet(${CUSTOMERS}, $until: Date!, $reason: String!) { quiet(customers: $customers, until: $until, reason: $reason) { ${RESULT} } }`;

export const MOVE_TO_POOL = `mutation MoveToPool(${CUSTOMERS}, $poolId: ID!, $reason: String) {
  moveToPool(customers: $customers, poolId: $poolId, reason: $reason) { ${RESULT} }
}`;

export const ARCHIVE = `mutation Archive(${CUSTOMERS}, $reason: String!) { archive(customers: $customers, reason: $reason) { ${RESULT} } }`;

export const RESTORE = `mutation Restore(${CUSTOMERS}) { restore(customers: $customers) { ${RESULT} } }`;

export const LOG_FOLLOW_UP = `mutation LogFollowUp($customer: CustomerRef!, $note: String!, $requestId: ID) {
  logFollowUp(customer: $customer, note: $note, requestId: $requestId) {
    object recordId status refusal { code message } customer { name pool { id name } }
  }
}`;

const EVENTS = `events { id type from { id name } to { id name } actor { id name } bySystem reason note rule facts batchId at } endCursor hasNextPage`;

/** Everything that the Pool tab of a record shows, in one request. */
export const POOL_TAB = `query PoolTab($object: CustomerObject!, $recordId: ID!) {
  customer(object: $object, recordId: $recordId) {
    name status pool { id name } owner { id name } ownedSince pooledSince lastActivityAt reclaimOn reclaimRule locked protectedUntil
    clock { rules { rule base days deadline binding } exemptions heldDays text }
    claimable { allowed refusal { code message until } }
  }
  ownershipEvents(object: $object, recordId: $recordId, first: 20) { ${EVENTS} }
  viewer { member { id } isWorkspaceAdmin managedPools { id } today }
  pools { id name active }
}`;

export const OLDER_EVENTS = `query OlderEvents($object: CustomerObject!, $recordId: ID!, $after: String) {
  ownershipEvents(object: $object, recordId: $recordId, first: 50, after: $after) { ${EVENTS} }
}`;
