import { sayInstant } from '../domain/days';
import { isTextKey, say, type Locale } from '../domain/strings';
import { CONSOLE_LEDGER } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { Badge, Card, Muted } from '../ui/parts';
import { Pager } from '../ui/pager';
import { QuestionState } from '../ui/question-state';
import { cellStyle, headStyle, TableBox } from '../ui/table';
import { useTheme } from '../ui/theme';
import { usePages } from '../ui/use-pages';
import { PAGE_SIZE, type ConsolePool, type Decision, type DecisionPage } from './console.types';
import { CustomerLink } from './customer-link';

/** A newer engine may know a strategy that this app has no words for. */
function sayStrategy(strategy: string, locale: Locale): string {
  const key = `auto_${strategy}`;
  return isTextKey(key) ? say(locale, key) : strategy;
}

/** What the system gave out by itself and to whom, what it left in the pool, and why. */
export function AssignmentLedger({ pool, locale }: { pool: ConsolePool; locale: Locale }) {
  const theme = useTheme();
  const pages = usePages(
    pool.id,
    PAGE_SIZE,
    locale,
    async (after) =>
      (await pageEngine(locale).ask<{ assignmentDecisions: DecisionPage }>(CONSOLE_LEDGER, { poolId: pool.id, after }))
        .assignmentDecisions,
    ({ decisions }) => decisions.length === 0,
  );
  const { page, question, turning } = pages;
  const off = pool.autoAssign === 'OFF';
  const [head, body] = [headStyle(theme), cellStyle(theme)];
  return (
    <Card
      title={say(locale, 'manage_ledger')}
      aside={<Badge tone={off ? 'neutral' : 'info'}>{sayStrategy(pool.autoAssign, locale)}</Badge>}
    >
      <QuestionState question={question} locale={locale} shown={page !== undefined} />
      {page && (
        <Muted>{say(locale, page.decisions.length > 0 ? 'ledgerMeans' : off ? 'ledgerOff' : 'ledgerEmpty')}</Muted>
      )}
      {page && page.decisions.length > 0 && (
        <>
          <TableBox key={pages.before} label={say(locale, 'manage_ledger')} busy={turning}>
            <thead>
              <tr>
                {(['column_at', 'column_name', 'column_to', 'column_why'] as const).map((key) => (
                  <th key={key} style={head}>
                    {say(locale, key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.decisions.map((decision) => (
                <tr key={decision.id}>
                  <td style={{ ...body, whiteSpace: 'nowrap' }}>
                    <Muted>{sayInstant(decision.at, locale)}</Muted>
                  </td>
                  <td style={{ ...body, minWidth: 120 }}>
                    <CustomerLink customer={decision} locale={locale} />
                  </td>
                  <td style={{ ...body, whiteSpace: 'nowrap' }}>
                    {decision.to?.name ?? <Badge tone="warn">{say(locale, 'staysInPool')}</Badge>}
                  </td>
                  <td style={{ ...body, width: '50%' }}>
                    <Why decision={decision} locale={locale} />
                  </td>
                </tr>
              ))}
            </tbody>
          </TableBox>
          <Pager pages={pages} count={page.decisions.length} locale={locale} />
        </>
      )}
    </Card>
  );
}

function Why({ decision: { strategy, text, considered, candidates }, locale }: { decision: Decision; locale: Locale }) {
  const theme = useTheme();
  const reason = (
    <>
      <Badge>{sayStrategy(strategy, locale)}</Badge> {text}
    </>
  );
  if (candidates.length === 0) return reason;
  return (
    <details>
      <summary style={{ cursor: 'pointer' }}>{reason}</summary>
      <div style={{ padding: '6px 0 4px 16px' }}>
        <Muted>{say(locale, 'candidates', { count: considered })}</Muted>
        <ul style={{ listStyle: 'none', margin: '4px 0 0', padding: 0, maxWidth: 420 }}>
          {candidates.map(({ member, skipped, skippedText, value }) => (
            <li
              key={member.id}
              style={{
                display: 'flex',
                justifyContent: 'space-between',
                gap: 12,
                padding: '2px 0',
                borderTop: `1px solid ${theme.line}`,
              }}
            >
              <span style={{ fontWeight: skipped === null ? 500 : 400 }}>{member.name}</span>
              {skipped === null ? (
                <span>{value === null ? say(locale, 'couldTake') : say(locale, 'couldTakeValue', { value })}</span>
              ) : (
                <Muted>{skippedText ?? skipped}</Muted>
              )}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
