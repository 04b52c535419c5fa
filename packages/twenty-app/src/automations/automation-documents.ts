const CUSTOMER = 'name status owner { id name } pool { id name } reclaimOn';
const OUTCOME = `object recordId status refusal { code message until } customer { ${CUSTOMER} }`;

export const AUTOMATION_CLAIM = `mutation AutomationClaim($customers: [CustomerRef!]!, $requestId: ID) {
  claim(customers: $customers, requestId: $requestId) { outcomes { ${OUTCOME} warnings } }
}`;

export const AUTOMATION_RELEASE = `mutation AutomationRelease($customers: [CustomerRef!]!, $poolId: ID, $reason: String, $note: String, $requestId: ID) {
  release(customers: $customers, poolId: $poolId, reason: $reason, note: $note, requestId: $requestId) { outcomes { ${OUTCOME} } }
}`;

export const AUTOMATION_ASSIGN = `mutation AutomationAssign($customers: [CustomerRef!]!, $toMemberId: ID!, $reason: String, $requestId: ID) {
  assign(customers: $customers, toMemberId: $toMemberId, reason: $reason, requestId: $requestId) { outcomes { ${OUTCOME} } }
}`;

export const AUTOMATION_FOLLOW_UP = `mutation AutomationFollowUp($customer: CustomerRef!, $note: String!, $requestId: ID) {
  logFollowUp(customer: $customer, note: $note, requestId: $requestId) { ${OUTCOME} }
}`;

export const AUTOMATION_CLAIMABLE = `query AutomationClaimable($object: CustomerObject!, $recordId: ID!) {
  customer(object: $object, recordId: $recordId) { ${CUSTOMER} claimable { allowed refusal { code message until } } }
}`;
