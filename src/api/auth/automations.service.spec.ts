import type { DataSource } from 'typeorm';
import type { SettingsService } from '../../settings/settings.service';
import type { MembersSync } from '../../sync/members-sync.service';
import { ApiError } from '../graphql/api-error';
import { Automations, OpenToAutomations } from './automations.service';

class Handlers {
  @OpenToAutomations()
  claim(this: void): void {}
  simulate(this: void): void {}
}
const { claim, simulate } = Handlers.prototype;

const tom = { id: 'tom', name: 'Tom Baker', email: 'tom@acme.example', locale: 'zh-CN' };

function given({ known = true, joins = false, aiMayAct = false } = {}) {
  const calls = { sync: 0 };
  let isThere = known;
  const findOneBy = async () => (isThere ? tom : null);
  const sync = async () => {
    calls.sync += 1;
    isThere ||= joins;
  };
  const settings = { current: async () => ({ AI_TOOLS_MAY_ACT: aiMayAct }) };
  return {
    calls,
    automations: new Automations(
      { manager: { findOneBy } } as unknown as DataSource,
      { sync } as unknown as MembersSync,
      settings as unknown as SettingsService,
    ),
  };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.extensions['code'] : error),
  );

describe('automations', () => {
  it('should act with the rights of the member they name, and never with an admin’s', async () => {
    expect(await given().automations.actingMember({ member: 'Tom@acme.example ', via: 'WORKFLOW' })).toEqual({
      memberId: 'tom',
      name: 'Tom Baker',
      email: 'tom@acme.example',
      isWorkspaceAdmin: false,
      locale: 'zh-CN',
      via: 'WORKFLOW',
    });
  });

  it.each([
    ['who say nothing', null, null, 'UNAUTHENTICATED'],
    ['who name nobody', null, 'WORKFLOW', 'BAD_USER_INPUT'],
    ['who name a blank', ' ', 'AI', 'BAD_USER_INPUT'],
    ['who do not say how they were called', 'tom', null, 'BAD_USER_INPUT'],
    ['who were called otherwise', 'tom', 'workflow', 'BAD_USER_INPUT'],
  ])('should be turned away %s', async (_, member, via, code) => {
    expect(await codeOf(given().automations.actingMember({ member, via }))).toBe(code);
  });

  it('should find a member who joined a moment ago', async () => {
    const { automations, calls } = given({ known: false, joins: true });
    expect(await automations.actingMember({ member: 'tom', via: 'AI' })).toMatchObject({ memberId: 'tom', via: 'AI' });
    expect(calls.sync).toBe(1);
  });

  it('should not read the members again for each call with the same unknown name', async () => {
    const { automations, calls } = given({ known: false });
    for (let call = 0; call < 3; call += 1)
      expect(await codeOf(automations.actingMember({ member: 'tmo', via: 'WORKFLOW' }))).toBe('BAD_USER_INPUT');
    expect(calls.sync).toBe(1);
  });

  it('should do what is open to them, and nothing else', async () => {
    expect(await codeOf(given().automations.requireAllowed('WORKFLOW', claim))).toBe('none');
    expect(await codeOf(given().automations.requireAllowed('WORKFLOW', simulate))).toBe('FORBIDDEN');
    expect(await codeOf(given({ aiMayAct: true }).automations.requireAllowed('AI', simulate))).toBe('FORBIDDEN');
  });

  it('should act for AI only where an admin allows it, and say which setting that is', async () => {
    await expect(given().automations.requireAllowed('AI', claim)).rejects.toThrow('AI_TOOLS_MAY_ACT');
    expect(await codeOf(given({ aiMayAct: true }).automations.requireAllowed('AI', claim))).toBe('none');
  });
});
