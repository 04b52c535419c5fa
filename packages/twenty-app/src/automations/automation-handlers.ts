import type { CustomerRef } from '../domain/engine.types';
import {
  AUTOMATION_ASSIGN,
  AUTOMATION_CLAIM,
  AUTOMATION_CLAIMABLE,
  AUTOMATION_FOLLOW_UP,
  AUTOMATION_RELEASE,
} from './automation-documents';
import { askEngine, type Automation, type AutomationHost, findMemberId } from './automation-engine';
import {
  customerOf,
  isRecordId,
  memberOf,
  optionalRecordId,
  type RawInput,
  requestIdOf,
  textOf,
} from './automation-input';
import {
  AutomationFailure,
  claimabilityOutput,
  failureOutput,
  outputOf,
  type AutomationCustomer,
  type AutomationOutcome,
  type AutomationOutput,
} from './automation-output';

export type AutomationName = 'claim' | 'release' | 'assign' | 'logFollowUp' | 'isClaimable';

interface Call {
  automation: Automation;
  customer: CustomerRef;
  input: RawInput;
  requestId: string | null;
}

type Answer = Record<string, { outcomes: AutomationOutcome[] }>;

const onBehalfOfWhom = 'Say on whose behalf: a member. 请指定代哪位成员操作。';

function only(outcomes: AutomationOutcome[] | undefined): AutomationOutcome {
  const [outcome] = outcomes ?? [];
  if (!outcome) throw new AutomationFailure('INTERNAL', 'The engine gave no outcome. 引擎未返回结果。');
  return outcome;
}

const HANDLERS: Record<AutomationName, (call: Call) => Promise<AutomationOutput>> = {
  async claim({ automation, customer, requestId }) {
    const { claim } = await askEngine<Answer>(automation, AUTOMATION_CLAIM, { customers: [customer], requestId });
    return outputOf(only(claim?.outcomes), 'Claimed. 已领取。');
  },

  async release({ automation, customer, input, requestId }) {
    const variables = {
      customers: [customer],
      poolId: optionalRecordId(input.pool, 'Pool', '公海池'),
      reason: textOf(input.reason) || null,
      note: textOf(input.note) || null,
      requestId,
    };
    const { release } = await askEngine<Answer>(automation, AUTOMATION_RELEASE, variables);
    return outputOf(only(release?.outcomes), 'Released. 已退回公海。');
  },

  async assign({ automation, customer, input, requestId }) {
    const to = memberOf(input.to, 'Say who is to get the customer. 请指定将客户分配给谁。');
    const toMemberId = isRecordId(to) ? to : await findMemberId(automation.host, to);
    const { assign } = await askEngine<Answer>(automation, AUTOMATION_ASSIGN, {
      customers: [customer],
      toMemberId,
      reason: textOf(input.reason) || null,
      requestId,
    });
    return outputOf(only(assign?.outcomes), 'Assigned. 已分配。');
  },

  async logFollowUp({ automation, customer, input, requestId }) {
    const note = textOf(input.note);
    if (note === '')
      throw new AutomationFailure('BAD_INPUT', 'Say in the note what was done. 请在备注中说明跟进内容。');
    const { logFollowUp } = await askEngine<{ logFollowUp: AutomationOutcome }>(automation, AUTOMATION_FOLLOW_UP, {
      customer,
      note,
      requestId,
    });
    return outputOf(logFollowUp, 'Follow-up logged. 已记录跟进。');
  },

  async isClaimable({ automation, customer }) {
    type Claimable = Parameters<typeof claimabilityOutput>[0];
    const { customer: found } = await askEngine<{ customer: (AutomationCustomer & Claimable) | null }>(
      automation,
      AUTOMATION_CLAIMABLE,
      { ...customer },
    );
    if (!found)
      throw new AutomationFailure(
        'NOT_FOUND',
        'There is no such customer under pool management. 公海管理中没有该客户。',
      );
    return claimabilityOutput(found);
  },
};

/**
 * One call of a workflow's step or of an AI tool. Never throws: whatever goes wrong is an output.
 *
 * @param input as Twenty hands it over
 */
export async function runAutomation(
  name: AutomationName,
  via: Automation['via'],
  input: unknown,
  host: AutomationHost,
): Promise<AutomationOutput> {
  try {
    const raw: RawInput = typeof input === 'object' && input !== null ? { ...input } : {};
    const customer = customerOf(raw);
    const member = memberOf(raw.member, onBehalfOfWhom);
    return await HANDLERS[name]({
      automation: { host, via, member },
      customer,
      input: raw,
      requestId: requestIdOf(raw.repeatKey, name, member, customer),
    });
  } catch (error) {
    return { ...failureOutput(error), ...(name === 'isClaimable' && { claimable: false }) };
  }
}
