import { say } from '../domain/strings';
import { Button, controlStyle, Muted, Row } from '../ui/parts';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';
import { Group } from './group';
import type { SettingControlProps } from './setting-control';
import { WEBHOOK_KINDS, webhooksOf, type WebhookRow } from './setting-value';

/** Addresses with secrets: what is stored is never shown, and what is entered takes its place. */
export function WebhooksControl({ setting, draft, problem, disabled, locale, onChange }: SettingControlProps) {
  const theme = useTheme();
  const rows = webhooksOf(draft);
  const write = (next: WebhookRow[]) => onChange(JSON.stringify(next));
  const edit = (index: number, change: Partial<WebhookRow>) =>
    write(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  return (
    <Group caption={setting.label[locale]} hint={problem ?? ''} bad={problem !== undefined}>
      <Muted>{say(locale, draft === '' ? 'webhooksHidden' : 'webhooksReplaced')}</Muted>
      {rows.map((row, index) => (
        <div
          key={index}
          style={{
            display: 'grid',
            gridTemplateColumns: 'minmax(90px, auto) 2fr 1fr auto',
            gap: 6,
            alignItems: 'center',
          }}
        >
          <select
            aria-label={`${say(locale, 'webhookKind')} ${index + 1}`}
            style={controlStyle(theme)}
            disabled={disabled}
            value={row.kind}
            onChange={(event) => edit(index, { kind: event.target.value as WebhookRow['kind'] })}
          >
            {WEBHOOK_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {say(locale, `webhook${kind}`)}
              </option>
            ))}
          </select>
          <TextField
            label={`${say(locale, 'webhookUrl')} ${index + 1}`}
            placeholder="https://"
            disabled={disabled}
            value={row.url}
            onChange={(url) => edit(index, { url })}
          />
          <TextField
            type="password"
            label={`${say(locale, 'webhookSecret')} ${index + 1}`}
            placeholder={say(locale, 'webhookSecret')}
            disabled={disabled}
            value={row.secret}
            onChange={(secret) => edit(index, { secret })}
          />
          <Button
            look="plain"
            label={say(locale, 'takeAway', { name: row.url || String(index + 1) })}
            onClick={() => write(rows.filter((_, at) => at !== index))}
          >
            ✕
          </Button>
        </div>
      ))}
      {!disabled && (
        <Row>
          <Button onClick={() => write([...rows, { kind: 'WECOM', url: '', secret: '' }])}>
            {say(locale, 'addWebhook')}
          </Button>
          {draft === '' && (
            <Button look="danger" onClick={() => write([])}>
              {say(locale, 'clearWebhooks')}
            </Button>
          )}
        </Row>
      )}
    </Group>
  );
}
