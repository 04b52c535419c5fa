const OUTCOME = 'object recordId status refusal { code message } customer { name pool { id name } } warnings';

const RESULT = `outcomes { ${OUTCOME} }`;

export const CLAIM = `mutation Claim($customers: [CustomerRef!]!, $requestId: ID) { claim(customers: $customers, requestId: $requestId) { ${RESULT} } }`;

export const RELEASE = `mutation Release($customers: [CustomerRef!]!, $poolId: ID, $reason: String, $note: String, $requestId: ID) {
  release(customers: $customers, poolId: $poolId, reason: $reason, note: $note, requestId: $requestId) { ${RESULT} }
}`;

export const ALLOWANCE =
  'query Allowance { viewer { capacities { pool { id name } used limit } claimsLeft { pool { id name } used limit } } }';

export const POOLS = 'query Pools { pools { id name active isDefault } }';

export const STAGE_SELECTION =
  'mutation StageSelection($customers: [CustomerRef!]!) { stageSelection(customers: $customers) }';

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

const MORE_TIME = 'days reason askedAt waitsUntil';

/** Everything that the Pool tab of a record shows, in one request. */
export const POOL_TAB = `query PoolTab($object: CustomerObject!, $recordId: ID!) {
  customer(object: $object, recordId: $recordId) {
    name status pool { id name } owner { id name } ownedSince pooledSince lastActivityAt reclaimOn reclaimRule locked protectedUntil
    clock { rules { rule base days deadline binding } exemptions heldDays text }
    claimable { allowed refusal { code message until } }
    moreTime { ${MORE_TIME} }
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

const JOB =
  'id kind status total processed done refused error undoableUntil refusals { object recordId status refusal { code message } customer { name pool { id name } } }';

export const PREVIEW_REASSIGN = `query PreviewReassign($input: ReassignInput!) {
  previewReassign(input: $input) { total perMember { member { id name } receives ownsNow limit } refusals { code count } }
}`;

export const REASSIGN = `mutation Reassign($input: ReassignInput!) { reassign(input: $input) { ${JOB} } }`;

export const PREVIEW_OFFBOARD = `query PreviewOffboard($memberId: ID!) {
  previewOffboard(memberId: $memberId) { total perPool { pool { id name } receives } refusals { code count } }
}`;

export const OFFBOARD = `mutation Offboard($memberId: ID!, $reason: String, $requestId: ID) {
  offboard(memberId: $memberId, reason: $reason, requestId: $requestId) { ${JOB} }
}`;

export const READ_JOB = `query ReadJob($id: ID!) { job(id: $id) { ${JOB} } }`;

export const CANCEL_JOB = `mutation CancelJob($id: ID!) { cancelJob(id: $id) { ${JOB} } }`;

export const UNDO = `mutation Undo($batchId: ID!) { undo(batchId: $batchId) { ${JOB} } }`;

export const LAST_EVENT = `query LastEvent($object: CustomerObject!, $recordId: ID!) {
  ownershipEvents(object: $object, recordId: $recordId, first: 1) { events { id batchId } }
}`;

const PAGE = 'totalCount endCursor hasNextPage';

const CONSOLE_CUSTOMER =
  'object recordId name status pool { id name } owner { id name } pooledSince lastActivityAt reclaimOn reclaimRule locked';

const CONSOLE_CLOCK = 'clock { rules { rule base days binding } exemptions heldDays text }';

export const CONSOLE_OVERVIEW = `query ConsoleOverview {
  viewer {
    member { id name } isWorkspaceAdmin managedPools { id name } today dueByDay(days: 14) { on count }
    capacities { pool { id name } used limit exempt } claimsLeft { pool { id name } used limit resetsAt }
  }
  pools { id name active isDefault pooledCount ownedCount autoAssign }
  attention { kind count }
}`;

const LIST_VARIABLES =
  '$poolId: ID, $ownerId: ID, $status: PoolStatus, $object: CustomerObject, $search: String, $attention: Attention, $after: String';
const listOf = (first: number) =>
  `customers(poolId: $poolId, ownerId: $ownerId, status: $status, object: $object, search: $search, attention: $attention, first: ${first}, after: $after)`;

export const CONSOLE_BOOK = `query ConsoleBook(${LIST_VARIABLES}) { list: ${listOf(50)} { ${PAGE} customers { ${CONSOLE_CUSTOMER} ${CONSOLE_CLOCK} } } }`;

export const CONSOLE_OPEN = `query ConsoleOpen(${LIST_VARIABLES}) {
  list: ${listOf(50)} { ${PAGE} customers { ${CONSOLE_CUSTOMER} claimable { allowed refusal { message until } } } }
}`;

const SIMULATION = '{ affected byDay { on count } byOwner { member { id name } count } byRule { rule count } }';

/** What a pool holds and, with `outlook`, what is expected of it, so that the part shows itself with one request. */
export const CONSOLE_POOL = `query ConsolePool(${LIST_VARIABLES}, $outlook: Boolean!, $pool: ID!, $days: Int!) {
  list: ${listOf(50)} { ${PAGE} customers { ${CONSOLE_CUSTOMER} ${CONSOLE_CLOCK} } }
  simulatePolicy(patch: { poolId: $pool, changes: {} }) @include(if: $outlook) ${SIMULATION}
  figures(poolId: $pool, days: $days) @include(if: $outlook) { flow { on into out } }
}`;

/** What waits for a pool's managers, of one kind, and how much of every kind. */
export const CONSOLE_ATTENTION = `query ConsoleAttention(${LIST_VARIABLES}) {
  list: ${listOf(50)} { ${PAGE} customers { ${CONSOLE_CUSTOMER} ${CONSOLE_CLOCK} ownedSince moreTime { ${MORE_TIME} } } }
  attention(poolId: $poolId) { kind count }
}`;

/** Only which customers a list has, page by page. */
export const CONSOLE_REFS = `query ConsoleRefs(${LIST_VARIABLES}) { refs: ${listOf(200)} { customers { object recordId } endCursor hasNextPage } }`;

const TENURES =
  '{ taken reclaimed released won reclaimRate conversionRate medianHoursToClaim medianHoursToFirstActivity }';

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
  simulatePolicy(patch: { poolId: $poolId, changes: $changes }) ${SIMULATION}
}`;

export const ENGINE_HEALTH = 'query EngineHealth { engineHealth { code ok message } }';

export const SETTINGS_VIEWER = 'query SettingsViewer { viewer { isWorkspaceAdmin managedPools { id } today } }';
