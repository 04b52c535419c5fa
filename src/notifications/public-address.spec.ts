import type { LookupAddress } from 'node:dns';
import { AddressBlockedError, isPublicAddress, publicLookup, requirePublicHost } from './public-address';

describe('addresses that webhooks may reach', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    // IPv4-compatible.
    '::127.0.0.1',
    '::7f00:1',
    '::10.0.0.1',
    '::a00:1',
    '::8.8.8.8',
    '::808:808',
    '::127.0.0.1%eth0',
    // NAT64, of the internet and of a network of one's own; translated; 6to4; Teredo.
    '64:ff9b::7f00:1',
    '64:ff9b::808:808',
    '64:ff9b:1::a00:1',
    '::ffff:0:10.0.0.1',
    '2002:7f00:1::',
    '2002:a00:1::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    // Site-local, for documentation, to be discarded, never given out.
    'fec0::1',
    'feff::1',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '1::1',
    '4000::1',
    '192.88.99.1',
    '192.0.2.1',
    '240.0.0.1',
    '0.1.2.3',
    'not an address',
    '',
  ])('should not have %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '11.0.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('should have %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'https://[::127.0.0.1]/',
    'https://[::10.0.0.1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[fec0::1]/',
    'https://0/',
  ])('should see through %s', (url) => {
    expect(() => requirePublicHost(new URL(url))).toThrow(AddressBlockedError);
  });

  it('should leave names for when they are resolved', () => {
    expect(() => requirePublicHost(new URL('https://hooks.example/'))).not.toThrow();
    expect(() => requirePublicHost(new URL('https://8.8.8.8/'))).not.toThrow();
  });

  type Found = [error: Error | null, address: string | LookupAddress[], family?: number];
  const resolve = (addresses: LookupAddress[], all: boolean) =>
    new Promise<Found>((done) => {
      publicLookup((_name, _options, callback) => callback(null, addresses))('host', { all }, (...found) =>
        done(found),
      );
    });
  const privately = { address: '10.1.2.3', family: 4 };
  const openly = { address: '8.8.8.8', family: 4 };

  it('should connect to public addresses only, whatever a name resolves to', async () => {
    expect(await resolve([privately, openly], true)).toEqual([null, [openly]]);
    expect(await resolve([privately, openly], false)).toEqual([null, '8.8.8.8', 4]);
    for (const all of [true, false]) {
      expect((await resolve([privately], all))[0]).toBeInstanceOf(AddressBlockedError);
      expect((await resolve([], all))[0]).toBeInstanceOf(AddressBlockedError);
    }
  });

  it('should pass on that a name does not resolve', async () => {
    const failure = Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
    const found = await new Promise<Found>((done) => {
      publicLookup((_name, _options, callback) => callback(failure, []))('host', {}, (...answer) => done(answer));
    });
    expect(found[0]).toBe(failure);
  });
});
