import { describePolicyChange } from '../support/policy-change-scenario';

describe('a policy that would reclaim 250 of 500 customers tonight', () => {
  describePolicyChange({ customers: 500, owners: 10, capPerRun: 120, capPerOwner: 10 });
});
