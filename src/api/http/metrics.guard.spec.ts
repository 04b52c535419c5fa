import { UnauthorizedException } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import type { EngineConfig } from '../../config/engine-config';
import { MetricsGuard } from './metrics.guard';

const secret = 'a-token-for-metrics';

function mayRead(
  metricsToken: string | undefined,
  remoteAddress: string,
  headers: Record<string, string> = {},
): boolean {
  const guard = new MetricsGuard({ metricsToken } as EngineConfig);
  const request = { headers, socket: { remoteAddress } };
  try {
    return guard.canActivate(new ExecutionContextHost([request, { setHeader: () => undefined }]));
  } catch (error) {
    if (!(error instanceof UnauthorizedException)) throw error;
    return false;
  }
}

describe('who may read the metrics', () => {
  it.each([
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['192.0.2.7', {}, false],
    ['10.0.0.3', {}, false],
    ['', {}, false],
    ['127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }, false],
    ['127.0.0.1', { forwarded: 'for=192.0.2.7' }, false],
    ['192.0.2.7', { 'x-forwarded-for': '127.0.0.1' }, false],
  ])('should be the same machine as long as there is no token: %s %p → %s', (address, headers, may) => {
    expect(mayRead(undefined, address, headers)).toBe(may);
  });

  it.each([
    [`Bearer ${secret}`, true],
    [`bearer ${secret}`, true],
    [`Bearer ${secret}x`, false],
    ['Bearer', false],
    [`Basic ${secret}`, false],
  ])('should be whoever has the token where there is one: %s → %s', (authorization, may) => {
    expect(mayRead(secret, '192.0.2.7', { authorization })).toBe(may);
    expect(mayRead(secret, '127.0.0.1', { authorization })).toBe(may);
  });

  it('should not be the same machine without the token where there is one', () => {
    expect(mayRead(secret, '127.0.0.1')).toBe(false);
  });
});
