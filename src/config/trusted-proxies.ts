import { Transform } from 'class-transformer';
import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import ipaddr from 'ipaddr.js';

const namedNetworks = new Set(['loopback', 'linklocal', 'uniquelocal']);
const mostProxies = 10;

/** `false`, a number of proxies, or a list of their addresses: what Express takes as `trust proxy`. */
export const toTrustedProxies = Transform(({ value }) => {
  const text = String(value).trim();
  if (/^(false|no|0)$/i.test(text)) return false;
  if (/^\d+$/.test(text)) return Number(text);
  return text.split(',').map((entry) => entry.trim());
});

/** Never simply `true`: then every caller could say which address it comes from. */
@ValidatorConstraint({ name: 'trustedProxies' })
export class TrustedProxies implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (value === false) return true;
    if (typeof value === 'number') return value <= mostProxies;
    return (
      Array.isArray(value) &&
      value.every(
        (entry) =>
          typeof entry === 'string' && (namedNetworks.has(entry) || ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)),
      )
    );
  }

  defaultMessage(): string {
    return `must be false, a number of proxies up to ${mostProxies}, or their addresses`;
  }
}
