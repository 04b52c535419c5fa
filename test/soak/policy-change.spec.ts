import { describePolicyChange } from '../support/policy-change-scenario';

describe('a policy that would reclaim 5,000 of 10,000 customers tonight', () => {
  describePolicyChange({ customers: 10_000, owners: 50, capPerRun: 2000, capPerOwner: 30 });
});
