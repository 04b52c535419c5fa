const RESULT = 'outcomes { object recordId status refusal { code message } customer { name pool { id name } } }';

export const CLAIM = `mutation Claim($customers: [CustomerRef!]!, $requestId: ID) { claim(customers: $customers, requestId: $requestId) { ${RESULT} } }`;

export const RELEASE = `mutation Release($customers: [CustomerRef!]!, $poolId: ID, $reason: String, $note: String, $requestId: ID) {
  release(customers: $customers, poolId: $poolId, reason: $reason, note: $note, requestId: $requestId) { ${RESULT} }
}`;

export const ALLOWANCE = 'query Allowance { viewer { capacities { pool { id name } used limit } claimsLeft { pool { id name } used limit } } }';

export const POOLS = 'query Pools { pools { id name active isDefault } }';

export const STAGE_SELECTION = 'mutation StageSelection($customers: [CustomerRef!]!) { stageSelection(customers: $customers) }';

export const STAGED_SELECTION = 'query StagedSelection($id: ID!) { stagedSelection(id: $id) { object recordId } }';
