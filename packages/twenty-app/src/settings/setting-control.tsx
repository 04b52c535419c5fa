import { say, type Locale } from '../domain/strings';
import type { MemberChoice } from '../engine/members-source';
import type { PluginSetting } from '../plugin/plugin.types';
import { Labelled, controlStyle } from '../ui/parts';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';
import { ChoiceControl } from './choice-control';
import { ListControl } from './list-control';
import { ReasonsControl } from './reasons-control';
import { controlOf } from './setting-value';
import { WebhooksControl } from './webhooks-control';

export interface SettingControlProps {
  setting: PluginSetting;
  draft: string;
  problem: string | undefined;
  disabled: boolean;
  members: MemberChoice[];
  locale: Locale;
  onChange: (draft: string) => void;
}

/** Newer than the types of the language: Chromium and Firefox have it. */
const timeZones = (): string[] =>
  (Intl as { supportedValuesOf?: (key: 'timeZone') => string[] }).supportedValuesOf?.('timeZone') ?? [];

const withPresent = (names: string[], present: string): string[] =>
  present === '' || names.includes(present) ? names : [present, ...names];

function countryName(code: string, locale: Locale): string | undefined {
  try {
    return new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }).of(code.slice(0, 2));
  } catch {
    return undefined;
  }
}

/** The control of one workspace setting, with its words, limits and options from plugin.json. */
export function SettingControl(props: SettingControlProps) {
  const { setting, draft, problem, disabled, members, locale, onChange } = props;
  const theme = useTheme();
  const caption = setting.label[locale];
  const style = {
    ...controlStyle(theme, disabled),
    ...(problem !== undefined && { border: `1px solid ${theme.bad}` }),
  };
  const hint = [problem, setting.description[locale]].filter(Boolean).join(' ');
  const select = (options: { value: string; name: string }[]) => (
    <select
      style={style}
      value={draft}
      disabled={disabled}
      aria-invalid={problem !== undefined}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
  const input = (
    <TextField style={style} value={draft} disabled={disabled} invalid={problem !== undefined} onChange={onChange} />
  );
  switch (controlOf(setting)) {
    case 'check':
      return (
        <label style={{ display: 'flex', gap: 8, alignItems: 'flex-start', color: theme.muted, fontSize: 12 }}>
          <input
            type="checkbox"
            checked={draft === 'true'}
            disabled={disabled}
            onChange={(event) => onChange(String(event.target.checked))}
          />
          <span>
            {caption}
            <span style={{ display: 'block', color: problem === undefined ? theme.faint : theme.bad }}>{hint}</span>
          </span>
        </label>
      );
    case 'choices':
      return <ChoiceControl {...props} hint={hint} />;
    case 'dates':
    case 'words':
      return <ListControl {...props} hint={hint} />;
    case 'reasons':
      return <ReasonsControl {...props} hint={hint} />;
    case 'webhooks':
      return <WebhooksControl {...props} />;
    case 'select':
      return (
        <Labelled caption={caption} hint={hint}>
          {select((setting.options ?? []).map(({ value, label }) => ({ value, name: label[locale] })))}
        </Labelled>
      );
    case 'timeZone': {
      const zones = withPresent(timeZones(), draft);
      return (
        <Labelled caption={caption} hint={hint}>
          {zones.length > 1 ? select(zones.map((value) => ({ value, name: value }))) : input}
        </Labelled>
      );
    }
    case 'member': {
      // An e-mail address is kept as it is: it means the same.
      const named = members.some(({ id }) => id === draft) || draft === '' ? [] : [{ value: draft, name: draft }];
      return (
        <Labelled caption={caption} hint={hint}>
          {select([
            { value: '', name: say(locale, 'nobody') },
            ...named,
            ...members.map(({ id, name }) => ({ value: id, name })),
          ])}
        </Labelled>
      );
    }
    case 'country':
      return (
        <Labelled caption={caption} hint={[countryName(draft, locale), hint].filter(Boolean).join(' · ')}>
          {input}
        </Labelled>
      );
    case 'number':
    case 'text':
      return (
        <Labelled caption={caption} hint={hint}>
          {input}
        </Labelled>
      );
  }
}
