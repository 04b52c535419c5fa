import { useTheme } from '../ui/theme';
import type { SettingControlProps } from './setting-control';
import { Group } from './group';
import { listOf } from './setting-value';

/** Some of a few options. */
export function ChoiceControl({
  setting,
  draft,
  problem,
  disabled,
  locale,
  hint,
  onChange,
}: SettingControlProps & { hint: string }) {
  const theme = useTheme();
  const options = setting.options ?? [];
  const chosen = listOf(draft) ?? [];
  // In the order of the options, whatever was pressed first.
  const choose = (value: string, on: boolean) =>
    onChange(
      JSON.stringify(
        options.map((option) => option.value).filter((other) => (other === value ? on : chosen.includes(other))),
      ),
    );
  return (
    <Group caption={setting.label[locale]} hint={hint} bad={problem !== undefined}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 14px' }}>
        {options.map(({ value, label }) => (
          <label key={value} style={{ display: 'flex', gap: 6, alignItems: 'center', color: theme.text }}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              disabled={disabled}
              onChange={(event) => choose(value, event.target.checked)}
            />
            {label[locale]}
          </label>
        ))}
      </div>
    </Group>
  );
}
