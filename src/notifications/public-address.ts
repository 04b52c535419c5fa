import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address lies in a network that webhooks must not reach. */
export class AddressBlockedError extends Error {
  readonly code = 'ADDRESS_BLOCKED';
  readonly retryable = false;
  constructor() {
    super('The address is private, loopback, link-local or otherwise not public');
  }
}

/** All that IANA has given out for hosts; whatever else is there is IPv4 in disguise, local, or for machines. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
/** IPv4-compatible, which the library takes for IPv4-mapped. */
const compatible = /^::\d+\.\d+\.\d+\.\d+(%|$)/;

/** Whether an address is an ordinary one of the public internet; an IPv4-mapped one counts as IPv4. */
export function isPublicAddress(address: string): boolean {
  if (compatible.test(address)) return false;
  try {
    const parsed = ipaddr.process(address);
    return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast));
  } catch {
    return false;
  }
}

/** @throws AddressBlockedError when the host of an address is a number that is not public; names are looked at when they are resolved */
export function requirePublicHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new AddressBlockedError();
}

type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves names to public addresses only. The connection is made to what this returns, so a name that resolves differently
 * a moment later gains nothing.
 */
export function publicLookup(lookup: Lookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const open = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (!first) return callback(new AddressBlockedError(), '', 0);
      if (options.all) return callback(null, open);
      callback(null, first.address, first.family);
    });
  };
}
