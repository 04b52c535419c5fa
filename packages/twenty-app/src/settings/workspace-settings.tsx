import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { readHost } from '../engine/host';
import { readMembers } from '../engine/members-source';
import { tell } from '../engine/tell';
import type { PluginSetting } from '../plugin/plugin.types';
import { Card, Columns, Notice } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { useQuestion } from '../ui/use-question';
import { SaveBar } from './save-bar';
import { SettingControl } from './setting-control';
import { problemOf, toStored } from './setting-value';
import { settingGroups, workspaceSettings } from './settings-groups';
import { NotAllowed, readVariables, saveVariables } from './twenty-variables';
import { explainSaving } from './use-saving';

function explain(error: unknown, locale: Locale): string {
  if (error instanceof NotAllowed) return say(locale, 'settingsNotAllowed');
  return explainSaving(error, locale);
}

/** The workspace's settings, checked as they are typed and stored where Twenty keeps them, with the member's own rights. */
export function WorkspaceSettings({ mayEdit, locale }: { mayEdit: boolean; locale: Locale }) {
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const question = useQuestion('settings', locale, async () => {
    const [stored, members] = await Promise.all([readVariables(), readMembers(readHost()).catch(() => [])]);
    return { stored, members };
  });
  const { answer } = question;
  // Secrets are not in the answer; they begin empty, and count as changed once something is entered.
  const storedOf = ({ key }: PluginSetting) => answer?.stored[key] ?? '';
  const shown = answer
    ? workspaceSettings.filter(({ key, sensitive }) => (sensitive ? mayEdit : answer.stored[key] !== undefined))
    : [];
  const changed = shown.filter(
    (setting) => edits[setting.key] !== undefined && edits[setting.key] !== storedOf(setting),
  );
  const draftOf = (setting: PluginSetting) => edits[setting.key] ?? storedOf(setting);
  const problems = new Map(
    shown.flatMap((setting) => {
      const untouchedSecret = setting.sensitive && draftOf(setting) === '';
      const problem = untouchedSecret ? undefined : problemOf(setting, draftOf(setting), locale);
      return problem === undefined ? [] : [[setting.key, problem]];
    }),
  );
  const stale = shown.filter((setting) => problems.has(setting.key) && !changed.includes(setting));
  const mayHaveProblem = changed.some(({ key }) => problems.has(key));

  const save = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await saveVariables(
        new Map(changed.map((setting) => [setting.key, toStored(setting, draftOf(setting))])),
        (key) => setEdits(({ [key]: _, ...rest }) => rest),
      );
      await tell({ variant: 'success', message: say(locale, 'saved'), detailedMessage: say(locale, 'settingsApply') });
    } catch (error) {
      setFault(explain(error, locale));
    } finally {
      setBusy(false);
      question.again();
    }
  };

  return (
    <>
      {!mayEdit && <Notice tone="info">{say(locale, 'settingsAdmins')}</Notice>}
      <QuestionState question={question} locale={locale} />
      {stale.length > 0 && (
        <Notice tone="warn" title={say(locale, 'settingsUnusable')}>
          {stale
            .map((setting) => say(locale, 'detail', { name: setting.label[locale], message: storedOf(setting) }))
            .join('\n')}
        </Notice>
      )}
      {answer && (
        <Columns least={400}>
          {settingGroups(shown).map(({ caption, settings }) => (
            <Card key={caption} title={say(locale, caption)}>
              {settings.map((setting) => (
                <SettingControl
                  key={setting.key}
                  setting={setting}
                  draft={draftOf(setting)}
                  problem={problems.get(setting.key)}
                  disabled={!mayEdit || busy}
                  members={answer.members}
                  locale={locale}
                  onChange={(draft) => setEdits((before) => ({ ...before, [setting.key]: draft }))}
                />
              ))}
            </Card>
          ))}
        </Columns>
      )}
      {mayEdit && answer && (
        <SaveBar
          count={changed.length}
          isWrong={mayHaveProblem}
          busy={busy}
          locale={locale}
          onSave={() => void save()}
          onDiscard={() => {
            setEdits({});
            setFault(undefined);
          }}
        >
          {fault !== undefined && <Notice tone="bad" title={fault} />}
        </SaveBar>
      )}
    </>
  );
}
