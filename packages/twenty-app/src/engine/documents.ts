const OUTCOME = 'object recordId status refusal { code message } customer { name pool { id name } } warnings';

const RESULT = `outcomes { ${OUTCOME} }`;

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

export const HOLD = `mutation Hold(${CUSTOMERS}, $from: Date!, $until: Date!, $reason: String!, $requestId: ID) {
  hold(customers: $customers, from: $from, until: $until, reason: $reason, requestId: $requestId) { ${RESULT} }
}`;

export const ASK_FOR_MORE_TIME = `mutation AskForMoreTime(${CUSTOMERS}, $days: Int!, $reason: String!, $requestId: ID) {
  askForMoreTime(customers: $customers, days: $days, reason: $reason, requestId: $requestId) { ${RESULT} }
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
  logFollowUp(customer: $customer, note: $note, requestId: $requestId) { ${OUTCOME} }
}`;

const EVENTS = `events { id type from { id name } to { id name } pool { id name } actor { id name } bySystem reason note rule facts batchId at } endCursor hasNextPage`;

/** Everything that the Pool tab of a record shows, in one request. */
export const POOL_TAB = `query PoolTab($object: CustomerObject!, $recordId: ID!) {
  customer(object: $object, recordId: $recordId) {
    name status pool { id name } owner { id name } ownedSince pooledSince lastActivityAt reclaimOn reclaimRule locked protectedUntil
    clock { rules { rule base days deadline binding } exemptions heldDays text }
    claimable { allowed refusal { code message until } }
  }
  ownershipEvents(object: $object, recordId: $recordId, first: 20) { ${EVENTS} }
  viewer {
    member { id } isWorkspaceAdmin managedPools { id } today
    capacities { pool { id name } used limit } claimsLeft { pool { id name } used limit }
  }
  pools { id name active }
}`;

export const OLDER_EVENTS = `query OlderEvents($object: CustomerObject!, $recordId: ID!, $after: String) {
  ownershipEvents(object: $object, recordId: $recordId, first: 50, after: $after) { ${EVENTS} }
}`;

const JOB = 'id kind status total processed done refused error undoableUntil refusals { object recordId status refusal { code message } customer { name pool { id name } } }';

export const PREVIEW_REASSIGN = `query PreviewReassign($input: ReassignInput!) {
  previewReassign(input: $input) { total perMember { member { id name } receives ownsNow limit } refusals { code count } }
}`;

export const REASSIGN = `mutation Reassign($input: ReassignInput!) { reassign(input: $input) { ${JOB} } }`;

export const READ_JOB = `query ReadJob($id: ID!) { job(id: $id) { ${JOB} } }`;

export const CANCEL_JOB = `mutation CancelJob($id: ID!) { cancelJob(id: $id) { ${JOB} } }`;

export const UNDO = `mutation Undo($batchId: ID!) { undo(batchId: $batchId) { ${JOB} } }`;

export const LAST_EVENT = `query LastEvent($object: CustomerObject!, $recordId: ID!) {
  ownershipEvents(object: $object, recordId: $recordId, first: 1) { events { id batchId } }
}`;

const PAGE = 'totalCount endCursor hasNextPage';

const CONSOLE_CUSTOMER = 'object recordId name status pool { id name } owner { id name } pooledSince lastActivityAt reclaimOn reclaimRule locked';

const CONSOLE_CLOCK = 'clock { rules { rule base days binding } exemptions heldDays text }';

export const CONSOLE_OVERVIEW = `query ConsoleOverview {
  viewer {
    member { id name } isWorkspaceAdmin managedPools { id name } today dueByDay(days: 14) { on count }
    capacities { pool { id name } used limit exempt } claimsLeft { pool { id name } used limit resetsAt }
  }
  pools { id name active isDefault pooledCount ownedCount autoAssign }
}`;

export const CONSOLE_BOOK = `query ConsoleBook($ownerId: ID!, $status: PoolStatus!, $after: String) {
  book: customers(ownerId: $ownerId, status: $status, first: 50, after: $after) { ${PAGE} customers { ${CONSOLE_CUSTOMER} ${CONSOLE_CLOCK} } }
}`;

export const CONSOLE_OPEN = `query ConsoleOpen($poolId: ID, $status: PoolStatus!, $after: String) {
  open: customers(poolId: $poolId, status: $status, first: 50, after: $after) { ${PAGE} customers { ${CONSOLE_CUSTOMER} claimable { allowed refusal { message until } } } }
}`;

export const CONSOLE_POOL = `query ConsolePool($poolId: ID!, $status: PoolStatus!, $after: String) {
  content: customers(poolId: $poolId, status: $status, first: 50, after: $after) { ${PAGE} customers { ${CONSOLE_CUSTOMER} ${CONSOLE_CLOCK} } }
}`;

/** Only which customers a list has, page by page. */
export const CONSOLE_REFS = `query ConsoleRefs($poolId: ID, $ownerId: ID, $status: PoolStatus!, $after: String) {
  refs: customers(poolId: $poolId, ownerId: $ownerId, status: $status, first: 200, after: $after) { customers { object recordId } endCursor hasNextPage }
}`;

export const CONSOLE_OUTLOOK = `query ConsoleOutlook($poolId: ID!, $days: Int!) {
  simulatePolicy(patch: { poolId: $poolId, changes: {} }) { affected byDay { on count } byOwner { member { id name } count } byRule { rule count } }
  figures(poolId: $poolId, days: $days) { flow { on into out } }
}`;

const TENURES = '{ taken reclaimed released won reclaimRate conversionRate medianHoursToClaim medianHoursToFirstActivity }';

/** `compare`: beside one pool's figures those of all pools that the caller manages. */
export const CONSOLE_FIGURES = `query ConsoleFigures($poolId: ID, $days: Int!, $compare: Boolean!) {
  figures(poolId: $poolId, days: $days) {
    from to flow { on into out } total ${TENURES}
    byPool { pool { id name } figures ${TENURES} } byMember { member { id name } ownsNow figures ${TENURES} } reasons { type reason count }
  }
  channels: figures(days: $days) @include(if: $compare) { byPool { pool { id name } figures ${TENURES} } }
}`;

export const CONSOLE_LEDGER = `query ConsoleLedger($poolId: ID!, $after: String) {
  assignmentDecisions(poolId: $poolId, first: 50, after: $after) {
    decisions { id object recordId name at to { id name } strategy text considered candidates { member { id name } skipped skippedText value } } endCursor hasNextPage
  }
}`;

export const CONSOLE_DUPLICATES = `query ConsoleDuplicates($poolId: ID!, $after: String) {
  duplicates(poolId: $poolId, first: 50, after: $after) { groups { object by value customers { ${CONSOLE_CUSTOMER} } } endCursor hasNextPage }
}`;

export const SIMULATE_POLICY = `query SimulatePolicy($poolId: ID!, $changes: JSON!) {
  simulatePolicy(patch: { poolId: $poolId, changes: $changes }) { affected byDay { on count } byOwner { member { id name } count } byRule { rule count } }
}`;

export const SETTINGS_VIEWER = 'query SettingsViewer { viewer { isWorkspaceAdmin managedPools { id } today } }';
