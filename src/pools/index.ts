/** What other capabilities may build on besides this module's services. */
export { lockPool } from './pool-lock.queries';
export { parsePoolPolicy } from './pool-policy.parser';
