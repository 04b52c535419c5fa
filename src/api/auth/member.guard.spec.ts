import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import { type FieldNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { ActingMember } from '../../domain/customer/acting-member';
import { ApiError } from '../graphql/api-error';
import type { AuthenticationService } from './authentication.service';
import type { Automations } from './automations.service';
import { MemberGuard } from './member.guard';
import { MemberPace } from './member-pace.service';
import type { RequestContext } from './request-context';

const anna: ActingMember = {
  memberId: 'anna',
  name: 'Anna',
  email: 'anna@acme.example',
  isWorkspaceAdmin: true,
  locale: 'zh-CN',
};

describe('MemberGuard', () => {
  /** How old Twenty's answer may be, of each time that it was asked for anew. */
  let refreshed: (number | undefined)[];
  let guard: MemberGuard;

  beforeEach(() => {
    refreshed = [];
    const authenticate = async (_credentials: unknown, within?: number): Promise<ActingMember> => {
      refreshed.push(within);
      return { ...anna, isWorkspaceAdmin: false };
    };
    const requireAllowed = async (via: string): Promise<void> => {
      if (via === 'AI') throw new ApiError('FORBIDDEN', 'AI may not');
    };
    guard = new MemberGuard(
      { authenticate } as unknown as AuthenticationService,
      { requireAllowed } as unknown as Automations,
      new MemberPace(),
    );
  });

  const requestOf = (member: ActingMember | undefined, headers: Record<string, string> = {}): RequestContext => ({
    req: { headers, member, credentials: { token: 't' } } as unknown as RequestContext['req'],
  });

  /** @param field as it is asked for */
  async function enter(
    request: RequestContext,
    type = 'Query',
    field = 'viewer { today }',
    args = {},
  ): Promise<boolean> {
    const { selectionSet } = parse(`{ ${field} }`).definitions[0] as OperationDefinitionNode;
    const fieldNodes = selectionSet.selections.filter((node): node is FieldNode => node.kind === Kind.FIELD);
    const context = new ExecutionContextHost(
      [
        {},
        args,
        request,
        { parentType: { name: type }, fieldName: fieldNodes[0]?.name.value, fieldNodes, fragments: {} },
      ],
      undefined,
      () => undefined,
    );
    context.setType('graphql');
    return guard.canActivate(context);
  }

  const refusalOf = (...call: Parameters<typeof enter>): Promise<unknown> =>
    enter(...call).then(
      () => null,
      (error: unknown) => error,
    );

  it('should let in whom the gate knows, and say who it is', async () => {
    const request = requestOf(anna);
    expect(await enter(request)).toBe(true);
    expect(request.caller).toEqual(anna);
  });

  it('should turn away whom nobody knows', async () => {
    expect(await refusalOf(requestOf(undefined))).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it.each([
    ['en-GB', 'en'],
    ['de', 'zh-CN'],
    [undefined, 'zh-CN'],
  ])('should answer in the language that is asked for, else in the member’s own: %p → %s', async (header, locale) => {
    const request = requestOf(anna, header ? { 'accept-language': header } : {});
    await enter(request);
    expect(request.caller?.locale).toBe(locale);
  });

  it.each([
    ['Query', 'viewer { today }', []],
    ['Query', 'customers { totalCount }', []],
    ['Query', 'figures { from }', [5_000]],
    ['Query', 'simulatePolicy { affected }', [5_000]],
    ['Mutation', 'claim { done }', []],
    ['Mutation', 'release { done }', []],
    ['Mutation', 'askForMoreTime { done }', []],
    ['Mutation', 'logFollowUp { status }', []],
    ['Mutation', 'stageSelection', []],
    ['Mutation', 'assign { done }', [5_000]],
    ['Mutation', 'archive { done }', [5_000]],
    ['Mutation', 'undo { id }', [5_000]],
    ['Mutation', 'aMutationOfTomorrow', [5_000]],
    ['Customer', 'clock { text }', []],
  ])('should ask anew who the caller is where a manager’s rights are needed: %s %s', async (type, field, asked) => {
    const request = requestOf(anna);
    await enter(request, type, field);
    expect(refreshed).toEqual(asked);
    expect(request.caller?.isWorkspaceAdmin).toBe(asked.length === 0);
  });

  it('should let an automation ask, and do what it may', async () => {
    const call = (via: 'WORKFLOW' | 'AI') => requestOf({ ...anna, via });
    expect(await enter(call('WORKFLOW'), 'Mutation', 'claim { done }')).toBe(true);
    expect(await enter(call('AI'))).toBe(true);
    await expect(enter(call('AI'), 'Mutation', 'claim { done }')).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it('should look at every mutation of a request, not only at the first', async () => {
    const request = requestOf({ ...anna, via: 'AI' });
    await enter(request);
    await expect(enter(request, 'Mutation', 'claim { done }')).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
  });

  const callsUntilRefused = async (...call: Parameters<typeof enter>): Promise<[number, ApiError]> => {
    for (let calls = 0; calls < 5_000; calls += 1) {
      const refusal = await refusalOf(...call);
      if (refusal) return [calls, refusal as ApiError];
    }
    throw new Error('Never refused');
  };

  it('should slow down one member who asks too much, and nobody else', async () => {
    const [calls, refusal] = await callsUntilRefused(requestOf(anna));
    expect(calls).toBe(1_200);
    expect(refusal.extensions).toMatchObject({ code: 'RATE_LIMITED', http: { status: 429 } });
    const { retryAfter, http } = refusal.extensions as { retryAfter: number; http: { headers: Map<string, string> } };
    expect(retryAfter).toBeGreaterThan(0);
    expect(http.headers.get('retry-after')).toBe(String(retryAfter));
    expect(await refusalOf(requestOf({ ...anna, memberId: 'ben' }))).toBeNull();
  });

  const row = 'customers { object recordId name status pool { name } clock { text } claimable { allowed } }';
  it.each([
    ['a page of 200 customers', 'Query', `customers { ${row} }`, { first: 200 }, 100],
    [
      'a page of 200 customers with everything fifty times',
      'Query',
      `customers { ${`a: clock { text } `.repeat(50)} }`,
      { first: 200 },
      11,
    ],
    ['the usual page of customers', 'Query', `customers { ${row} }`, {}, 300],
    ['a page of 200 events', 'Query', `ownershipEvents { events { ${'id '.repeat(20)} } }`, { first: 200 }, 300],
    ['a claim of a thousand', 'Mutation', 'claim { done }', { customers: Array.from({ length: 1000 }) }, 57],
    ['a simulation', 'Query', 'simulatePolicy { affected }', {}, 109],
  ])('should charge for %s what it asks for', async (_, type, field, args, most) => {
    const [calls] = await callsUntilRefused(requestOf(anna), type, field, args);
    expect(calls).toBe(most);
  });

  it('should charge nothing for the fields of an answer', async () => {
    const request = requestOf(anna);
    for (let calls = 0; calls < 3_000; calls += 1)
      expect(await enter(request, 'Customer', 'clock { text }')).toBe(true);
  });
});
