import type { LogicFunctionConfig } from 'twenty-sdk/define';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';
import type { Text } from '../plugin/plugin.types';
import { type AutomationName, runAutomation } from './automation-handlers';
import { automationTexts } from './automation-texts';

type InputSchema = NonNullable<NonNullable<LogicFunctionConfig['workflowActionTriggerSettings']>['inputSchema']>;
type Properties = NonNullable<InputSchema[number]['properties']>;
type ToolSchema = NonNullable<NonNullable<LogicFunctionConfig['toolTriggerSettings']>['inputSchema']>;
type ToolProperties = NonNullable<ToolSchema['properties']>;

/** Longer than a call may take, so that the answer is always the function's own. */
const TIMEOUT_SECONDS = 30;

// Written out, because a function's bundle would carry the whole table of the SDK; a contract test compares them.
const OBJECTS = {
  company: '20202020-b374-4779-a561-80086cb2e17f',
  person: '20202020-e674-48e5-a542-72570eee7213',
  workspaceMember: '20202020-3319-4234-a34c-82d5c0e881a6',
  customerPool: '9774950d-10db-4ec6-b8f0-de2caccf7e9a',
};

const label = (en: string, zh: string): string => bilingual({ en, 'zh-CN': zh } satisfies Text);
const record = (object: keyof typeof OBJECTS, en: string, zh: string): Properties[string] => ({
  type: 'record',
  objectUniversalIdentifier: OBJECTS[object],
  label: label(en, zh),
});
const text = (en: string, zh: string, multiline = false): Properties[string] => ({
  type: 'string',
  label: label(en, zh),
  ...(multiline && { multiline }),
});

// Twenty keeps no order of inputs, so none may speak of its neighbours.
const CUSTOMER: Properties = {
  company: record('company', 'Company (unless it is a person)', '公司（客户为人员时留空）'),
  person: record('person', 'Person (unless it is a company)', '人员（客户为公司时留空）'),
};
const ON_BEHALF: Properties = { member: record('workspaceMember', 'On behalf of', '代哪位成员操作') };
const REPEAT_KEY: Properties = {
  repeatKey: text('Repeat key (optional: the same again does nothing twice)', '防重复键（可选：相同的键不会重复执行）'),
};

const ACTION_INPUTS: Record<AutomationName, Properties> = {
  claim: { ...CUSTOMER, ...ON_BEHALF, ...REPEAT_KEY },
  release: {
    ...CUSTOMER,
    ...ON_BEHALF,
    reason: text('Reason (a code or your own words)', '退回原因（代码或文字）'),
    note: text('Note', '备注', true),
    pool: record('customerPool', 'Pool (empty: its home pool)', '公海池（留空则退回所属公海池）'),
    ...REPEAT_KEY,
  },
  assign: {
    ...CUSTOMER,
    to: record('workspaceMember', 'Assign to', '分配给'),
    member: record('workspaceMember', 'On behalf of a manager of the pool', '代哪位公海管理员操作'),
    reason: text('Reason', '原因'),
    ...REPEAT_KEY,
  },
  logFollowUp: { ...CUSTOMER, ...ON_BEHALF, note: text('What was done', '跟进内容', true), ...REPEAT_KEY },
  isClaimable: { ...CUSTOMER, member: record('workspaceMember', 'For which member', '由哪位成员领取') },
};

const OUTPUTS: Properties = {
  done: { type: 'boolean', label: label('Done', '已完成') },
  status: {
    type: 'string',
    label: label(
      'Status (DONE, REFUSED, PENDING, FAILED)',
      '状态（DONE 已完成、REFUSED 被拒绝、PENDING 处理中、FAILED 失败）',
    ),
  },
  code: { type: 'string', label: label('Code of the reason', '原因代码') },
  message: { type: 'string', label: label('Message', '说明') },
  until: { type: 'string', label: label('Refused until', '限制截止时间') },
  customerName: { type: 'string', label: label('Customer', '客户') },
  poolStatus: { type: 'string', label: label('Pool status', '公海状态') },
  owner: { type: 'string', label: label('Owner', '负责人') },
  ownerId: { type: 'string', label: label('Owner id', '负责人 ID') },
  pool: { type: 'string', label: label('Pool', '公海池') },
  poolId: { type: 'string', label: label('Pool id', '公海池 ID') },
  reclaimOn: { type: 'string', label: label('Reclaim date', '掉公海日期') },
};

