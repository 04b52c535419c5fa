import { Injectable } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import ipaddr from 'ipaddr.js';
import { apiErrorOf } from '../graphql/format-error';
import { ApiError } from '../graphql/api-error';
import { answerFault } from '../http/answer-fault';
import { AuthenticationService, type Credentials } from './authentication.service';
import { bearerToken } from './bearer-token';
import { MemberPace } from './member-pace.service';
import type { AuthenticatedRequest } from './request-context';

const methodNotAllowed = 405;

/** Stands before everything else: of a request without a good token not even the body is read. */
@Injectable()
export class CallerGate {
  constructor(
    private readonly authentication: AuthenticationService,
    private readonly pace: MemberPace,
  ) {}

  /** A middleware of /graphql. */
  async admit(request: AuthenticatedRequest, response: Response, next: NextFunction): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      return answerFault(response, new ApiError('BAD_USER_INPUT', 'Ask by POST. 请使用 POST 请求。'), methodNotAllowed);
    }
    const credentials = credentialsOf(request, response);
    try {
      const member = await this.authentication.authenticate(credentials);
      await this.pace.spend(member.memberId, 1);
      Object.assign(request, { credentials, member });
    } catch (error) {
      if (!response.destroyed) answerFault(response, apiErrorOf(error));
      return;
    }
    next();
  }
}

function credentialsOf({ headers, ip }: AuthenticatedRequest, response: Response): Credentials {
  const left = new AbortController();
  response.once('close', () => left.abort());
  return {
    token: bearerToken(headers.authorization),
    automation: { member: single(headers['x-highseas-member']), via: single(headers['x-highseas-via']) },
    address: networkOf(ip),
    signal: left.signal,
  };
}

/** A subscriber has at least 2^64 addresses of IPv6, so those are taken together. */
function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return '';
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}

function single(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
