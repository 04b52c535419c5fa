import type { Locale } from './customer';

export interface RevertedFacts {
  customerName: string | null;
  /** Who has the customer again; null: it is back in its pool. */
  ownerName: string | null;
  /** Whom the edit had made the owner; null: nobody. */
  editedToName: string | null;
}

/** What both people read when a direct edit of the owner was taken back (docs/semantics.md#direct-edits). */
export function revertedNotice(
  { customerName, ownerName, editedToName }: RevertedFacts,
  locale: Locale,
): { title: string; body: string } {
  if (locale === 'zh-CN') {
    const name = customerName ?? '（未命名客户）';
    return {
      title: `负责人已恢复：${name}`,
      body: `有人将“${name}”的负责人直接改为${editedToName ?? '空'}。本工作区只允许通过领取、退回、分配变更负责人，因此已恢复为${ownerName ?? '公海'}。`,
    };
  }
  const name = customerName ?? 'a customer without a name';
  return {
    title: `Owner restored: ${name}`,
    body: `The owner of “${name}” was edited directly to ${editedToName ?? 'nobody'}. In this workspace owners change by claiming, releasing and assigning only, so ${ownerName ? `${ownerName} has the customer again` : 'it is back in its pool'}.`,
  };
}
