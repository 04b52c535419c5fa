import type { Locale } from '../customer/customer';

/** The engine's own work, in the order in which one part rests on another. */
export const HEALTH_CODES = ['SIGN_IN', 'READING', 'WEBHOOKS', 'WRITES', 'HISTORY'] as const;
export type HealthCode = (typeof HEALTH_CODES)[number];

/** What a call of the engine's own to Twenty came to; see TwentyErrorKind. Null: it was answered. */
export type SignInProblem = 'REFUSED' | 'FORBIDDEN' | 'UNREACHABLE' | 'LIMITED' | 'FAULT';

export interface HealthFacts {
  signInProblem: SignInProblem | null;
  /** Seconds since all of Twenty had last been read to its end; null: never. */
  readSecondsAgo: number | null;
  /** How often it is read. */
  readEverySeconds: number;
  webhooks: 'OFF' | 'ARRIVING' | 'QUIET' | 'MISSING';
  /** Decided changes that Twenty has not confirmed for longer than it takes, and the age of the oldest. */
  lateWrites: number;
  oldestWriteSeconds: number;
  /** Records in Twenty that show something else than the engine for longer than it takes; of these, what Twenty refuses to be told. */
  lateShown: number;
  refusedShown: number;
  /** History that Twenty has no copy of, for longer than that takes. */
  lateEvents: number;
}

export interface HealthCheck {
  code: HealthCode;
  ok: boolean;
  /** What there is to know and, where something is wrong, how it is mended. */
  message: string;
}

/** Reading may wait for Twenty's rate and for another instance; ten turns are too many. */
const MOST_TURNS = 10;
const LEAST_SECONDS = 120;

const signIn: Record<Locale, Record<SignInProblem, string>> = {
  en: {
    REFUSED:
      'Twenty refuses the engine’s credentials. Make a new client secret with `npm run app:install`, put it into TWENTY_CLIENT_SECRET, and start the engine again.',
    FORBIDDEN:
      'Twenty lets the engine sign in, but not do its work: the app’s role lacks rights. Install the app again, or give its role what plugin.json lists.',
    UNREACHABLE:
      'The engine does not reach Twenty. See whether Twenty runs, and whether TWENTY_URL is its address as seen from the engine’s machine.',
    LIMITED:
      'Twenty limits the engine’s calls just now; they go on by themselves. If this stays, lower TWENTY_RATE_PER_MINUTE or read less often.',
    FAULT: 'Twenty answered with a fault of its own. Look at the logs of Twenty and of the engine.',
  },
  'zh-CN': {
    REFUSED:
      'Twenty 拒绝了引擎的凭据。请运行 `npm run app:install` 生成新的客户端密钥，写入 TWENTY_CLIENT_SECRET 后重启引擎。',
    FORBIDDEN: '引擎可以登录 Twenty，但应用角色权限不足。请重新安装应用，或按 plugin.json 为其角色授予权限。',
    UNREACHABLE: '引擎无法连接 Twenty。请确认 Twenty 正在运行，且 TWENTY_URL 是引擎主机可访问的地址。',
    LIMITED:
      'Twenty 正在限制引擎的调用频率，稍后会自动继续。若持续出现，请调低 TWENTY_RATE_PER_MINUTE 或降低读取频率。',
    FAULT: 'Twenty 返回了自身错误，请查看 Twenty 与引擎的日志。',
  },
};

const webhooks: Record<Locale, Record<HealthFacts['webhooks'], (every: number) => string>> = {
  en: {
    OFF: (every) =>
      `Twenty is not told where the engine is (HIGHSEAS_PUBLIC_URL); changes are noticed at the next reading, every ${every} seconds.`,
    ARRIVING: () => 'Changes arrive as they happen.',
    QUIET: () => 'None has arrived yet, and nothing has changed since.',
    MISSING: (every) =>
      `Records have changed in Twenty and no webhook has come; changes are noticed at the next reading, every ${every} seconds. Twenty must reach HIGHSEAS_PUBLIC_URL, and sends nothing to private addresses unless OUTBOUND_HTTP_SAFE_MODE_ENABLED=false.`,
  },
  'zh-CN': {
    OFF: (every) => `未设置 HIGHSEAS_PUBLIC_URL，Twenty 不会通知引擎；变更将在下次读取时发现（每 ${every} 秒）。`,
    ARRIVING: () => '变更实时送达。',
    QUIET: () => '尚未收到，期间也没有变更。',
    MISSING: (every) =>
      `Twenty 中已有变更但未收到 Webhook；变更将在下次读取时发现（每 ${every} 秒）。请确认 Twenty 能访问 HIGHSEAS_PUBLIC_URL；内网地址需设置 OUTBOUND_HTTP_SAFE_MODE_ENABLED=false。`,
  },
};

