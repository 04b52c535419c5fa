import { roundTop, spread, toBars, type DayBar, type DayCount } from '../domain/day-bars';
import { sayDate, sayShortDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { toneOf, useTheme, type Tone } from './theme';

const HEIGHT = 110;
const LEAST_DAYS = 14;
const MOST_DATES = 5;
const BAR_WIDTH = 18;
const LEAST_BAR = 3;
/** Numbers nearer than this would run into each other. */
const LINE = 12;

interface DayPlotProps {
  /** In words, what the picture shows. */
  label: string;
  days: DayCount[];
  today: string;
  locale: Locale;
  upTone?: Tone;
  downTone?: Tone;
  /** What pointing at a bar says, after its date. */
  sayBar: (bar: DayBar) => string;
}

/** Numbers over days, upwards and, of a second kind, downwards on the same scale. */
export function DayPlot({ label, days, today, locale, upTone = 'info', downTone = 'good', sayBar }: DayPlotProps) {
  const theme = useTheme();
  const bars = toBars(spread(days, LEAST_DAYS, today));
  const upTop = roundTop(Math.max(0, ...bars.map(({ up }) => up)));
  const downTop = roundTop(Math.max(0, ...bars.map(({ down = 0 }) => down)));
  const whole = Math.max(1, upTop + downTop);
  const upHeight = upTop + downTop === 0 ? HEIGHT : Math.round((HEIGHT * upTop) / whole);
  const pixels = (value: number) => (value === 0 ? 0 : Math.max(LEAST_BAR, Math.round((HEIGHT * value) / whole)));
  const when = ({ on, until }: DayBar) =>
    on === until
      ? sayDate(on, locale)
      : say(locale, 'dateRange', { from: sayShortDate(on, locale), to: sayDate(until, locale) });
  const line = (top: number, color: string) => (
    <div style={{ position: 'absolute', left: 0, right: 0, top, height: 1, background: color }} />
  );
  const number = (top: number, value: number) => (
    <span style={{ position: 'absolute', right: 0, top: top - 7, lineHeight: '14px' }}>
      {value.toLocaleString(locale)}
    </span>
  );
  const widest = Math.max(upTop, downTop).toLocaleString(locale).length;
  return (
    <div
      role="img"
      aria-label={label}
      style={{ display: 'flex', flexDirection: 'column', gap: 4, paddingTop: 7, fontSize: 11, color: theme.faint }}
    >
      <div style={{ display: 'flex', gap: 8 }}>
        <div style={{ position: 'relative', width: `${Math.max(2, widest)}ch`, flex: 'none', height: HEIGHT }}>
          {upTop > 0 && upHeight >= LINE && number(0, upTop)}
          {number(upHeight, 0)}
          {HEIGHT - upHeight >= LINE && number(HEIGHT, downTop)}
        </div>
        <div style={{ position: 'relative', flex: 1, minWidth: 0, height: HEIGHT, display: 'flex' }}>
          {upTop > 0 && line(0, theme.line)}
          {downTop > 0 && line(HEIGHT, theme.line)}
          {line(upHeight, theme.strong)}
          {bars.map((bar) => (
            <div
              key={bar.on}
              title={say(locale, 'detail', { name: when(bar), message: sayBar(bar) })}
              style={{ position: 'relative', flex: '1 1 0', minWidth: 0, height: HEIGHT }}
            >
              <Bar height={pixels(bar.up)} top={upHeight - pixels(bar.up)} color={toneOf(theme, upTone).color} />
              <Bar height={pixels(bar.down ?? 0)} top={upHeight + 1} color={toneOf(theme, downTone).color} />
            </div>
          ))}
        </div>
      </div>
      <div style={{ display: 'flex', gap: 8 }}>
        <div style={{ width: `${Math.max(2, widest)}ch`, flex: 'none' }} />
        <div style={{ position: 'relative', flex: 1, height: 16 }}>
          {datesAt(bars.length).map((index) => (
            <span key={index} style={{ position: 'absolute', whiteSpace: 'nowrap', ...placed(index, bars.length) }}>
              {sayShortDate(bars[index]?.on ?? today, locale)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function Bar({ height, top, color }: { height: number; top: number; color: string }) {
  if (height === 0) return null;
  return (
    <div
      style={{
        position: 'absolute',
        left: '50%',
        transform: 'translateX(-50%)',
        width: '70%',
        maxWidth: BAR_WIDTH,
        minWidth: 2,
        top,
        height,
        borderRadius: 2,
        background: color,
      }}
    />
  );
}

/** Which bars have their date below them: the first, the last and some evenly between. */
function datesAt(count: number): number[] {
  const dates = Math.min(count, MOST_DATES);
  return Array.from({ length: dates }, (_, index) => Math.round((index * (count - 1)) / Math.max(1, dates - 1)));
}

/** Below the middle of its bar; the outermost stay within the plot. */
function placed(index: number, count: number) {
  if (index === 0) return { left: 0 };
  if (index === count - 1) return { right: 0 };
  return { left: `${(100 * (index + 0.5)) / count}%`, transform: 'translateX(-50%)' };
}
