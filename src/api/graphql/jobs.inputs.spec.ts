import { selectionOf } from './jobs.inputs';

const ID = '7f3d3c5e-2d5c-4a53-9b0e-0d6a4a8a1c11';

describe('a selection', () => {
  it.each([
    { name: { eq: null } },
    { and: [{ or: [] }, { employees: { gt: 0 } }] },
    { not: { isActive: { eq: false } } },
    { id: { in: [ID] } },
  ])('should take a filter that compares something: %j', (filter) => {
    expect(selectionOf({ filter, object: 'COMPANY' })).toEqual({ filter, object: 'COMPANY' });
  });

  it.each([{}, { and: [] }, { or: [{}, { and: [] }] }, { name: {} }, { not: {} }, { id: { in: [] } }])(
    'should refuse a filter that leaves every record in: %j',
    (filter) => {
      expect(() => selectionOf({ filter, object: 'COMPANY' })).toThrow('at least one condition');
    },
  );

  it('should be exactly one way of choosing', () => {
    expect(() => selectionOf({})).toThrow('exactly one');
    expect(() => selectionOf({ allOwnedBy: ID, pooledIn: ID })).toThrow('exactly one');
    expect(() => selectionOf({ filter: { name: { eq: 'A' } } })).toThrow('needs an object');
  });
});
