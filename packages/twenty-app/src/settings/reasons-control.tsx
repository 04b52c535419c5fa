import { say } from '../domain/strings';
import { Button, Row } from '../ui/parts';
import { TextField } from '../ui/text-field';
import { Group } from './group';
import type { SettingControlProps } from './setting-control';
import { reasonsOf, type ReasonRow } from './setting-value';

const asCode = (typed: string) => typed.toUpperCase().replace(/[^A-Z0-9_]/g, '_');

const COLUMNS = ['code', 'en', 'zh-CN'] as const;

/** The reasons for a release: a code that stays, and its words in both languages. */
export function ReasonsControl({
  setting,
  draft,
  problem,
  disabled,
  locale,
  hint,
  onChange,
}: SettingControlProps & { hint: string }) {
  const rows = reasonsOf(draft) ?? [];
  const write = (next: ReasonRow[]) => onChange(JSON.stringify(next));
  const edit = (index: number, change: Partial<ReasonRow>) =>
    write(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  return (
    <Group caption={setting.label[locale]} hint={hint} bad={problem !== undefined}>
      {rows.map((row, index) => (
        // Rows have no name of their own while their code is being typed.
        <div
          key={index}
          style={{ display: 'grid', gridTemplateColumns: '1fr 1.2fr 1fr auto', gap: 6, alignItems: 'center' }}
        >
          {COLUMNS.map((column) => (
            <TextField
              key={column}
              label={`${say(locale, `reason_${column}`)} ${index + 1}`}
              placeholder={say(locale, `reason_${column}`)}
              disabled={disabled}
              value={row[column]}
              {...(column === 'code' && { format: asCode, style: { textTransform: 'uppercase' } })}
              onChange={(text) => edit(index, { [column]: text })}
            />
          ))}
          {!disabled ? (
            <Button
              look="plain"
              label={say(locale, 'takeAway', { name: row[locale] || row.code || String(index + 1) })}
              onClick={() => write(rows.filter((_, at) => at !== index))}
            >
              ✕
            </Button>
          ) : (
            <span />
          )}
        </div>
      ))}
      {!disabled && (
        <Row>
          <Button onClick={() => write([...rows, { code: '', en: '', 'zh-CN': '' }])}>
            {say(locale, 'addReason')}
          </Button>
        </Row>
      )}
    </Group>
  );
}
