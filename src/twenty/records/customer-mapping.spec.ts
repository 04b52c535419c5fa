import { companyInput, companyToRecord, personInput, personToRecord } from './customer-mapping';
import type { CompanyRecordFragment, PersonRecordFragment } from '../generated/core';

const shared = {
  id: 'r1',
  customerPoolId: 'p1',
  poolStatus: 'OWNED' as const,
  ownedSince: '2026-01-01T00:00:00.000Z',
  pooledSince: null,
  protectedUntil: null,
  lastActivityOn: '2026-01-05',
  reclaimOn: '2026-02-01',
  reclaimRule: 'NO_ACTIVITY' as const,
  isLocked: null,
  formerOwnerId: 'm2',
  duplicateOf: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  deletedAt: null,
  updatedBy: { source: 'APPLICATION' as const, workspaceMemberId: null, name: 'Highseas' },
};

describe('customer mapping', () => {
  it('should show the beginning of a name without end, and the first of links without end', () => {
    const company = companyToRecord({
      ...shared,
      name: `${'公'.repeat(199)}😀`.repeat(3000),
      accountOwnerId: null,
      domainName: {
        primaryLinkUrl: 'https://a.example',
        secondaryLinks: Array.from({ length: 10_000 }, (_, index) => ({ url: `${index}.example`, label: '' })),
      },
    });
    // Not half of the last character.
    expect(company.name).toBe('公'.repeat(199));
    expect(company.domains).toHaveLength(51);
  });

  it('should name the home pool as Twenty does', () => {
    expect(companyInput({ poolId: 'p' })).toEqual({ customerPoolId: 'p' });
    expect(personInput({ poolId: null, ownerId: 'm' })).toEqual({ customerPoolId: null, ownerId: 'm' });
  });

  it('should read a company with its owner and every link', () => {
    const company: CompanyRecordFragment = {
      ...shared,
      name: '上海公海 Ltd',
      accountOwnerId: 'm1',
      domainName: {
        primaryLinkUrl: 'https://a.example',
        secondaryLinks: [{ url: 'https://b.example', label: '' }, 'junk', { url: 3 }],
      },
    };
    expect(companyToRecord(company)).toEqual({
      object: 'COMPANY',
      id: 'r1',
      name: '上海公海 Ltd',
      ownerId: 'm1',
      poolId: 'p1',
      poolStatus: 'OWNED',
      ownedSince: '2026-01-01T00:00:00.000Z',
      pooledSince: null,
      protectedUntil: null,
      lastActivityOn: '2026-01-05',
      reclaimOn: '2026-02-01',
      reclaimRule: 'NO_ACTIVITY',
      isLocked: false,
      formerOwnerId: 'm2',
      duplicateOf: null,
      companyId: null,
      domains: ['https://a.example', 'https://b.example'],
      emails: [],
      phones: [],
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
      deletedAt: null,
      updatedBy: { source: 'APPLICATION', workspaceMemberId: null, name: 'Highseas' },
    });
  });

  it('should read a person with e-mails and phones in one form', () => {
    const person: PersonRecordFragment = {
      ...shared,
      name: { firstName: '伟', lastName: '王' },
      ownerId: 'm1',
      companyId: 'c1',
      emails: { primaryEmail: 'wei@a.example', additionalEmails: ['w@b.example', null] },
      phones: {
        primaryPhoneNumber: '13800000000',
        primaryPhoneCallingCode: '+86',
        additionalPhones: [{ number: '+4412345', callingCode: '+44' }, { number: '999' }],
      },
    };
    expect(personToRecord(person)).toMatchObject({
      object: 'PERSON',
      name: '王伟',
      ownerId: 'm1',
      companyId: 'c1',
      emails: ['wei@a.example', 'w@b.example'],
      phones: ['+8613800000000', '+4412345', '999'],
    });
  });

  it('should read an empty person without inventing anything', () => {
    const person: PersonRecordFragment = {
      ...shared,
      name: null,
      ownerId: null,
      companyId: null,
      emails: null,
      phones: null,
    };
    expect(personToRecord(person)).toMatchObject({ name: null, emails: [], phones: [] });
  });

  it("should write a company's owner under Twenty's own name and leave absent fields untouched", () => {
    expect(companyInput({ ownerId: null, poolStatus: 'POOLED' })).toEqual({
      accountOwnerId: null,
      poolStatus: 'POOLED',
    });
    expect(companyInput({ reclaimOn: null })).toEqual({ reclaimOn: null });
  });
});
