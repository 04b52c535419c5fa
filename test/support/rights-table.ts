import type { CustomerRef } from './engine-client';
import { type Caller, hiddenName, type RightsWorld, type Victim, victims } from './rights-world';

/** One request of an operation, and what its answer says about each thing that it asks for. */
export interface Asked {
  keys: readonly string[];
  query: string;
  variables?: Record<string, unknown>;
  /** In the order of the keys. An error of the request is the answer about each of them. */
  read: (data: Record<string, unknown>) => string[];
}

export interface Operation {
  ask: (rights: RightsWorld, who: Caller, prepared: Prepared) => Asked[];
  /** By key: the code of a refusal or of an error, `DONE`, or what a query shows. */
  expected: Record<Caller, Record<string, string>>;
}

/** What there has to be before jobs, selections and events can be asked for. */
export interface Prepared {
  /** Of the manager. */
  jobId: string;
  selectionId: string;
  /** The event by which a customer was archived, by record id. */
  archivings: Map<string, string>;
}

interface Outcome {
  status: string;
  refusal: { code: string } | null;
}

/** Everything that a mutation may say about a customer, so that a leak shows. */
const outcome =
  'status refusal { code message } warnings customer { recordId name pool { id name } owner { id name } }';
const codeOf = ({ refusal, status }: Outcome) => refusal?.code ?? status;

type Row = Record<Victim, string>;
const row = (own: string, others: string, pooled: string, hidden: string, hiddenPooled: string): Row => ({
  own,
  others,
  pooled,
  hidden,
  hiddenPooled,
});
/** What outsiders are told of what is hidden: the same as of a record that no pool manages. */
const outside = (own: string, others: string, pooled: string) => row(own, others, pooled, 'NOT_MANAGED', 'NOT_MANAGED');

/** The demoted admin is a member like any other, and so is a manager of another pool unless said otherwise. */
function told<T>(member: T, manager: T, admin: T, otherManager: T = member): Record<Caller, T> {
  return { rep: member, demoted: member, otherManager, manager, admin };
}
const toAll = <T>(answer: T): Record<Caller, T> => told(answer, answer, answer);

const toManagers = (allowed: string) =>
  told(
    outside('NOT_MANAGER', 'NOT_MANAGER', 'NOT_MANAGER'),
    outside(allowed, allowed, allowed),
    row(allowed, allowed, allowed, allowed, allowed),
  );
const toOwnersAndManagers = told(
  outside('DONE', 'NOT_OWNER', 'NOT_OWNER'),
  outside('DONE', 'DONE', 'NOT_OWNER'),
  row('DONE', 'DONE', 'NOT_OWNER', 'DONE', 'NOT_OWNER'),
);

/** @param args besides `customers` */
function ofCustomers(
  name: string,
  args: string | ((rights: RightsWorld) => string),
  expected: Record<Caller, Row>,
): [string, Operation] {
  const ask = (rights: RightsWorld, who: Caller): Asked[] => [
    {
      keys: victims,
      query: `mutation($customers: [CustomerRef!]!) {
        ${name}(customers: $customers ${typeof args === 'string' ? args : args(rights)}) { outcomes { ${outcome} } } }`,
      variables: { customers: victims.map((victim) => rights.ref(name, who, victim)) },
      read: (data) => (data[name] as { outcomes: Outcome[] }).outcomes.map(codeOf),
    },
  ];
  return [`Mutation.${name}`, { ask, expected }];
}

/** One request a customer. */
function ofEach(
  name: string,
  request: (ref: CustomerRef, rights: RightsWorld, prepared: Prepared) => Pick<Asked, 'query' | 'variables'>,
  read: (answer: unknown) => string,
  expected: Record<Caller, Partial<Row>>,
  operation = name,
): Operation {
  return {
    ask: (rights, who, prepared) =>
      victims
        .filter((victim) => victim in expected[who])
        .map((victim) => ({
          ...request(rights.ref(operation, who, victim), rights, prepared),
          keys: [victim],
          read: (data) => [read(data[name])],
        })),
    expected,
  };
}

