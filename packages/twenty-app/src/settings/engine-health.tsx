import { explainFault, EngineFault } from '../domain/fault';
import { isTextKey, say, type Locale } from '../domain/strings';
import { ENGINE_HEALTH, SETTINGS_VIEWER } from '../engine/documents';
import { findEngineUrl } from '../engine/engine-client';
import { readHost } from '../engine/host';
import { pageEngine } from '../engine/page-engine';
import { Badge, Button, Card, Muted, Notice, Row } from '../ui/parts';
import { useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import { unusableSettings } from './settings-groups';
import type { TwentyRecord } from './twenty-records';
import { readVariables } from './twenty-variables';

const SLOW_MS = 1_500;

interface Check {
  name: string;
  ok: boolean;
  detail?: string;
}

/** What the engine says of its own work. */
interface OwnCheck {
  code: string;
  ok: boolean;
  message: string;
}

/** A newer engine may look at more than this app has words for. */
function sayCode(code: string, locale: Locale): string {
  const key = `health${code}`;
  return isTextKey(key) ? say(locale, key) : code;
}

/** Each part of the way to a decision, in the order of dependence; what follows a broken one is not asked. */
async function check(pools: TwentyRecord[], locale: Locale): Promise<Check[]> {
  const checks: Check[] = [];
  try {
    checks.push({ name: say(locale, 'healthAddress'), ok: true, detail: await findEngineUrl(readHost()) });
    const began = Date.now();
    await pageEngine(locale).ask(SETTINGS_VIEWER);
    const ms = Date.now() - began;
    checks.push({
      name: say(locale, 'healthAnswers'),
      ok: ms < SLOW_MS,
      detail: say(locale, ms < SLOW_MS ? 'healthAnswersIn' : 'healthSlow', { ms }),
    });
    const { engineHealth } = await pageEngine(locale).ask<{ engineHealth: OwnCheck[] }>(ENGINE_HEALTH);
    checks.push(...engineHealth.map(({ code, ok, message }) => ({ name: sayCode(code, locale), ok, detail: message })));
  } catch (error) {
    const about = error instanceof EngineFault && error.code === 'NOT_SET_UP' ? 'healthAddress' : 'healthAnswers';
    checks.push({ name: say(locale, about), ok: false, detail: explainFault(error, locale) });
  }
  const broken = pools.filter(({ policyProblem }) => typeof policyProblem === 'string' && policyProblem !== '');
  checks.push({
    name: say(locale, 'healthPools'),
    ok: broken.length === 0,
    detail: broken
      .map(({ name, policyProblem }) => say(locale, 'detail', { name: String(name), message: String(policyProblem) }))
      .join('\n'),
  });
  const defaults = pools.filter(({ isDefault }) => isDefault === true).length;
  checks.push({
    name: say(locale, 'healthOnePool'),
    ok: defaults === 1,
    ...(defaults !== 1 && { detail: say(locale, 'healthNoDefault', { count: defaults }) }),
  });
  checks.push(await checkSettings(locale));
  return checks;
}

async function checkSettings(locale: Locale): Promise<Check> {
  const name = say(locale, 'healthSettings');
  try {
    const stored = await readVariables();
    const bad = unusableSettings(stored, locale);
    const lines = bad.map(({ key, label }) =>
      say(locale, 'detail', { name: label[locale], message: stored[key] ?? '' }),
    );
    return {
      name,
      ok: bad.length === 0,
      ...(bad.length > 0 && { detail: [say(locale, 'settingsUnusable'), ...lines].join('\n') }),
    };
  } catch (error) {
    return { name, ok: false, detail: explainFault(error, locale) };
  }
}

/** Whether everything works from here to a decision, what does not, and how to mend it. */
export function EngineHealth({ pools, locale }: { pools: TwentyRecord[]; locale: Locale }) {
  const theme = useTheme();
  const question = useQuestion('health', locale, () => check(pools, locale));
  return (
    <Card
      title={say(locale, 'settingsHealth')}
      aside={
        <Button onClick={question.again} disabled={question.waiting}>
          {say(locale, 'checkAgain')}
        </Button>
      }
    >
      {question.waiting && <Muted>{say(locale, question.slow ? 'slow' : 'loading')}</Muted>}
      <ul aria-label={say(locale, 'settingsHealth')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {question.answer?.map(({ name, ok, detail }) => (
          <li key={name} style={{ padding: '8px 0', borderTop: `1px solid ${theme.line}` }}>
            <Row>
              <Badge tone={ok ? 'good' : 'bad'}>{say(locale, ok ? 'healthOk' : 'healthBad')}</Badge>
              <span>{name}</span>
            </Row>
            {detail !== undefined &&
              detail !== '' &&
              (ok ? <Muted>{detail}</Muted> : <Notice tone="bad">{detail}</Notice>)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
