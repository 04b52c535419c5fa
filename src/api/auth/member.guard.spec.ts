import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import type { ActingMember } from '../../domain/customer/acting-member';
import { ApiError } from '../graphql/api-error';
import type { AuthenticationService } from './authentication.service';
import type { AutomationHeaders, Automations } from './automations.service';
import { MemberGuard } from './member.guard';
import type { RequestContext } from './request-context';

const anna: ActingMember = {
  memberId: 'anna',
  name: 'Anna',
  email: 'anna@acme.example',
  isWorkspaceAdmin: false,
  locale: 'zh-CN',
};

describe('MemberGuard', () => {
  let asked: (string | null)[];
  let guard: MemberGuard;

  beforeEach(() => {
    asked = [];
    const authenticate = async (token: string | null, { member, via }: AutomationHeaders): Promise<ActingMember> => {
      asked.push(token);
      if (!token) throw new ApiError('UNAUTHENTICATED', 'A token is needed');
      return member === null
        ? { ...anna, memberId: token }
        : { ...anna, memberId: member, via: via === 'AI' ? 'AI' : 'WORKFLOW' };
    };
    const requireAllowed = async (via: string): Promise<void> => {
      if (via === 'AI') throw new ApiError('FORBIDDEN', 'AI may not');
    };
    guard = new MemberGuard(
      { authenticate } as unknown as AuthenticationService,
      { requireAllowed } as unknown as Automations,
    );
  });

  const requestWith = (headers: Record<string, string>): RequestContext => ({
    req: { headers } as RequestContext['req'],
  });

  async function enter(request: RequestContext, type = 'Query'): Promise<boolean> {
    const context = new ExecutionContextHost(
      [{}, {}, request, { parentType: { name: type } }],
      undefined,
      () => undefined,
    );
    context.setType('graphql');
    return guard.canActivate(context);
  }

  const refusalOf = (request: RequestContext): Promise<unknown> =>
    enter(request).then(
      () => null,
      (error: unknown) => error,
    );

  it('should let in whom Twenty knows, and say who it is', async () => {
    const request = requestWith({ authorization: 'Bearer anna' });
    expect(await enter(request)).toBe(true);
    expect(request.caller).toEqual(anna);
  });

  it.each([
    ['Bearer abc.def', 'abc.def'],
    ['bearer abc', 'abc'],
    ['Bearer   abc', 'abc'],
    ['Basic abc', null],
    ['Bearer', null],
    ['Bearer a b', null],
    ['abc', null],
    ['', null],
  ])('should read the token of %p as %p', async (authorization, token) => {
    await refusalOf(requestWith({ authorization }));
    expect(asked).toEqual([token]);
  });

  it('should turn away who has no token', async () => {
    expect(await refusalOf(requestWith({}))).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it.each([
    ['en-GB', 'en'],
    ['de', 'zh-CN'],
    [undefined, 'zh-CN'],
  ])('should answer in the language that is asked for, else in the member’s own: %p → %s', async (header, locale) => {
    const request = requestWith({ authorization: 'Bearer anna', ...(header ? { 'accept-language': header } : {}) });
    await enter(request);
    expect(request.caller?.locale).toBe(locale);
  });

  it('should ask once for all fields of one request', async () => {
    const request = requestWith({ authorization: 'Bearer anna' });
    await enter(request);
    await enter(request);
    expect(asked).toHaveLength(1);
  });

  it('should let an automation ask, and do what it may', async () => {
    const call = (via: string) =>
      requestWith({ authorization: 'Bearer app', 'x-highseas-member': 'tom', 'x-highseas-via': via });
    const workflow = call('WORKFLOW');
    expect(await enter(workflow, 'Mutation')).toBe(true);
    expect(workflow.caller).toMatchObject({ memberId: 'tom', via: 'WORKFLOW' });
    expect(await enter(call('AI'), 'Query')).toBe(true);
    await expect(enter(call('AI'), 'Mutation')).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('should look at every mutation of a request, not only at the first', async () => {
    const request = requestWith({ authorization: 'Bearer app', 'x-highseas-member': 'tom', 'x-highseas-via': 'AI' });
    await enter(request, 'Query');
    await expect(enter(request, 'Mutation')).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('should slow down one member who asks too much, and nobody else', async () => {
    const refusals: unknown[] = [];
    for (let call = 0; call < 601; call += 1)
      refusals.push(await refusalOf(requestWith({ authorization: 'Bearer anna' })));
    expect(refusals.slice(0, 600).filter(Boolean)).toEqual([]);
    const last = refusals[600] as ApiError;
    expect(last.extensions).toMatchObject({ code: 'RATE_LIMITED', http: { status: 429 } });
    expect(last.extensions['retryAfter']).toBeGreaterThan(0);
    expect(await refusalOf(requestWith({ authorization: 'Bearer ben' }))).toBeNull();
  });
});
