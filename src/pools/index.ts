/** What other capabilities may build on besides this module's services. */
export { lockPool } from './pool-lock.queries';
export { parsePoolPolicy } from './pool-policy.parser';
export {
  customersPool,
  eventsCustomer,
  namedSight,
  ownedBefore,
  seenCustomer,
  seenEvent,
  type Sight,
  sightOf,
  viewersOwn,
} from './visibility.queries';
