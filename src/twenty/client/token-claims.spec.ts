import { tokenClaims } from './token-claims';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (payload: unknown, header: unknown = { alg: 'ES256', typ: 'JWT' }): string =>
  `${part(header)}.${part(payload)}.c2lnbmF0dXJl`;

const ofApp = { sub: 'app-1', applicationId: 'app-1', workspaceId: 'ws-1', type: 'APPLICATION_ACCESS', exp: 1000 };
const ofPerson = { sub: 'u1', userId: 'u1', workspaceId: 'ws-1', type: 'ACCESS', exp: 1000 };

describe('what can be seen of a token', () => {
  it.each([
    ['a button’s', { ...ofApp, userId: 'u1' }, { applicationId: 'app-1', userId: 'u1', isOfApplicationAlone: false }],
    ['an app’s', ofApp, { applicationId: 'app-1', userId: null, isOfApplicationAlone: true }],
    ['a person’s', ofPerson, { applicationId: null, userId: 'u1', isOfApplicationAlone: false }],
  ])('should be whose it claims to be: %s', (_, payload, claims) => {
    expect(tokenClaims(token(payload))).toEqual({ workspaceId: 'ws-1', expiresAt: 1_000_000, ...claims });
  });

  it.each([
    ['no token', 'garbage'],
    ['two parts', token(ofPerson).split('.').slice(0, 2).join('.')],
    ['no signature at all', `${part({ alg: 'none' })}.${part(ofPerson)}.`],
    ['no algorithm', token(ofPerson, { typ: 'JWT' })],
    ['algorithm none', token(ofPerson, { alg: 'none', typ: 'JWT' })],
    ['a shared secret', token(ofPerson, { alg: 'HS256', typ: 'JWT' })],
    ['a head that is no object', token(ofPerson, 7)],
    ['a head that is null', token(ofPerson, null)],
    ['a payload that is null', token(null)],
    ['a payload that is text', token('text')],
    ['a payload that is no JSON', `${part({ alg: 'ES256', typ: 'JWT' })}.bm8ganNvbg.c2ln`],
    ['an API key', token({ ...ofPerson, type: 'API_KEY' })],
    ['a token for renewal', token({ ...ofApp, type: 'APPLICATION_REFRESH' })],
    ['no type', token({ ...ofPerson, type: undefined })],
    ['more than a token holds', token({ ...ofPerson, more: 'x'.repeat(5000) })],
  ])('should be nothing of %s', (_, text) => {
    expect(tokenClaims(text)).toBeNull();
  });
});
