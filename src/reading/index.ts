/** What other rooms may ask besides this one's services: conditions that lists and digests share. */
export { isUntouched, wasAssigned } from './attention.queries';
export { needsCleanUp } from './clean-up-condition';
export { returnFacts } from './clean-up-facts.queries';
