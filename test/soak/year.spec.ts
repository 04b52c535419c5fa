import { describeYear } from '../support/year-rehearsal';

const seed = Number(process.env.HIGHSEAS_YEAR_SEED ?? 1);

describe.each(['Asia/Shanghai', 'Europe/London'])('a year, day by day, in %s', (zone) => {
  describeYear({ zone, days: 365, companies: 40, people: 10, seed });
});
