export type SampleRole = 'admin' | 'manager' | 'rep';

export interface SampleMember {
  email: string;
  firstName: string;
  lastName: string;
  role: SampleRole;
  locale: 'en' | 'zh-CN';
  timeZone: string;
}

const member = (
  role: SampleRole,
  locale: 'en' | 'zh-CN',
  firstName: string,
  lastName: string,
  mailbox: string,
  timeZone = 'system',
): SampleMember => ({ email: `${mailbox}@highseas.example`, firstName, lastName, role, locale, timeZone });

/** Two admins, three pool managers, seven reps. */
export const SAMPLE_MEMBERS: readonly SampleMember[] = [
  member('admin', 'en', 'Alice', 'Morgan', 'alice.morgan'),
  member('admin', 'zh-CN', '芳', '王', 'wang.fang', 'Asia/Shanghai'),
  member('manager', 'zh-CN', '伟', '李', 'li.wei', 'Asia/Shanghai'),
  member('manager', 'en', 'Daniel', 'Reed', 'daniel.reed', 'Europe/London'),
  member('manager', 'zh-CN', '静', '陈', 'chen.jing', 'Asia/Shanghai'),
  member('rep', 'zh-CN', '敏', '张', 'zhang.min', 'Asia/Shanghai'),
  member('rep', 'en', 'Tom', 'Baker', 'tom.baker'),
  member('rep', 'zh-CN', '洋', '刘', 'liu.yang', 'Asia/Shanghai'),
  member('rep', 'en', 'Sophie', 'Turner', 'sophie.turner', 'Europe/London'),
  member('rep', 'zh-CN', '磊', '赵', 'zhao.lei', 'Asia/Shanghai'),
  member('rep', 'en', 'Emma', 'Clark', 'emma.clark', 'America/New_York'),
  member('rep', 'zh-CN', '丽', '孙', 'sun.li', 'Asia/Shanghai'),
];
