import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import type { MemberChoice } from '../engine/members-source';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';

interface MemberPickerProps {
  members: MemberChoice[];
  /** In the order chosen, which is the order of a split. */
  chosen: string[];
  disabled: boolean;
  locale: Locale;
  onChange: (ids: string[]) => void;
}

/** Several members, found by typing. */
export function MemberPicker({ members, chosen, disabled, locale, onChange }: MemberPickerProps) {
  const theme = useTheme();
  const [search, setSearch] = useState('');
  const found = members.filter(
    ({ id, name }) => chosen.includes(id) || name.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <fieldset style={{ border: `1px solid ${theme.line}`, borderRadius: 4, padding: 8, margin: 0, minWidth: 0 }}>
      <legend style={{ color: theme.muted, fontSize: 12 }}>{say(locale, 'toMembers')}</legend>
      <TextField
        type="search"
        label={say(locale, 'findMember')}
        placeholder={say(locale, 'findMember')}
        value={search}
        disabled={disabled}
        onChange={setSearch}
      />
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
          gap: 4,
          maxHeight: 150,
          overflow: 'auto',
          marginTop: 8,
        }}
      >
        {found.map(({ id, name }) => (
          <label key={id} style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              disabled={disabled}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
