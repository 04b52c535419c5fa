import type { ActingMember } from '../../domain/customer/acting-member';
import { requireRecordRights } from './record-rights';

const member = (records?: ActingMember['records']): ActingMember => ({
  memberId: 'm',
  name: 'Phil',
  email: null,
  isWorkspaceAdmin: false,
  locale: 'en',
  ...(records && { records }),
});
const forbidden = expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }) as Error;
const company = { object: 'COMPANY', recordId: 'c' };
const person = { object: 'PERSON', recordId: 'p' };

describe('requireRecordRights', () => {
  const onlooker = member({ read: ['COMPANY', 'PERSON'], change: [] });
  const ofCompanies = member({ read: ['COMPANY'], change: ['COMPANY'] });

  it('should limit nobody of whom Twenty says nothing', () => {
    expect(() => requireRecordRights(member(), 'Mutation', 'claim', { customers: [company] })).not.toThrow();
  });

  it('should show nothing to who may see neither companies nor people', () => {
    expect(() => requireRecordRights(member({ read: [], change: [] }), 'Query', 'pools', {})).toThrow(forbidden);
  });

  it.each([
    ['claim', { customers: [company] }],
    ['logFollowUp', { customer: company }],
    ['reassign', { input: { selection: { allOwnedBy: 'm' } } }],
    ['undo', { batchId: 'b' }],
  ])('should let an onlooker ask, yet not %s', (field, args) => {
    expect(() => requireRecordRights(onlooker, 'Query', 'customers', {})).not.toThrow();
    expect(() => requireRecordRights(onlooker, 'Mutation', field, args)).toThrow(forbidden);
  });

  it.each([
    ['of companies', 'claim', { customers: [company, company] }],
    ['of a selection of companies', 'reassign', { input: { selection: { pooledIn: 'p', object: 'COMPANY' } } }],
    ['of chosen companies', 'reassign', { input: { selection: { customers: [company] } } }],
    ['of nothing at all', 'claim', { customers: [] }],
    ['that changes no customer', 'stageSelection', { customers: [person] }],
  ])('should allow who may change companies a change %s', (_, field, args) => {
    expect(() => requireRecordRights(ofCompanies, 'Mutation', field, args)).not.toThrow();
  });

  it.each([
    ['with a person among them', 'claim', { customers: [company, person] }],
    ['of a person', 'logFollowUp', { customer: person }],
    ['of a selection of whatever there is', 'reassign', { input: { selection: { pooledIn: 'p' } } }],
  ])('should not allow them one %s', (_, field, args) => {
    expect(() => requireRecordRights(ofCompanies, 'Mutation', field, args)).toThrow(forbidden);
  });

  it.each([[null], [7], [{ customers: 'x' }], [{ input: null }]])(
    'should not fail on %j, which is looked at later',
    (args) => {
      expect(() =>
        requireRecordRights(
          member({ read: ['COMPANY', 'PERSON'], change: ['COMPANY', 'PERSON'] }),
          'Mutation',
          'claim',
          args,
        ),
      ).not.toThrow();
    },
  );
});
