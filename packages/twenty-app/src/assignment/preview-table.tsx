import { isKnownRefusal, say, type Locale } from '../domain/strings';
import { Muted, Notice } from '../ui/parts';
import { BarRows } from '../ui/plots';
import type { Preview } from './job.types';

/** How many would be refused, and why. */
export const sayRefusalCounts = (refusals: Preview['refusals'], locale: Locale): string =>
  refusals
    .map(({ code, count }) =>
      say(locale, 'reason', { count, phrase: say(locale, isKnownRefusal(code) ? code : 'OTHER_REFUSAL') }),
    )
    .join(say(locale, 'listSeparator'));

/** Who would get how many, how full that makes them, and what would be refused and why. */
export function PreviewTable({
  preview: { total, perMember, refusals },
  locale,
}: {
  preview: Preview;
  locale: Locale;
}) {
  const receive = perMember.reduce((sum, { receives }) => sum + receives, 0);
  return (
    <div role="status" style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      <strong>{say(locale, 'previewTotal', { total, receive })}</strong>
      <BarRows
        label={say(locale, 'preview')}
        rows={perMember.map(({ member, receives, ownsNow, limit }) => {
          const numbers = { now: ownsNow, after: ownsNow + receives };
          return {
            id: member.id,
            name: member.name,
            value: receives,
            text: say(locale, 'receives', { count: receives }),
            beside:
              limit === null ? say(locale, 'ownsThenNoLimit', numbers) : say(locale, 'ownsThen', { ...numbers, limit }),
          };
        })}
      />
      {perMember.length === 0 && <Muted>{say(locale, 'empty')}</Muted>}
      {refusals.length > 0 && (
        <Notice tone="warn">{say(locale, 'notPossible', { reasons: sayRefusalCounts(refusals, locale) })}</Notice>
      )}
    </div>
  );
}
