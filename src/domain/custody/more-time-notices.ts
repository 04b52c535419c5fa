import type { Locale } from '../customer/customer';

interface AboutMoreTime {
  customerName: string | null;
  /** Counted days asked for. */
  days: number;
}

export interface RequestFacts extends AboutMoreTime {
  ownerName: string | null;
  reason: string | null;
  /** Local date through which the clock stands still meanwhile. */
  until: string;
}

export interface DecisionFacts extends AboutMoreTime {
  managerName: string | null;
  approved: boolean;
  note: string | null;
}

/** What the managers of the pool read when an owner asks for more time than they may take by themselves. */
export function requestNotice(
  { customerName, ownerName, days, reason, until }: RequestFacts,
  locale: Locale,
): { title: string; body: string } {
  if (locale === 'zh-CN') {
    const name = customerName ?? '（未命名客户）';
    return {
      title: `申请延期：${name}`,
      body: `${ownerName ?? '负责人'}申请将“${name}”延长 ${days} 天，原因：${reason || '未填写'}。\n\n请批准或拒绝。在此之前，计时最多暂停到 ${until}。`,
    };
  }
  const name = customerName ?? 'a customer without a name';
  return {
    title: `More time asked for: ${name}`,
    body: `${ownerName ?? 'Its owner'} asks for ${inDays(days)} more for “${name}”. The reason: ${reason || 'none given'}.\n\nPlease approve or decline. Until then the clock stands still, through ${until} at the latest.`,
  };
}

/** What the owner reads when a manager has decided. */
export function decisionNotice(
  { customerName, managerName, approved, days, note }: DecisionFacts,
  locale: Locale,
): { title: string; body: string } {
  if (locale === 'zh-CN') {
    const name = customerName ?? '（未命名客户）';
    const decided = approved ? `同意将“${name}”延长 ${days} 天` : `未同意将“${name}”延长 ${days} 天，计时恢复`;
    return {
      title: `${approved ? '延期已批准' : '延期未批准'}：${name}`,
      body: `${managerName ?? '管理员'}${decided}。${note ? `\n\n备注：${note}` : ''}`,
    };
  }
  const name = customerName ?? 'a customer without a name';
  const decided = approved
    ? `gave you ${inDays(days)} more for “${name}”.`
    : `declined ${inDays(days)} more for “${name}”. The clock runs again as before.`;
  return {
    title: `${approved ? 'More time granted' : 'More time declined'}: ${name}`,
    body: `${managerName ?? 'A manager'} ${decided}${note ? `\n\nNote: ${note}` : ''}`,
  };
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
