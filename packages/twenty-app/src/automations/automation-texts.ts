import type { Text } from '../plugin/plugin.types';
import type { AutomationName } from './automation-handlers';

interface AutomationText {
  /** Name of the workflow action. */
  label: Text;
  /** What an AI chooses by. */
  tool: string;
  /** What the workflow action does. */
  action: string;
  icon: string;
}

const forWhom =
  'Acts on behalf of the workspace member you name, within that member’s own limits: name the person you are talking to, never anybody else.';
const aRefusal = 'The answer says done, or the reason why not in "message": pass it on as it is and do not try again.';

export const automationTexts: Record<AutomationName, AutomationText> = {
  claim: {
    label: { en: 'Claim customer', 'zh-CN': '领取客户' },
    action:
      'Takes a customer from its pool for a member, within that member’s limits. 代成员从公海领取客户，遵守该成员的各项限制。',
    tool: `Claim a customer (a company or a person) that waits in a shared pool, so that the member becomes its owner. ${forWhom} ${aRefusal} 从公海领取客户。`,
    icon: 'IconHandGrab',
  },
  release: {
    label: { en: 'Release customer', 'zh-CN': '退回客户' },
    action: 'Gives a customer that the member owns back to a pool. 将成员名下的客户退回公海。',
    tool: `Give a customer that the member owns back to its shared pool. Ask for the reason first: most pools require one. ${forWhom} ${aRefusal} 将客户退回公海。`,
    icon: 'IconArrowBackUp',
  },
  assign: {
    label: { en: 'Assign customer', 'zh-CN': '分配客户' },
    action:
      'Gives a customer of a pool to a member, on behalf of a manager of that pool. 代公海管理员将公海中的客户分配给成员。',
    tool: `Give a customer that waits in a shared pool to a member of the sales team. Only managers of the pool may: name the manager you are talking to as "member" and the one who gets the customer as "to". ${aRefusal} 将公海客户分配给成员。`,
    icon: 'IconUserPlus',
  },
  logFollowUp: {
    label: { en: 'Log follow-up', 'zh-CN': '记录跟进' },
    action:
      'Writes a note that counts as the member’s follow-up and moves the idle clock. 写入一条计为该成员有效跟进的备注，并重新计时。',
    tool: `Log that the member followed up a customer (called, met, wrote, …), as a note that counts and keeps the customer from going back to the pool. Log only what the member says they did. ${forWhom} ${aRefusal} 记录跟进。`,
    icon: 'IconMessagePlus',
  },
  isClaimable: {
    // A node of the editor shows about twenty-five letters.
    label: { en: 'Can be claimed?', 'zh-CN': '能否领取' },
    action:
      'Tells whether a member may claim a customer, and who has it or why not. Changes nothing. 查询成员能否领取客户、由谁负责或不能领取的原因，不作任何更改。',
    tool: 'Find out whether a member may claim a customer (a company or a person), who has it now, in which pool it is, and if not claimable why and until when. Changes nothing. Use it before claiming, and to answer "who has this customer?". 查询客户能否领取。',
    icon: 'IconHelpCircle',
  },
};
