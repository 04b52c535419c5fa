import { describeYear } from '../support/year-rehearsal';

describe('a month, day by day', () => {
  describeYear({ zone: 'Asia/Shanghai', days: 30, companies: 20, people: 6, seed: 20251120 });
});
