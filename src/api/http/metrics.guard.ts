import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request, Response } from 'express';
import ipaddr from 'ipaddr.js';
import { createHash, timingSafeEqual } from 'node:crypto';
import { EngineConfig } from '../../config/engine-config';
import { bearerToken } from '../auth/bearer-token';

/** What a proxy adds: then the caller is somebody else than the address of the connection says. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** The numbers are for whoever has their token; without one for callers of the same machine. */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly config: EngineConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const { metricsToken } = this.config;
    if (
      metricsToken === undefined ? isLocal(request) : isSame(bearerToken(request.headers.authorization), metricsToken)
    )
      return true;
    context.switchToHttp().getResponse<Response>().setHeader('WWW-Authenticate', 'Bearer');
    throw new UnauthorizedException({ code: 'METRICS_CLOSED' });
  }
}

/** By the connection itself, whatever proxies are trusted. */
function isLocal({ headers, socket }: Request): boolean {
  const { remoteAddress = '' } = socket;
  return (
    ipaddr.isValid(remoteAddress) &&
    ipaddr.process(remoteAddress).range() === 'loopback' &&
    forwarding.every((name) => headers[name] === undefined)
  );
}

function isSame(given: string | null, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(wanted));
}