const shownOrNot = told(
  row('shown', 'shown', 'shown', 'nothing', 'nothing'),
  row('shown', 'shown', 'shown', 'nothing', 'nothing'),
  row('shown', 'shown', 'shown', 'shown', 'shown'),
);
const shownIf = (isShown: boolean) => (isShown ? 'shown' : 'nothing');

interface OfPools {
  open: string;
  hidden: string;
}
const toManagersOfPool = told<OfPools>(
  { open: 'FORBIDDEN', hidden: 'FORBIDDEN' },
  { open: 'shown', hidden: 'FORBIDDEN' },
  { open: 'shown', hidden: 'shown' },
);

function ofPools(
  name: string,
  call: string,
  expected: Record<Caller, OfPools>,
  read: (answer: unknown) => string = () => 'shown',
): [string, Operation] {
  const ask = ({ world: { twenty } }: RightsWorld): Asked[] =>
    [
      { which: 'open', poolId: twenty.pools.company },
      { which: 'hidden', poolId: twenty.pools.east },
    ].map(({ which, poolId }) => ({
      keys: [which],
      query: `query($poolId: ID!) { ${call} }`,
      variables: { poolId },
      read: (data) => [read(data[name])],
    }));
  return [`Query.${name}`, { ask, expected: expected as unknown as Operation['expected'] }];
}

function ofOne(
  kind: 'Query' | 'Mutation',
  name: string,
  call: (rights: RightsWorld, prepared: Prepared) => string,
  expected: Record<Caller, string>,
  read: (answer: unknown, rights: RightsWorld) => string = (answer) => shownIf(answer !== null),
): [string, Operation] {
  const ask = (rights: RightsWorld, _who: Caller, prepared: Prepared): Asked[] => [
    {
      keys: ['it'],
      query: `${kind.toLowerCase()} { ${call(rights, prepared)} }`,
      read: (data) => [read(data[name], rights)],
    },
  ];
  const { rep, demoted, otherManager, manager, admin } = expected;
  const rows = {
    rep: { it: rep },
    demoted: { it: demoted },
    otherManager: { it: otherManager },
    manager: { it: manager },
    admin: { it: admin },
  };
  return [`${kind}.${name}`, { ask, expected: rows }];
}

const reassigning = told<Row>(
  row('FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'),
  outside('DONE', 'DONE', 'DONE'),
  row('DONE', 'DONE', 'DONE', 'DONE', 'DONE'),
  outside('NOT_MANAGER', 'NOT_MANAGER', 'NOT_MANAGER'),
);
const reassignInput = (ref: CustomerRef, { people }: RightsWorld) => ({
  input: { selection: { customers: [ref] }, toMemberIds: [people.receiver.id] },
});

/** One customer of the leaver's is in the open pool, one in the hidden pool: who does not see it is not told that there is one. */
const offboarding = told({ leaver: 'FORBIDDEN' }, { leaver: '1 of 1' }, { leaver: '2 of 2' }, { leaver: '0 of 1' });

function ofLeaver(kind: 'query' | 'mutation', name: string, refusal: string): Operation {
  return {
    ask: (rights, who) => [
      {
        keys: ['leaver'],
        query: `${kind}($memberId: ID!) { ${name}(memberId: $memberId) { total refusals { ${refusal} } } }`,
        variables: { memberId: rights.leavers[who].id },
        read: (data) => {
          const { total, refusals } = data[name] as { total: number; refusals: unknown[] };
          return [`${total - refusals.length} of ${total}`];
        },
      },
    ],
    expected: offboarding,
  };
}

const later = '2035-06-01';
const refArgs = '$object: CustomerObject!, $recordId: ID!';

