import { settings } from '../../../../plugin.json';
import { say, type Locale } from '../domain/strings';
import { EngineFault } from '../domain/fault';
import { readHost } from '../engine/host';
import { requestJson } from '../engine/http';
import { Badge, Card, Columns, Muted, Notice, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';

async function readSettings(): Promise<Record<string, string>> {
  const host = readHost();
  const { body } = await requestJson(host, `${host.functionsUrl}/highseas/settings`);
  if (typeof body !== 'object' || body === null) throw new EngineFault('UNAVAILABLE');
  return body as Record<string, string>;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The workspace's settings as they are, in the reader's language; Twenty's own settings page is where they change. */
export function WorkspaceSettings({ locale }: { locale: Locale }) {
  const theme = useTheme();
  const question = useQuestion('settings', locale, readSettings);
  const { answer } = question;
  return (
    <>
      <Notice tone="info">{say(locale, 'editInTwenty')}</Notice>
      <QuestionState question={question} locale={locale} />
      {answer && (
        <Columns least={300}>
          {settings.filter(({ key }) => answer[key] !== undefined).map(({ key, label, description, default: initial }) => (
            <Card key={key} title={label[locale]} aside={<code style={{ color: theme.faint, fontSize: 11 }}>{key}</code>}>
              <Row>
                <span style={{ overflowWrap: 'anywhere', maxHeight: 80, overflow: 'auto' }}>{answer[key] === '' ? '—' : answer[key]}</span>
                {answer[key] === asText(initial) && <Badge>{say(locale, 'isDefault')}</Badge>}
              </Row>
              <Muted>{description[locale]}</Muted>
            </Card>
          ))}
        </Columns>
      )}
    </>
  );
}
