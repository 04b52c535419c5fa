import { isTwentyError, type TwentyErrorKind } from '../../src/twenty/client/twenty-error';
import { graphqlData, jsonBody } from '../../src/twenty/client/twenty-response';
import { describeWithRecordings, recordedErrors } from '../support/recorded-twenty';

const OF_CASE: Readonly<Record<string, TwentyErrorKind>> = {
  'not found: update one': 'NOT_FOUND',
  'not found: findOne': 'NOT_FOUND',
  'bad relation id': 'REJECTED',
  'bad relation id in update many': 'REJECTED',
  'validation: enum': 'REJECTED',
  'validation: bad uuid': 'REJECTED',
  'validation: unknown field': 'REJECTED',
  'validation: bad date': 'REJECTED',
  'validation: bad filter value': 'REJECTED',
  syntax: 'PROTOCOL',
  'unknown root field': 'PROTOCOL',
  'auth: none': 'PROTOCOL',
  'auth: garbage token': 'UNAUTHENTICATED',
  'auth: expired-shaped token': 'UNAUTHENTICATED',
  'auth: token of an uninstalled application': 'UNAUTHENTICATED',
  'permission: guest create': 'FORBIDDEN',
  'permission: destroy without right (cc)': 'FORBIDDEN',
  'permission: metadata': 'FORBIDDEN',
  'permission: applications as member': 'FORBIDDEN',
  'permission: createApiKey with application token': 'FORBIDDEN',
  'permission: field not updatable by role': 'FORBIDDEN',
  'unique violation again': 'REJECTED',
  'many root fields (25)': 'REJECTED',
  'duplicate root mutations': 'REJECTED',
  'duplicate root query fields': 'REJECTED',
  'too many records: update': 'REJECTED',
  'too many records: create (201)': 'REJECTED',
  'rate limited (API key)': 'RATE_LIMITED',
  'rate limited (API key, REST)': 'RATE_LIMITED',
  'oauth bad secret': 'UNAUTHENTICATED',
};

const notGraphql = (name: string): boolean => name.startsWith('oauth') || name.includes('REST');

describeWithRecordings('errors of Twenty 2.21', () => {
  it.each(Object.entries(OF_CASE))('"%s" should be known as %s', (name, kind) => {
    const recorded = recordedErrors().find((entry) => entry.case === name);
    if (!recorded) throw new Error('Not recorded');
    const answer = {
      status: recorded.httpStatus,
      text: JSON.stringify(recorded.body),
      retryAfterMs: null,
      sentAt: null,
    };
    let thrown: unknown = null;
    try {
      (notGraphql(name) ? jsonBody : graphqlData)(answer);
    } catch (error) {
      thrown = error;
    }
    expect(isTwentyError(thrown)).toBe(true);
    expect(thrown).toMatchObject({ kind, mayHaveHappened: false });
  });

  it('should take an update that matched nothing for an answer', () => {
    const recorded = recordedErrors().find((entry) => entry.case === 'update many: none match');
    expect(
      graphqlData({ status: 200, text: JSON.stringify(recorded?.body), retryAfterMs: null, sentAt: null }),
    ).toEqual({
      updateCompanies: [],
    });
  });

  it('should know every failure that was recorded', () => {
    const failures = recordedErrors().filter(
      ({ body, case: name }) => typeof body === 'object' && body !== null && 'errors' in body && !(name in OF_CASE),
    );
    const kinds = failures.map(({ body, httpStatus, case: name }) => {
      try {
        graphqlData({ status: httpStatus, text: JSON.stringify(body), retryAfterMs: null, sentAt: null });
        return `${name}: no failure`;
      } catch (error) {
        return isTwentyError(error, 'REJECTED') ? 'REJECTED' : `${name}: ${String(error)}`;
      }
    });
    expect(kinds).toEqual(kinds.map(() => 'REJECTED'));
  });
});