/** Whether the engine's work goes on, and what to do where it does not. */
export function engineHealth(facts: HealthFacts, locale: Locale): HealthCheck[] {
  const isEnglish = locale === 'en';
  const { signInProblem, readSecondsAgo, readEverySeconds, lateEvents } = facts;
  const isRead = readSecondsAgo !== null && readSecondsAgo <= Math.max(LEAST_SECONDS, MOST_TURNS * readEverySeconds);
  return [
    {
      code: 'SIGN_IN',
      ok: signInProblem === null,
      message:
        signInProblem === null
          ? isEnglish
            ? 'Twenty answers the engine.'
            : 'Twenty 可响应引擎。'
          : signIn[locale][signInProblem],
    },
    { code: 'READING', ok: isRead, message: sayReading(readSecondsAgo, isRead, isEnglish) },
    { code: 'WEBHOOKS', ok: facts.webhooks !== 'MISSING', message: webhooks[locale][facts.webhooks](readEverySeconds) },
    {
      code: 'WRITES',
      ok: facts.lateWrites + facts.lateShown + facts.refusedShown === 0,
      message: sayWrites(facts, isEnglish),
    },
    {
      code: 'HISTORY',
      ok: lateEvents === 0,
      message:
        lateEvents === 0
          ? isEnglish
            ? 'Twenty has the whole history.'
            : 'Twenty 已有完整的归属记录。'
          : isEnglish
            ? `Lines of the history that are not in Twenty yet: ${lateEvents}. Until they are, do not throw the engine’s database away.`
            : `有 ${lateEvents} 条归属记录尚未写入 Twenty。在此之前请勿清除引擎数据库。`,
    },
  ];
}

function sayWrites(
  { lateWrites, oldestWriteSeconds, lateShown, refusedShown }: HealthFacts,
  isEnglish: boolean,
): string {
  const said: string[] = [];
  if (lateWrites > 0) {
    said.push(
      isEnglish
        ? `Decided changes that wait for Twenty: ${lateWrites}, the oldest for ${duration(oldestWriteSeconds, isEnglish)}. They are repeated by themselves; if the number stays, look at the engine’s log.`
        : `${lateWrites} 项变更等待 Twenty 确认，最早的已等待${duration(oldestWriteSeconds, isEnglish)}。系统会自动重试；若数量不减，请查看引擎日志。`,
    );
  }
  if (lateShown > 0) {
    said.push(
      isEnglish
        ? `Records whose dates in Twenty are behind the engine’s: ${lateShown}. They are brought in line by themselves; decisions do not wait for that.`
        : `${lateShown} 条记录在 Twenty 中显示的日期尚未更新，系统会自动补齐，不影响任何决定。`,
    );
  }
  if (refusedShown > 0) {
    said.push(
      isEnglish
        ? `Records of which Twenty refuses to show what the engine says: ${refusedShown}. Does the app’s role still have the rights that plugin.json lists? They are tried again every hour.`
        : `Twenty 拒绝更新 ${refusedShown} 条记录的显示字段。请确认应用角色仍拥有 plugin.json 列出的权限；系统每小时重试一次。`,
    );
  }
  if (said.length > 0) return said.join(isEnglish ? ' ' : '');
  return isEnglish ? 'Twenty has confirmed everything that was decided.' : '所有决定均已由 Twenty 确认。';
}

function sayReading(secondsAgo: number | null, isRead: boolean, isEnglish: boolean): string {
  if (secondsAgo === null)
    return isEnglish
      ? 'Twenty has never been read to the end. A large workspace takes minutes at first; see the engine’s log if it does not end.'
      : '尚未完整读取 Twenty。数据较多时首次读取需要数分钟；若一直未完成，请查看引擎日志。';
  const ago = duration(secondsAgo, isEnglish);
  if (isRead) return isEnglish ? `Everything has been read up to ${ago} ago.` : `已读取至${ago}前。`;
  return isEnglish
    ? `Nothing has been read for ${ago}. Until it is, nobody’s customers are reclaimed. Mend what is wrong above, or look at the engine’s log.`
    : `已有${ago}未读取 Twenty，在此期间不会回收任何客户。请先解决上述问题，或查看引擎日志。`;
}

const MINUTE = 60;
const HOUR = 3600;

function duration(seconds: number, isEnglish: boolean): string {
  const [count, one, zh] =
    seconds < MINUTE
      ? [seconds, 'second', '秒']
      : seconds < HOUR
        ? [seconds / MINUTE, 'minute', '分钟']
        : [seconds / HOUR, 'hour', '小时'];
  const whole = Math.round(count);
  return isEnglish ? `${whole} ${one}${whole === 1 ? '' : 's'}` : ` ${whole} ${zh}`;
}
