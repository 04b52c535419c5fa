export {
  type AlikeRow,
  type FoundDuplicate,
  customersWithKeys,
  noteDuplicates,
  pointingAt,
  staleCustomers,
} from './duplicates.queries';