const CLAIMABLE: Properties = { claimable: { type: 'boolean', label: label('Can be claimed', '可以领取') } };

const TOOL_CUSTOMER: ToolProperties = {
  object: { type: 'string', enum: ['company', 'person'], description: 'What kind of record the customer is.' },
  recordId: {
    type: 'string',
    description: 'Id (UUID) of that company or person in Twenty. Look it up by name first when you do not have it.',
  },
};
const TOOL_MEMBER: ToolProperties = {
  member: {
    type: 'string',
    description:
      'E-mail, or workspace member id, of the person you are talking to. Ask when you do not know it; never guess.',
  },
};

const TOOL_INPUTS: Record<AutomationName, { properties: ToolProperties; required?: string[] }> = {
  claim: { properties: TOOL_MEMBER },
  release: {
    properties: {
      ...TOOL_MEMBER,
      reason: { type: 'string', description: 'Why the member gives it back, in a few words of the member.' },
      note: { type: 'string', description: 'Anything the next owner should know (optional).' },
    },
  },
  assign: {
    properties: {
      member: {
        type: 'string',
        description:
          'E-mail, or workspace member id, of the manager you are talking to. Ask when you do not know it; never guess.',
      },
      to: { type: 'string', description: 'E-mail, or workspace member id, of the member who is to get the customer.' },
      reason: { type: 'string', description: 'Why this member (optional).' },
    },
    required: ['to'],
  },
  logFollowUp: {
    properties: {
      ...TOOL_MEMBER,
      note: { type: 'string', description: 'What the member did and what came of it, in the member’s words.' },
    },
    required: ['note'],
  },
  isClaimable: {
    properties: {
      member: {
        type: 'string',
        description:
          'E-mail, or workspace member id, of the member who would claim it: usually the person you are talking to.',
      },
    },
  },
};

const host = () => ({ env: process.env, fetch: (...args: Parameters<typeof fetch>) => fetch(...args) });
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const capital = <Name extends string>(name: Name) =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}` as Capitalize<Name>;

/** The step that the workflow editor offers. */
export function workflowAction(name: AutomationName): LogicFunctionConfig {
  const { label: title, action, icon } = automationTexts[name];
  return {
    universalIdentifier: identifiers.functions[`workflow${capital(name)}`],
    name: `highseas-workflow-${kebab(name)}`,
    description: action,
    timeoutSeconds: TIMEOUT_SECONDS,
    handler: (input: unknown) => runAutomation(name, 'WORKFLOW', input, host()),
    workflowActionTriggerSettings: {
      label: bilingual(title),
      icon,
      inputSchema: [{ type: 'object', properties: ACTION_INPUTS[name] }],
      outputSchema: [{ type: 'object', properties: { ...(name === 'isClaimable' && CLAIMABLE), ...OUTPUTS } }],
    },
  };
}

/** The tool that Twenty's AI is offered; Twenty names it `app_` and the name with underscores. */
export function aiTool(name: AutomationName): LogicFunctionConfig {
  const { properties, required = [] } = TOOL_INPUTS[name];
  return {
    universalIdentifier: identifiers.functions[`tool${capital(name)}`],
    name: `highseas-${kebab(name)}`,
    description: automationTexts[name].tool,
    timeoutSeconds: TIMEOUT_SECONDS,
    handler: (input: unknown) => runAutomation(name, 'AI', input, host()),
    toolTriggerSettings: {
      inputSchema: {
        type: 'object',
        properties: { ...TOOL_CUSTOMER, ...properties },
        required: ['object', 'recordId', 'member', ...required],
        additionalProperties: false,
      },
    },
  };
}