/** Who may do and see what, for every operation of the schema: one that is not here is not finished. */
export const rightsTable: Record<string, Operation> = Object.fromEntries<Operation>([
  ofCustomers('claim', '', {
    ...toAll(row('ALREADY_OWNED', 'ALREADY_OWNED', 'DONE', 'NOT_VISIBLE', 'NOT_VISIBLE')),
    admin: row('ALREADY_OWNED', 'ALREADY_OWNED', 'DONE', 'ALREADY_OWNED', 'DONE'),
  }),
  ofCustomers('release', ', reason: "OTHER"', toOwnersAndManagers),
  ofCustomers(
    'assign',
    ({ people }) => `, toMemberId: "${people.receiver.id}"`,
    told(
      outside('NOT_MANAGER', 'NOT_MANAGER', 'NOT_MANAGER'),
      outside('ALREADY_OWNED', 'ALREADY_OWNED', 'DONE'),
      row('ALREADY_OWNED', 'ALREADY_OWNED', 'DONE', 'ALREADY_OWNED', 'DONE'),
    ),
  ),
  ofCustomers('protect', ', lock: true', toManagers('DONE')),
  ofCustomers('hold', `, from: "2035-01-01", until: "${later}", reason: "Fair"`, toManagers('DONE')),
  ofCustomers('askForMoreTime', ', days: 3, reason: "Budget"', toOwnersAndManagers),
  // Nobody asks for anything.
  ofCustomers('decideMoreTime', ', approve: true', toManagers('STALE')),
  ofCustomers('quiet', `, until: "${later}", reason: "Fair"`, toManagers('DONE')),
  ofCustomers('moveToPool', ({ world }) => `, poolId: "${world.twenty.pools.tradeShow}"`, toManagers('DONE')),
  ofCustomers('archive', ', reason: "Junk"', toManagers('DONE')),
  ofCustomers('restore', '', toManagers('DONE')),
  [
    'Mutation.logFollowUp',
    ofEach(
      'logFollowUp',
      (customer) => ({
        query: `mutation($customer: CustomerRef!) { logFollowUp(customer: $customer, note: "Called them") { ${outcome} } }`,
        variables: { customer },
      }),
      (answer) => codeOf(answer as Outcome),
      told(
        outside('DONE', 'NOT_OWNER', 'DONE'),
        outside('DONE', 'DONE', 'DONE'),
        row('DONE', 'DONE', 'DONE', 'DONE', 'DONE'),
      ),
    ),
  ],
  [
    'Mutation.reassign',
    ofEach(
      'reassign',
      (ref, rights) => ({
        query: `mutation($input: ReassignInput!) { reassign(input: $input) { refusals { ${outcome} } } }`,
        variables: reassignInput(ref, rights),
      }),
      (answer) => (answer as { refusals: Outcome[] }).refusals.map(codeOf)[0] ?? 'DONE',
      reassigning,
    ),
  ],
  [
    'Query.previewReassign',
    ofEach(
      'previewReassign',
      (ref, rights) => ({
        query:
          'query($input: ReassignInput!) { previewReassign(input: $input) { refusals { code } perMember { ownsNow limit } } }',
        variables: reassignInput(ref, rights),
      }),
      (answer) => (answer as { refusals: { code: string }[] }).refusals[0]?.code ?? 'DONE',
      reassigning,
      'look',
    ),
  ],
  ['Mutation.offboard', ofLeaver('mutation', 'offboard', 'refusal { code }')],
  ['Query.previewOffboard', ofLeaver('query', 'previewOffboard', 'code')],
  [
    'Mutation.undo',
    ofEach(
      'undo',
      ({ recordId }, _rights, { archivings }) => ({
        query: `mutation($batchId: ID!) { undo(batchId: $batchId) { refusals { ${outcome} } } }`,
        variables: { batchId: archivings.get(recordId) },
      }),
      (answer) => (answer as { refusals: Outcome[] }).refusals.map(codeOf)[0] ?? 'DONE',
      told<Partial<Row>>(
        { own: 'FORBIDDEN', others: 'FORBIDDEN', hidden: 'FORBIDDEN' },
        { own: 'DONE', others: 'DONE', hidden: 'BAD_USER_INPUT' },
        { own: 'DONE', others: 'DONE', hidden: 'DONE' },
        // As if there were no such event.
        { own: 'NOT_MANAGER', others: 'NOT_MANAGER', hidden: 'BAD_USER_INPUT' },
      ),
    ),
  ],
  ofOne('Query', 'job', (_, { jobId }) => `job(id: "${jobId}") { id total }`, told('nothing', 'shown', 'shown')),
  ofOne(
    'Mutation',
    'cancelJob',
    (_, { jobId }) => `cancelJob(id: "${jobId}") { id }`,
    told('BAD_USER_INPUT', 'shown', 'shown'),
  ),
  ofOne('Mutation', 'stageSelection', () => 'stageSelection(customers: [])', toAll('shown')),
  ofOne(
    'Query',
    'stagedSelection',
    (_, { selectionId }) => `stagedSelection(id: "${selectionId}") { recordId }`,
    told('nothing', 'shown', 'nothing'),
  ),
  [
    'Query.customer',
    ofEach(
      'customer',
      (ref) => ({
        query: `query(${refArgs}) { customer(object: $object, recordId: $recordId) { name } }`,
        variables: { ...ref },
      }),
      (answer) => shownIf(answer !== null),
      shownOrNot,
      'look',
    ),
  ],
  [
    'Query.ownershipEvents',
    ofEach(
      'ownershipEvents',
      (ref) => ({
        query: `query(${refArgs}) { ownershipEvents(object: $object, recordId: $recordId) { events { type } } }`,
        variables: { ...ref },
      }),
      (answer) => shownIf((answer as { events: unknown[] }).events.length > 0),
      shownOrNot,
      'look',
    ),
  ],
  ofOne(
    'Query',
    'customers',
    () => `customers(search: "${hiddenName} ") { totalCount customers { name } }`,
    told('nothing', 'nothing', 'shown'),
    (answer) => shownIf((answer as { totalCount: number }).totalCount > 0),
  ),
  ofOne(
    'Query',
    'pools',
    () => 'pools { id pooledCount ownedCount }',
    told('nothing', 'nothing', 'shown'),
    (answer, { world }) => shownIf((answer as { id: string }[]).some(({ id }) => id === world.twenty.pools.east)),
  ),
  ofOne(
    'Query',
    'viewer',
    () => 'viewer { managedPools { id } capacities { pool { id } } claimsLeft { pool { id } } }',
    told('nothing', 'nothing', 'shown'),
    (answer, { world }) => shownIf(JSON.stringify(answer).includes(world.twenty.pools.east)),
  ),
  ofOne('Query', 'engineHealth', () => 'engineHealth { code }', toAll('shown')),
  // In both pools an owner waits for more time.
  ofPools(
    'attention',
    'attention(poolId: $poolId) { kind count }',
    told({ open: '0', hidden: '0' }, { open: '1', hidden: '0' }, { open: '1', hidden: '1' }),
    (answer) =>
      String((answer as { kind: string; count: number }[]).find(({ kind }) => kind === 'MORE_TIME')?.count ?? ''),
  ),
  ofPools('figures', 'figures(poolId: $poolId) { total { taken } }', toManagersOfPool),
  ofPools(
    'simulatePolicy',
    'simulatePolicy(patch: { poolId: $poolId, changes: { followUpDays: 200 } }) { affected }',
    toManagersOfPool,
  ),
  ofPools('duplicates', 'duplicates(poolId: $poolId) { groups { value } }', toManagersOfPool),
  ofPools(
    'assignmentDecisions',
    'assignmentDecisions(poolId: $poolId) { hasNextPage }',
    told(
      { open: 'shown', hidden: 'FORBIDDEN' },
      { open: 'shown', hidden: 'FORBIDDEN' },
      { open: 'shown', hidden: 'shown' },
    ),
  ),
]);
