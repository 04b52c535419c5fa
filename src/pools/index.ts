/** What other capabilities may build on besides this module's services. */
export { parsePoolPolicy } from './pool-policy.parser';
